"""The rules of a competition, and what stands in its results."""

from typing import Literal

from shared.events.base import (
    Code,
    Key,
    Path,
    PersonId,
    Rupiah,
    Score,
    Value,
)
from shared.events.scoring import Criterion


class RoundRule(Value):
    """One round. `maturity` takes the verified maturity (of 111) as a score of 100; `panel` asks
    judges. The best `advance` entries go on (None: all of them); `weight` is the round's share,
    in parts of the sum of the weights, of the final score.
    """

    code: Code
    name: str
    scored_by: Literal["maturity", "panel"]
    weight: int
    advance: int | None = None
    pass_mark: Score | None = None
    criteria: tuple[Criterion, ...] = ()
    judges: tuple[PersonId, ...] = ()


class Prize(Value):
    """What a rank receives, from one fund. Several prizes may name the same rank."""

    rank: int
    label: str
    fund_id: Code
    amount_rupiah: Rupiah
    in_kind: str = ""


class CategoryRule(Value):
    """A category and who enters it by rule: agencies below `within`, of these initiators."""

    code: Code
    name: str
    within: Code
    initiators: tuple[str, ...]
    minimum_maturity: Score
    rounds: tuple[RoundRule, ...]
    prizes: tuple[Prize, ...]


TieBreak = Literal["last_round", "first_criterion", "verified_maturity", "evidence_acceptance"]


class CompetitionRules(Value):
    """Frozen by digest when announced. Ties go through `tie_breaks` in order, then to a vote."""

    categories: tuple[CategoryRule, ...]
    tie_breaks: tuple[TieBreak, ...]
    objection_days: int


class Entry(Value):
    """An innovation in a category, with what the rules need to know of it."""

    innovation_id: Key
    category: Code
    title: str
    agency_id: Code
    agency_path: Path
    drafters: tuple[PersonId, ...]
    deciders: tuple[PersonId, ...]
    scorecard_number: int
    verified_maturity: Score
    evidence_acceptance: Score


class RoundScore(Value):
    """An entry's score in a round, 0..100, and whether it went on from there."""

    round: Code
    innovation_id: Key
    score: Score
    advanced: bool


class RankedEntry(Value):
    """A place in the results. `rank` is shared only by a tie that no rule and no vote resolved."""

    innovation_id: Key
    category: Code
    rank: int
    final_score: Score
    round_scores: tuple[RoundScore, ...]
    tie_break: str | None
