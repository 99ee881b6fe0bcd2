"""What is true of a fund after each fact. Never refuses, never computes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import assert_never

from shared.events.awards import (
    AllocationApproved,
    AllocationPaid,
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
class Paid:
    money: MoneyAllocated
    reference: str


@dataclass(frozen=True, slots=True)
class Reversed:
    money: MoneyAllocated


Allocation = Allocated | Approved | Paid | Reversed


@dataclass(frozen=True, slots=True)
class Fund:
    """`allocated_rupiah` is the sum of all allocations that are not reversed."""

    registered: FundRegistered
    allocated_rupiah: int = 0
    allocations: Mapping[str, Allocation] = field(default_factory=dict[str, Allocation])

    @property
    def available_rupiah(self) -> int:
        return self.registered.ceiling_rupiah - self.allocated_rupiah


State = Missing | Fund


def evolve(state: State, fact: FundEvent) -> State:
    if isinstance(fact, FundRegistered):
        return Fund(fact)
    if isinstance(state, Missing):
        return state
    match fact:
        case MoneyAllocated(allocated_rupiah=total):
            after = replace(state, allocated_rupiah=total)
            return _with(after, fact.allocation_id, Allocated(fact))
        case AllocationReversed(allocated_rupiah=total):
            after = replace(state, allocated_rupiah=total)
        case AllocationApproved() | AllocationPaid():
            after = state
        case _:
            assert_never(fact)
    known = state.allocations.get(fact.allocation_id)
    return after if known is None else _with(after, fact.allocation_id, _moved(known, fact))


def _moved(
    known: Allocation, fact: AllocationApproved | AllocationPaid | AllocationReversed
) -> Allocation:
    match fact:
        case AllocationApproved():
            return Approved(known.money)
        case AllocationPaid(reference=reference):
            return Paid(known.money, reference)
        case AllocationReversed():
            return Reversed(known.money)


def _with(state: Fund, key: str, allocation: Allocation) -> Fund:
    return replace(state, allocations={**state.allocations, key: allocation})
