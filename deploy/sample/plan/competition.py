"""The competition of the script: rules, funds, an objection, a disqualification, payments."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from shared.events.awards import CompetitionRules


@dataclass(frozen=True, slots=True)
class FundPlan:
    fund_id: str
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: int


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
class CompetitionPlan:
    """People are usernames. Who allocates never approves.

    `one_too_many` is a prize that no longer fits its fund once all others are allocated. Each
    payment is made with `payment_reference` and a number.
    """

    competition_id: str
    name: str
    rules: CompetitionRules
    funds: tuple[FundPlan, ...]
    objection: ObjectionPlan | None
    disqualification: DisqualificationPlan | None
    recusal: JudgeRecusal | None
    allocated_by: str
    approved_by: str
    decree_number: str
    one_too_many_fund: str
    one_too_many_rupiah: int
    payment_reference: str


@dataclass(frozen=True, slots=True)
class Score:
    """What one judge gives one entry on one criterion, 0 to the criterion's scale."""

    criterion: str
    score: Decimal
