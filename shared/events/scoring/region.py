"""A region's government aspect, its counted innovations, and the index that follows."""

from typing import ClassVar, Literal

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    GovernmentIndicator,
    Key,
    Level,
    Score,
    Value,
    facts_of,
)

Band = Literal["sangat_inovatif", "inovatif", "kurang_inovatif", "tidak_dapat_dinilai"]


class GovernmentRow(Value):
    """One SPD row: the level the innovation office enters, and the document it comes from."""

    indicator: GovernmentIndicator
    level: Level
    source: str


class IndexFigures(Value):
    """A region's index and all that it was computed from (domain rule: section 2.2).

    `unpublished` names what the edition lacks: without a constant of the formula there is no
    `index`; where it is only the bands, there is an index without a `band`.
    """

    government_aspect: Score
    innovations: int
    maturity_sum: Score
    divisor: int | None
    basic_service_affairs: int
    innovation_count_score: Score | None
    index: Score | None
    band: Band | None
    unpublished: str | None


class GovernmentAspectRecorded(Fact):
    """The government aspect (SPD) of a region as entered, and the index that follows."""

    ce_type: ClassVar[str] = "inda.scoring.government-aspect-recorded.v1"

    season_id: Code
    region_id: Code
    edition_id: str
    edition_digest: Digest
    rows: tuple[GovernmentRow, ...]
    figures: IndexFigures


class InnovationCounted(Fact):
    """A scorecard entered, or replaced an earlier one in, its region; the index that follows."""

    ce_type: ClassVar[str] = "inda.scoring.innovation-counted.v1"

    season_id: Code
    region_id: Code
    edition_id: str
    edition_digest: Digest
    innovation_id: Key
    scorecard_number: int
    verified_maturity: Score
    main_affair: str | None
    counts: bool
    figures: IndexFigures
    claimed_maturity: Score | None = None


RegionEvent = GovernmentAspectRecorded | InnovationCounted
REGION = Aggregate[RegionEvent]("scoring", "region", facts_of(RegionEvent))
