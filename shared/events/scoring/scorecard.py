"""A scorecard: the rows of the instrument, claimed beside verified."""

from typing import ClassVar

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Indicator,
    Key,
    Level,
    Path,
    PersonId,
    Score,
    Utc,
    Value,
    facts_of,
)
from shared.events.submission import AgencyKind


class ScoredRow(Value):
    """One row of the instrument, claimed beside verified. `score = weight x level`.

    `basis`, `subtype` and `note` are the verdict's; `decided_at` its moment, None without one.
    """

    indicator: Indicator
    weight: Score
    mandatory: bool
    claimed_level: Level
    claimed_score: Score
    granted_level: Level
    verified_score: Score
    reason_code: str | None
    evidence: tuple[Digest, ...]
    decided_by: PersonId
    decided_at: Utc | None = None
    basis: str | None = None
    subtype: str | None = None
    note: str = ""


class InnovationScored(Fact):
    """A scorecard, computed by the edition named. A later `number` replaces an earlier one.

    `counts_for_index`: verified, at stage implementation, implemented (or developed) inside the
    edition's window, and not a training season. `objection_id` names the granted objection that
    caused it. `lineage` are the earlier editions of the same innovation, oldest first;
    `change_project` is the leadership training (`pka`, `pkp`, ...) that it comes from.
    """

    ce_type: ClassVar[str] = "inda.scoring.innovation-scored.v1"

    scorecard_id: Key
    number: int
    innovation_id: Key
    title: str
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    main_affair: str | None
    initiator: str | None
    round: int
    rows: tuple[ScoredRow, ...]
    claimed_maturity: Score
    verified_maturity: Score
    counts_for_index: bool
    drafters: tuple[PersonId, ...]
    deciders: tuple[PersonId, ...]
    competition_id: Code | None
    objection_id: Key | None
    agency_kind: AgencyKind | None = None
    lineage: tuple[Key, ...] = ()
    classification: str | None = None
    change_project: str | None = None


ScorecardEvent = InnovationScored
SCORECARD = Aggregate[ScorecardEvent]("scoring", "scorecard", facts_of(ScorecardEvent))
