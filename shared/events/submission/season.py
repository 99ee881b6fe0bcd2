"""A reporting season."""

from typing import ClassVar

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Utc,
    facts_of,
)
from shared.events.submission.agency import AgencyKind


class SeasonOpened(Fact):
    """A reporting season is open; its instrument is frozen by digest.

    Files declared until the deadline may finish uploading for `grace_minutes` more. `time_zone`
    is the one that the deadline was announced in. `obliged_kinds` are the kinds of agency that
    owe an innovation; empty means every kind but governments and communities.
    """

    ce_type: ClassVar[str] = "inda.submission.season-opened.v1"

    season_id: Code
    name: str
    assessment_year: int
    edition_id: str
    edition_digest: Digest
    opens_at: Utc
    deadline: Utc
    revision_days: int
    training: bool
    grace_minutes: int = 0
    endorsement_required: bool = False
    time_zone: str = "Asia/Makassar"
    obliged_kinds: tuple[AgencyKind, ...] = ()


class SeasonDeadlineExtended(Fact):
    ce_type: ClassVar[str] = "inda.submission.season-deadline-extended.v1"

    season_id: Code
    previous_deadline: Utc
    deadline: Utc
    reason: str


class LateExceptionGranted(Fact):
    """One agency may submit until `until`, for a reason that everybody can read."""

    ce_type: ClassVar[str] = "inda.submission.late-exception-granted.v1"

    season_id: Code
    agency_id: Code
    until: Utc
    reason: str


class SeasonClosed(Fact):
    ce_type: ClassVar[str] = "inda.submission.season-closed.v1"

    season_id: Code


SeasonEvent = SeasonOpened | SeasonDeadlineExtended | LateExceptionGranted | SeasonClosed
SEASON = Aggregate[SeasonEvent]("submission", "season", facts_of(SeasonEvent))
