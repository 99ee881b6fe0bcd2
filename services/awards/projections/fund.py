"""A fund as people see it: its ceiling, what is left, and what became of every rupiah. Pure."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shared.events.awards import (
    FUND,
    AllocationApproved,
    AllocationPaid,
    AllocationReversed,
    FundRegistered,
    MoneyAllocated,
)
from shared.events.base import Fact, Recorded, Utc
from shared.projector import Projection


class Act(BaseModel):
    """Who did it, and when."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    at: Utc


class Payment(Act):
    """`reference` is the disbursement order's (SP2D)."""

    reference: str
    paid_on: date


class Reversal(Act):
    reason: str


class AllocationView(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    allocation_id: str
    state: Literal["allocated", "approved", "paid", "reversed"]
    competition_id: str
    results_version: int
    category: str
    rank: int
    label: str
    innovation_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    amount_rupiah: int
    in_kind: str
    allocated: Act
    approved: Act | None
    paid: Payment | None
    reversed: Reversal | None


class FundView(BaseModel):
    """All sums in whole rupiah; `available_rupiah` = ceiling - allocated, of which paid."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fund_id: str
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: int
    allocated_rupiah: int
    available_rupiah: int
    paid_rupiah: int
    registered: Act
    allocations: tuple[AllocationView, ...]


def fold(view: FundView | None, event: Recorded[Any]) -> FundView:
    match event.fact, view:
        case FundRegistered() as fact, _:
            return _registered(fact)
        case MoneyAllocated() as fact, FundView():
            added = view.model_copy(update={"allocations": (*view.allocations, _allocated(fact))})
            return _with_allocated(added, fact.allocated_rupiah)
        case AllocationApproved() as fact, FundView():
            change = {"state": "approved", "approved": _act(fact)}
            return _changed(view, fact.allocation_id, change)
        case AllocationPaid() as fact, FundView():
            return _paid(view, fact)
        case AllocationReversed() as fact, FundView():
            reversal = Reversal(by=fact.by, at=fact.at, reason=fact.reason)
            change = {"state": "reversed", "reversed": reversal}
            changed = _changed(view, fact.allocation_id, change)
            return _with_allocated(changed, fact.allocated_rupiah)
        case fact, _:
            raise ValueError(f"A fund cannot begin with {type(fact).__name__}.")


def _registered(fact: FundRegistered) -> FundView:
    return FundView(
        fund_id=fact.fund_id,
        name=fact.name,
        source_kind=fact.source_kind,
        account_code=fact.account_code,
        fiscal_year=fact.fiscal_year,
        ceiling_rupiah=fact.ceiling_rupiah,
        allocated_rupiah=0,
        available_rupiah=fact.ceiling_rupiah,
        paid_rupiah=0,
        registered=_act(fact),
        allocations=(),
    )


def _allocated(fact: MoneyAllocated) -> AllocationView:
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
        amount_rupiah=fact.amount_rupiah,
        in_kind=fact.in_kind,
        allocated=_act(fact),
        approved=None,
        paid=None,
        reversed=None,
    )


def _paid(view: FundView, fact: AllocationPaid) -> FundView:
    payment = Payment(by=fact.by, at=fact.at, reference=fact.reference, paid_on=fact.paid_on)
    change = {"state": "paid", "paid": payment}
    changed = _changed(view, fact.allocation_id, change)
    paid = sum(each.amount_rupiah for each in changed.allocations if each.state == "paid")
    return changed.model_copy(update={"paid_rupiah": paid})


def _with_allocated(view: FundView, allocated_rupiah: int) -> FundView:
    available = view.ceiling_rupiah - allocated_rupiah
    return view.model_copy(
        update={"allocated_rupiah": allocated_rupiah, "available_rupiah": available}
    )


def _changed(view: FundView, key: str, change: dict[str, Any]) -> FundView:
    allocations = tuple(
        each.model_copy(update=change) if each.allocation_id == key else each
        for each in view.allocations
    )
    return view.model_copy(update={"allocations": allocations})


def _act(fact: Fact) -> Act:
    return Act(by=fact.by, at=fact.at)


FUNDS = Projection("funds", FUND, FundView, fold, (("fiscal_year",),))
