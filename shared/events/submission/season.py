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


class SeasonOpened(Fact):
    """A reporting season is open; its instrument is frozen by digest."""

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


class SeasonDeadlineExtended(Fact):
    ce_type: ClassVar[str] = "inda.submission.season-deadline-extended.v1"

    season_id: Code
    previous_deadline: Utc
    deadline: Utc
    reason: str


class SeasonClosed(Fact):
    ce_type: ClassVar[str] = "inda.submission.season-closed.v1"

    season_id: Code


SeasonEvent = SeasonOpened | SeasonDeadlineExtended | SeasonClosed
SEASON = Aggregate[SeasonEvent]("submission", "season", facts_of(SeasonEvent))
