"""Approving, holding, releasing and reversing what is not paid yet. Pure."""

from typing import Never

from services.awards.domain.fund.commands import Approve, Hold, Release, Reverse
from services.awards.domain.fund.states import (
    Allocated,
    Allocation,
    Approved,
    Fund,
    Held,
    Paid,
    Returned,
    Reversed,
)
from shared.errors import NotFound, Refused
from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationReleased,
    AllocationReversed,
    FundEvent,
    MoneyAllocated,
)


def approve(command: Approve, state: Fund) -> list[FundEvent]:
    match found(command.allocation_id, state):
        case Approved() | Paid():
            return []
        case Held():
            refuse_held()
        case Returned() | Reversed() as ended:
            refuse_ended(ended)
        case Allocated(money=money):
            _check_second_person(command, money)
    return [
        AllocationApproved(
            by=command.by,
            at=command.at,
            fund_id=state.registered.fund_id,
            allocation_id=command.allocation_id,
            by_agency=command.agency,
        )
    ]


def _check_second_person(command: Approve, money: MoneyAllocated) -> None:
    if command.by == money.by:
        raise Refused("second_person_needed", "Who allocated the money does not approve it.")
    recipient = money.recipient.recipient_id if money.recipient is not None else None
    if recipient is not None and recipient in (command.by, command.agency):
        raise Refused("conflict_of_interest", "Nobody approves money for themselves.")
    is_above_or_own = command.agency is not None and command.agency in money.agency_path
    if is_above_or_own or money.agency_id in command.agency_path:
        raise Refused("conflict_of_interest", "Nobody approves money for an agency of their own.")


def hold(command: Hold, state: Fund) -> list[FundEvent]:
    match found(command.allocation_id, state):
        case Held():
            return []
        case Paid() | Returned() | Reversed() as ended:
            refuse_ended(ended)
        case Allocated() | Approved():
            require_reason(command.reason)
    return [
        AllocationHeld(
            by=command.by,
            at=command.at,
            fund_id=state.registered.fund_id,
            allocation_id=command.allocation_id,
            reason=command.reason,
        )
    ]


def release(command: Release, state: Fund) -> list[FundEvent]:
    match found(command.allocation_id, state):
        case Allocated() | Approved():
            return []
        case Paid() | Returned() | Reversed() as ended:
            refuse_ended(ended)
        case Held():
            require_reason(command.reason)
    return [
        AllocationReleased(
            by=command.by,
            at=command.at,
            fund_id=state.registered.fund_id,
            allocation_id=command.allocation_id,
            reason=command.reason,
        )
    ]


def reverse(command: Reverse, state: Fund) -> list[FundEvent]:
    match found(command.allocation_id, state):
        case Reversed():
            return []
        case Paid(reference=reference):
            raise Refused(
                "already_paid", "Paid money comes back only as a return.", reference=reference
            )
        case Returned() as ended:
            refuse_ended(ended)
        case Allocated(money=money) | Approved(money=money) | Held(money=money):
            require_reason(command.reason)
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


def found(key: str, state: Fund) -> Allocation:
    known = state.allocations.get(key)
    if known is None:
        raise NotFound("allocation_unknown", "The fund has no such allocation.", allocation_id=key)
    return known


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", "Say why.")


def refuse_held() -> Never:
    raise Refused("allocation_held", "The allocation is held; release it first.")


def refuse_ended(allocation: Paid | Returned | Reversed) -> Never:
    match allocation:
        case Paid(reference=reference):
            raise Refused("already_paid", "The allocation is paid already.", reference=reference)
        case Returned(reference=reference):
            raise Refused(
                "allocation_returned", "The money came back to the treasury.", reference=reference
            )
        case Reversed():
            raise Refused("allocation_reversed", "The allocation is reversed.")
