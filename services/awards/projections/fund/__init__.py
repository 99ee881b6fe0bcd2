"""A fund as people see it: its ceiling, what is left, and what became of every rupiah. Pure."""

from typing import Any

from services.awards.projections.fund.views import (
    Act,
    AllocationState,
    AllocationView,
    Because,
    FundView,
    GivenBack,
    Payment,
)
from shared.events.awards import (
    FUND,
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
    FundRegistered,
    MoneyAllocated,
)
from shared.events.base import Fact, Recorded
from shared.projector import Projection

Moved = (
    AllocationApproved
    | AllocationHeld
    | AllocationReleased
    | AllocationPaid
    | AllocationReturned
    | AllocationReversed
)


def fold(view: FundView | None, event: Recorded[Any]) -> FundView:
    match event.fact, view:
        case FundRegistered() as fact, _:
            return _registered(fact)
        case MoneyAllocated() as fact, FundView():
            return _summed(view, (*view.allocations, _allocated(fact)))
        case _, FundView() if isinstance(event.fact, Moved):
            return _moved(view, event.fact)
        case fact, _:
            raise ValueError(f"A fund cannot begin with {type(fact).__name__}.")


def _registered(fact: FundRegistered) -> FundView:
    return FundView(
        fund_id=fact.fund_id,
        name=fact.name,
        source_kind=fact.source_kind,
        account_code=fact.account_code,
        fiscal_year=fact.fiscal_year,
        cut_off=fact.cut_off,
        ceiling_rupiah=fact.ceiling_rupiah,
        allocated_rupiah=0,
        available_rupiah=fact.ceiling_rupiah,
        held_rupiah=0,
        paid_rupiah=0,
        paid_tax_rupiah=0,
        returned_rupiah=0,
        registered=_act(fact),
        allocations=(),
    )


def _allocated(fact: MoneyAllocated) -> AllocationView:
    net = fact.amount_rupiah - fact.tax_rupiah
    return AllocationView(
        allocation_id=fact.allocation_id,
        state="allocated",
        competition_id=fact.competition_id,
        results_version=fact.results_version,
        category=fact.category,
        rank=fact.rank,
        label=fact.label,
        innovation_id=fact.innovation_id,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        recipient=fact.recipient,
        amount_rupiah=fact.amount_rupiah,
        tax_rupiah=fact.tax_rupiah,
        net_rupiah=net if fact.net_rupiah is None else fact.net_rupiah,
        tax_rule=fact.tax_rule,
        tax_table=fact.tax_table,
        tax_digest=fact.tax_digest,
        uncapped_rupiah=fact.uncapped_rupiah,
        in_kind=fact.in_kind,
        allocated=_act(fact),
    )


def _moved(view: FundView, fact: Moved) -> FundView:
    """The same fund with one allocation changed; unknown ones change nothing."""
    allocations = tuple(
        each.model_copy(update=_change(each, fact))
        if each.allocation_id == fact.allocation_id
        else each
        for each in view.allocations
    )
    return _summed(view, allocations)


def _change(before: AllocationView, fact: Moved) -> dict[str, Any]:
    match fact:
        case AllocationApproved():
            return {"state": "approved", "approved": _act(fact)}
        case AllocationHeld():
            return {"state": "held", "held": _because(fact)}
        case AllocationReleased():
            return {"state": _released(before), "released": _because(fact)}
        case AllocationPaid():
            payment = Payment(
                by=fact.by, at=fact.at, reference=fact.reference, paid_on=fact.paid_on
            )
            return {"state": "paid", "paid": payment}
        case AllocationReturned():
            given_back = GivenBack(
                by=fact.by,
                at=fact.at,
                reason=fact.reason,
                reference=fact.reference,
                returned_on=fact.returned_on,
            )
            return {"state": "returned", "returned": given_back}
        case AllocationReversed():
            return {"state": "reversed", "reversed": _because(fact)}


def _released(before: AllocationView) -> AllocationState:
    return "allocated" if before.approved is None else "approved"


def _summed(view: FundView, allocations: tuple[AllocationView, ...]) -> FundView:
    allocated = _sum(allocations, "allocated", "approved", "held", "paid")
    change = {
        "allocations": allocations,
        "allocated_rupiah": allocated,
        "available_rupiah": view.ceiling_rupiah - allocated,
        "held_rupiah": _sum(allocations, "held"),
        "paid_rupiah": _sum(allocations, "paid"),
        "paid_tax_rupiah": sum(each.tax_rupiah for each in allocations if each.state == "paid"),
        "returned_rupiah": _sum(allocations, "returned"),
    }
    return view.model_copy(update=change)


def _sum(allocations: tuple[AllocationView, ...], *states: AllocationState) -> int:
    return sum(each.amount_rupiah for each in allocations if each.state in states)


def _because(fact: AllocationHeld | AllocationReleased | AllocationReversed) -> Because:
    return Because(by=fact.by, at=fact.at, reason=fact.reason)


def _act(fact: Fact) -> Act:
    return Act(by=fact.by, at=fact.at)


FUNDS = Projection("funds", FUND, FundView, fold, (("fiscal_year",),))

__all__ = [
    "FUNDS",
    "Act",
    "AllocationState",
    "AllocationView",
    "Because",
    "FundView",
    "GivenBack",
    "Payment",
    "fold",
]
