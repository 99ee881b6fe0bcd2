"""What may happen to a source of uang pembinaan, and what is true of it after. Pure.

Never over the ceiling, never an edit: money that is free again is a reversing entry.
"""

from collections.abc import Iterable
from typing import assert_never

from services.awards.domain.fund.commands import (
    Allocate,
    Approve,
    Command,
    Line,
    Pay,
    RegisterFund,
    Reverse,
)
from services.awards.domain.fund.states import (
    Allocated,
    Allocation,
    Approved,
    Fund,
    Missing,
    Paid,
    Reversed,
    State,
    evolve,
)
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.awards import (
    AllocationApproved,
    AllocationPaid,
    AllocationReversed,
    FundEvent,
    FundRegistered,
    MoneyAllocated,
)


def decide(command: Command, state: State) -> list[FundEvent]:
    match command:
        case RegisterFund():
            return _register(command, state)
        case Allocate():
            return _allocate(command, _known(state))
        case Approve():
            return _approve(command, _known(state))
        case Pay():
            return _pay(command, _known(state))
        case Reverse():
            return _reverse(command, _known(state))
        case _:
            assert_never(command)


def _register(command: RegisterFund, state: State) -> list[FundEvent]:
    fact = FundRegistered(
        by=command.by,
        at=command.at,
        fund_id=command.fund_id,
        name=command.name,
        source_kind=command.source_kind,
        account_code=command.account_code,
        fiscal_year=command.fiscal_year,
        ceiling_rupiah=command.ceiling_rupiah,
    )
    if isinstance(state, Missing):
        return [fact]
    before = state.registered
    if before == fact.model_copy(update={"by": before.by, "at": before.at}):
        return []
    raise Refused(
        "already_registered", "There is another fund of this code.", fund_id=command.fund_id
    )


def _allocate(command: Allocate, state: Fund) -> list[FundEvent]:
    new = _new_lines(command.lines, state)
    asked = sum(line.amount_rupiah for line in new)
    if asked > state.available_rupiah:
        raise Refused(
            "over_ceiling",
            "The fund does not hold as much as these allocations need.",
            fund_id=state.registered.fund_id,
            available_rupiah=state.available_rupiah,
            asked_rupiah=asked,
        )
    facts: list[FundEvent] = []
    total = state.allocated_rupiah
    for line in new:
        total += line.amount_rupiah
        facts.append(_allocated(command, line, state, total))
    return facts


def _new_lines(lines: Iterable[Line], state: Fund) -> list[Line]:
    """The lines that the fund does not know yet, each once. A reversed one stays reversed."""
    new: dict[str, Line] = {}
    for line in lines:
        known = state.allocations.get(line.allocation_id)
        before = line_of(known.money) if known is not None else new.get(line.allocation_id)
        if before is None:
            new[line.allocation_id] = line
        elif before != line:
            raise Refused(
                "allocation_differs",
                "An allocation of this id is there with another content.",
                allocation_id=line.allocation_id,
            )
    return list(new.values())


def line_of(money: MoneyAllocated) -> Line:
    return Line(
        allocation_id=money.allocation_id,
        competition_id=money.competition_id,
        results_version=money.results_version,
        category=money.category,
        rank=money.rank,
        label=money.label,
        innovation_id=money.innovation_id,
        agency_id=money.agency_id,
        agency_path=money.agency_path,
        amount_rupiah=money.amount_rupiah,
        in_kind=money.in_kind,
    )


def _allocated(command: Allocate, line: Line, state: Fund, total: int) -> MoneyAllocated:
    return MoneyAllocated(
        by=command.by,
        at=command.at,
        fund_id=state.registered.fund_id,
        allocation_id=line.allocation_id,
        competition_id=line.competition_id,
        results_version=line.results_version,
        category=line.category,
        rank=line.rank,
        label=line.label,
        innovation_id=line.innovation_id,
        agency_id=line.agency_id,
        agency_path=line.agency_path,
        amount_rupiah=line.amount_rupiah,
        in_kind=line.in_kind,
        allocated_rupiah=total,
    )


def _approve(command: Approve, state: Fund) -> list[FundEvent]:
    allocation = _allocation(command.allocation_id, state)
    match allocation:
        case Approved() | Paid():
            return []
        case Reversed():
            raise Refused("allocation_reversed", "The allocation is reversed.")
        case Allocated(money=money):
            pass
    if command.by == money.by:
        raise Refused("second_person_needed", "Who allocated the money does not approve it.")
    is_above_or_own = command.agency is not None and command.agency in money.agency_path
    if is_above_or_own or money.agency_id in command.agency_path:
        raise Refused("conflict_of_interest", "Nobody approves money for an agency of their own.")
    return [
        AllocationApproved(
            by=command.by,
            at=command.at,
            fund_id=state.registered.fund_id,
            allocation_id=command.allocation_id,
            by_agency=command.agency,
        )
    ]


def _pay(command: Pay, state: Fund) -> list[FundEvent]:
    match _allocation(command.allocation_id, state):
        case Allocated():
            raise Refused("not_approved", "A second person approves before money is paid.")
        case Reversed():
            raise Refused("allocation_reversed", "The allocation is reversed.")
        case Paid(reference=reference):
            if reference == command.reference:
                return []
            raise Refused("already_paid", "The allocation is paid already.", reference=reference)
        case Approved():
            return [
                AllocationPaid(
                    by=command.by,
                    at=command.at,
                    fund_id=state.registered.fund_id,
                    allocation_id=command.allocation_id,
                    reference=command.reference,
                    paid_on=command.paid_on,
                )
            ]


def _reverse(command: Reverse, state: Fund) -> list[FundEvent]:
    match _allocation(command.allocation_id, state):
        case Reversed():
            return []
        case Paid(reference=reference):
            raise Refused(
                "already_paid", "Paid money comes back only as a return.", reference=reference
            )
        case Allocated(money=money) | Approved(money=money):
            pass
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the allocation is reversed.")
    return [
        AllocationReversed(
            by=command.by,
            at=command.at,
            fund_id=state.registered.fund_id,
            allocation_id=command.allocation_id,
            amount_rupiah=money.amount_rupiah,
            reason=command.reason,
            allocated_rupiah=state.allocated_rupiah - money.amount_rupiah,
        )
    ]


def _known(state: State) -> Fund:
    if isinstance(state, Missing):
        raise NotFound("fund_unknown", "There is no such fund.")
    return state


def _allocation(key: str, state: Fund) -> Allocation:
    found = state.allocations.get(key)
    if found is None:
        raise NotFound("allocation_unknown", "The fund has no such allocation.", allocation_id=key)
    return found


decider = Decider[Command, State, FundEvent](Missing(), decide, evolve)

__all__ = [
    "Allocate",
    "Approve",
    "Command",
    "Line",
    "Pay",
    "RegisterFund",
    "Reverse",
    "State",
    "decider",
]
