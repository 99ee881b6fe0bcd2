"""What scoring says: scorecards, a region's index, and the sealed scores of judges."""

from typing import ClassVar, Literal

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    GovernmentIndicator,
    Indicator,
    Key,
    Level,
    Path,
    PersonId,
    Score,
    Value,
    facts_of,
)

Band = Literal["sangat_inovatif", "inovatif", "kurang_inovatif", "tidak_dapat_dinilai"]

# --- scorecard ----------------------------------------------------------------------------


class ScoredRow(Value):
    """One row of the instrument, claimed beside verified. `score = weight x level`."""

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


class InnovationScored(Fact):
    """A scorecard, computed by the edition named. A later `number` replaces an earlier one.

    `counts_for_index`: verified, at stage implementation, implemented (or developed) inside the
    edition's window, and not a training season. `objection_id` names the granted objection that
    caused it.
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


ScorecardEvent = InnovationScored
SCORECARD = Aggregate[ScorecardEvent]("scoring", "scorecard", facts_of(ScorecardEvent))

# --- region -------------------------------------------------------------------------------


class GovernmentRow(Value):
    """One SPD row: the level the innovation office enters, and the document it comes from."""

    indicator: GovernmentIndicator
    level: Level
    source: str


class IndexFigures(Value):
    """A region's index and all that it was computed from (domain rule: section 2.2).

    `index` is None with the name of the missing constant where the edition lacks one.
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


RegionEvent = GovernmentAspectRecorded | InnovationCounted
REGION = Aggregate[RegionEvent]("scoring", "region", facts_of(RegionEvent))

# --- panel --------------------------------------------------------------------------------


class Criterion(Value):
    """What judges look at. `weight` in parts of the sum of weights; scores run 0..`scale`."""

    code: Code
    name: str
    weight: int
    scale: int


class PanelEntry(Value):
    """An innovation before a panel, with the people and agencies that may not judge it."""

    innovation_id: Key
    title: str
    agency_path: Path
    drafters: tuple[PersonId, ...]


class CriterionScore(Value):
    criterion: Code
    score: Score


class JudgeScore(Value):
    """One judge's opened score: criteria, the nonce of its commitment, and the weighted score.

    `total` runs 0..100.
    """

    judge_id: PersonId
    innovation_id: Key
    scores: tuple[CriterionScore, ...]
    nonce: str
    total: Score


class EntryMean(Value):
    """The arithmetic mean of `judges` totals, 0..100, two decimals, rounded half up."""

    innovation_id: Key
    judges: int
    mean: Score


class PanelOpened(Fact):
    """Awards opened a round that judges score; follows from its `RoundOpened`."""

    ce_type: ClassVar[str] = "inda.scoring.panel-opened.v1"

    panel_id: Key
    competition_id: Code
    category: Code
    round: Code
    criteria: tuple[Criterion, ...]
    judges: tuple[PersonId, ...]
    entries: tuple[PanelEntry, ...]


class JudgeRecused(Fact):
    """A judge declares a conflict with one entry and will not score it."""

    ce_type: ClassVar[str] = "inda.scoring.judge-recused.v1"

    panel_id: Key
    judge_id: PersonId
    innovation_id: Key
    reason: str


class ScoreSealed(Fact):
    """A judge's score that nobody can read before the round is revealed.

    `commitment` is SHA-256 over the canonical JSON of panel, judge, entry, scores and nonce;
    `ciphertext` the same, encrypted, base64. A later seal of the same judge replaces the earlier.
    `by_agency` is the agency in the token of the judge; None for people from outside.
    """

    ce_type: ClassVar[str] = "inda.scoring.score-sealed.v1"

    panel_id: Key
    judge_id: PersonId
    innovation_id: Key
    commitment: Digest
    ciphertext: str
    by_agency: Code | None = None


class ScoresRevealed(Fact):
    """All seals opened together: every score fits its commitment."""

    ce_type: ClassVar[str] = "inda.scoring.scores-revealed.v1"

    panel_id: Key
    competition_id: Code
    category: Code
    round: Code
    scores: tuple[JudgeScore, ...]
    means: tuple[EntryMean, ...]


PanelEvent = PanelOpened | JudgeRecused | ScoreSealed | ScoresRevealed
PANEL = Aggregate[PanelEvent]("scoring", "panel", facts_of(PanelEvent))

AGGREGATES = (SCORECARD, REGION, PANEL)
