"""The competition of the script: rules, signatures, an objection, a doubt, a disqualification."""

from dataclasses import dataclass
from decimal import Decimal

from deploy.sample.plan.money import MoneyPlan
from shared.events.awards import CompetitionRules


@dataclass(frozen=True, slots=True)
class ObjectionPlan:
    """An objection that is granted and changes the ranking. People are usernames."""

    innovation_code: str
    indicator: str
    level_sought: int
    level_granted: int
    reason: str
    decision: str
    filed_by: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class DisqualificationPlan:
    """Decided before the results are drafted, so that it makes no version of its own."""

    innovation_code: str
    ground: str
    reason: str
    decided_by: str


@dataclass(frozen=True, slots=True)
class JudgeRecusal:
    """A judge steps aside from one entry before scoring it."""

    judge: str
    innovation_code: str
    reason: str


@dataclass(frozen=True, slots=True)
class StrictJudge:
    """A judge who gives one entry so many points less on every criterion that the rules ask for a
    third reading.
    """

    judge: str
    innovation_code: str
    points: int


@dataclass(frozen=True, slots=True)
class SignaturePlan:
    """Who signs the minutes of every version of the results, and as what."""

    signer: str
    function: str


@dataclass(frozen=True, slots=True)
class DoubtPlan:
    """What somebody without an account doubts in the public test; it is refuted."""

    innovation_code: str
    statement: str
    link: str
    decided_by: str
    decision: str


@dataclass(frozen=True, slots=True)
class CompetitionPlan:
    """People are usernames."""

    competition_id: str
    name: str
    rules: CompetitionRules
    signatures: tuple[SignaturePlan, ...]
    objection: ObjectionPlan | None
    disqualification: DisqualificationPlan | None
    recusal: JudgeRecusal | None
    strict: StrictJudge | None
    doubt: DoubtPlan | None
    decree_number: str
    money: MoneyPlan


@dataclass(frozen=True, slots=True)
class Score:
    """What one judge gives one entry on one criterion, 0 to the criterion's scale."""

    criterion: str
    score: Decimal
