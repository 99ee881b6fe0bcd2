"""What a history says about money: the ledgers summed, and worked out anew from the rules alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from deploy.sample.plan import CompetitionPlan
from services.awards.api.allocations import determined, identify
from services.awards.domain.allocation import lines
from services.awards.domain.competition import decider as competition
from services.awards.domain.fund import Fund, Line
from services.awards.domain.fund import decider as fund
from services.awards.domain.fund.allocating import line_of
from services.awards.domain.fund.states import living
from shared.decider import Decider
from shared.editions.taxes import load_table
from shared.events.awards import COMPETITION, FUND
from shared.events.base import Recorded

History = Sequence[Recorded[Any]]


@dataclass(frozen=True)
class Sums:
    """Of one fund, whole rupiah."""

    allocations: int
    gross_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    left_rupiah: int


def money_of(history: History, plan: CompetitionPlan) -> dict[str, Sums]:
    """By the kind of the fund. What was set aside must be what rules and results ask for."""
    owed = _owed(history, plan)
    sums: dict[str, Sums] = {}
    for each in plan.money.funds:
        state = _replayed(history, fund, FUND.subject(each.fund_id))
        assert isinstance(state, Fund)
        held = [line_of(allocation.money) for allocation in living(state)]
        assert held == list(owed[each.fund_id])
        sums[each.source_kind] = _summed(held, each.ceiling_rupiah)
    return sums


def _owed(history: History, plan: CompetitionPlan) -> dict[str, tuple[Line, ...]]:
    """From the facts of the competition alone, never from those of a fund."""
    subject = COMPETITION.subject(plan.competition_id)
    results = determined(_replayed(history, competition, subject))
    return dict(lines(results, identify(results), load_table(plan.money.tax_table)))


def _replayed(history: History, decider: Decider[Any, Any, Any], subject: str) -> Any:
    return decider.replay(event.fact for event in history if event.subject == subject)


def _summed(held: Sequence[Line], ceiling: int) -> Sums:
    gross = sum(each.amount_rupiah for each in held)
    tax = sum(each.tax_rupiah for each in held)
    return Sums(
        allocations=len(held),
        gross_rupiah=gross,
        tax_rupiah=tax,
        net_rupiah=gross - tax,
        left_rupiah=ceiling - gross,
    )
