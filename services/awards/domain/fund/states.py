"""What is true of a fund after each fact. Never refuses, never computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import assert_never

from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
    FundEvent,
    FundRegistered,
    MoneyAllocated,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Not registered."""


@dataclass(frozen=True, slots=True)
class Allocated:
    money: MoneyAllocated


@dataclass(frozen=True, slots=True)
class Approved:
    money: MoneyAllocated


@dataclass(frozen=True, slots=True)
class Held:
    """Not paid until it is released; then it is again what it was before."""

    before: Allocated | Approved

    @property
    def money(self) -> MoneyAllocated:
        return self.before.money


@dataclass(frozen=True, slots=True)
class Paid:
    money: MoneyAllocated
    reference: str
    paid_on: date


@dataclass(frozen=True, slots=True)
class Returned:
    """Paid, and back at the treasury: an end."""

    money: MoneyAllocated
    reference: str


@dataclass(frozen=True, slots=True)
class Reversed:
    """Never paid: an end."""

    money: MoneyAllocated


Living = Allocated | Approved | Held | Paid
Allocation = Living | Returned | Reversed
Move = (
    AllocationApproved
    | AllocationHeld
    | AllocationReleased
    | AllocationPaid
    | AllocationReturned
    | AllocationReversed
)


@dataclass(frozen=True, slots=True)
class Fund:
    """`allocated_rupiah` is the sum of all allocations that are neither reversed nor returned."""

    registered: FundRegistered
    allocated_rupiah: int = 0
    allocations: Mapping[str, Allocation] = field(default_factory=dict[str, Allocation])

    @property
    def available_rupiah(self) -> int:
        return self.registered.ceiling_rupiah - self.allocated_rupiah


State = Missing | Fund


def living(fund: Fund) -> tuple[Living, ...]:
    """The allocations whose money is set aside or paid."""
    return tuple(each for each in fund.allocations.values() if isinstance(each, Living))


def balances(fund: Fund) -> bool:
    """Whether the sum of the living is what the fund says, and within its ceiling."""
    total = sum(each.money.amount_rupiah for each in living(fund))
    return total == fund.allocated_rupiah <= fund.registered.ceiling_rupiah


def evolve(state: State, fact: FundEvent) -> State:
    if isinstance(fact, FundRegistered):
        return Fund(fact)
    if isinstance(state, Missing):
        return state
    match fact:
        case MoneyAllocated(allocated_rupiah=total):
            after = replace(state, allocated_rupiah=total)
            return _with(after, fact.allocation_id, Allocated(fact))
        case (
            AllocationReversed(allocated_rupiah=total) | AllocationReturned(allocated_rupiah=total)
        ):
            after = replace(state, allocated_rupiah=total)
        case _:
            after = state
    known = state.allocations.get(fact.allocation_id)
    return after if known is None else _with(after, fact.allocation_id, _moved(known, fact))


def _moved(known: Allocation, fact: Move) -> Allocation:
    match fact:
        case AllocationApproved():
            return Approved(known.money)
        case AllocationHeld():
            return Held(known) if isinstance(known, Allocated | Approved) else known
        case AllocationReleased():
            return known.before if isinstance(known, Held) else known
        case AllocationPaid(reference=reference, paid_on=paid_on):
            return Paid(known.money, reference, paid_on)
        case AllocationReturned(reference=reference):
            return Returned(known.money, reference)
        case AllocationReversed():
            return Reversed(known.money)
        case _:
            assert_never(fact)


def _with(state: Fund, key: str, allocation: Allocation) -> Fund:
    return replace(state, allocations={**state.allocations, key: allocation})
