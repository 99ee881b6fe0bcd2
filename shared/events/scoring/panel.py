"""A panel of judges: sealed scores, and what they come to when they are revealed."""

from typing import ClassVar, Literal

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Key,
    Path,
    PersonId,
    Score,
    Value,
    facts_of,
)


class Criterion(Value):
    """What judges look at. `weight` in parts of the sum of weights; scores run 0..`scale`."""

    code: Code
    name: str
    weight: int
    scale: int


class PanelRule(Value):
    """How the scores of one entry become one, fixed when the competition is announced.

    `combine`: the trimmed mean leaves out the highest and the lowest of three totals or more.
    Where the totals of the first readers lie more than `third_reading_above` points (of 100)
    apart, the next of `reserve_judges` reads the entry too. Severity-adjusted scores are shown
    where every judge scored `minimum_sample` entries; they rank only where `official` says so.
    The weights of the criteria add up to `criteria_total`.
    """

    combine: Literal["mean", "median", "trimmed_mean"] = "mean"
    third_reading_above: Score | None = None
    reserve_judges: tuple[PersonId, ...] = ()
    official: Literal["raw", "severity_adjusted"] = "raw"
    minimum_sample: int = 5
    criteria_total: int = 100


AS_USUAL = PanelRule()


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
    """What `judges` totals come to by the panel's rule, 0..100, two decimals, half up.

    `lowest` and `highest` are the totals at the ends, so that disagreement shows. `adjusted` is
    the same with each judge's severity taken out; None where the sample is too small for it.
    """

    innovation_id: Key
    judges: int
    mean: Score
    lowest: Score | None = None
    highest: Score | None = None
    third_reading: bool = False
    adjusted: Score | None = None


class Reading(Value):
    """A judge who reads an entry."""

    judge_id: PersonId
    innovation_id: Key


class JudgeSeverity(Value):
    """How far, in points of 100, a judge scores above (or below) the others on the same entries.

    Two decimals, half up; negative is strict. The severities of judges who share entries sum to 0.
    """

    judge_id: PersonId
    entries: int
    severity: Score


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
    rule: PanelRule = AS_USUAL


class JudgeSeated(Fact):
    """The committee seats one more judge on these entries; on all of them where it names none."""

    ce_type: ClassVar[str] = "inda.scoring.judge-seated.v1"

    panel_id: Key
    judge_id: PersonId
    innovations: tuple[Key, ...]
    reason: str


class JudgeUnseated(Fact):
    """The committee takes a judge off the panel; what the judge sealed counts no more."""

    ce_type: ClassVar[str] = "inda.scoring.judge-unseated.v1"

    panel_id: Key
    judge_id: PersonId
    reason: str


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


class ThirdReadingAsked(Fact):
    """The first readers of these entries lie further apart than the rule bears.

    How far stays sealed; from here on the first seals of these entries are fixed.
    """

    ce_type: ClassVar[str] = "inda.scoring.third-reading-asked.v1"

    panel_id: Key
    readings: tuple[Reading, ...]


class ScoresRevealed(Fact):
    """All seals opened together: every score fits its commitment.

    `severities` are empty where some judge scored fewer entries than the rule's minimum sample.
    """

    ce_type: ClassVar[str] = "inda.scoring.scores-revealed.v1"

    panel_id: Key
    competition_id: Code
    category: Code
    round: Code
    scores: tuple[JudgeScore, ...]
    means: tuple[EntryMean, ...]
    severities: tuple[JudgeSeverity, ...] = ()


PanelEvent = (
    PanelOpened
    | JudgeSeated
    | JudgeUnseated
    | JudgeRecused
    | ScoreSealed
    | ThirdReadingAsked
    | ScoresRevealed
)
PANEL = Aggregate[PanelEvent]("scoring", "panel", facts_of(PanelEvent))
