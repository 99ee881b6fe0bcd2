"""Money that goes out, once, and money that comes back. Pure."""

from services.awards.domain.fund.commands import Pay, Return
from services.awards.domain.fund.moving import found, refuse_ended, refuse_held, require_reason
from services.awards.domain.fund.states import (
    Allocated,
    Approved,
    Fund,
    Held,
    Paid,
    Returned,
    Reversed,
)
from shared.errors import Refused
from shared.events.awards import AllocationPaid, AllocationReturned, FundEvent, MoneyAllocated
from shared.wita import today_in_wita


def pay(command: Pay, state: Fund) -> list[FundEvent]:
    match found(command.allocation_id, state):
        case Allocated():
            raise Refused("not_approved", "A second person approves before money is paid.")
        case Held():
            refuse_held()
        case Paid(reference=reference) if reference == command.reference:
            return []
        case Paid() | Returned() | Reversed() as ended:
            refuse_ended(ended)
        case Approved(money=money):
            _check_payment(command, state)
            _check_tax(command, money)
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


def _check_payment(command: Pay, state: Fund) -> None:
    _require_reference(command.reference)
    if command.paid_on.year != state.registered.fiscal_year:
        raise Refused(
            "other_fiscal_year",
            "The fund pays within its fiscal year only.",
            fiscal_year=state.registered.fiscal_year,
            paid_on=command.paid_on.isoformat(),
        )
    if command.paid_on > today_in_wita(command.at):
        raise Refused(
            "paid_in_future", "That day has not come yet.", paid_on=command.paid_on.isoformat()
        )


def _check_tax(command: Pay, money: MoneyAllocated) -> None:
    if money.tax_digest is None:
        return
    if money.tax_digest not in command.confirmed_tables:
        raise Refused(
            "tax_table_unconfirmed",
            "The treasurer confirms the table of taxes before anything is paid by it.",
            table_id=money.tax_table,
        )
    if money.tax_digest not in command.tables_in_force:
        raise Refused(
            "tax_table_changed",
            "Another table of taxes holds on that day; reverse and allocate anew.",
            table_id=money.tax_table,
            paid_on=command.paid_on.isoformat(),
        )


def give_back(command: Return, state: Fund) -> list[FundEvent]:
    match found(command.allocation_id, state):
        case Returned(reference=reference) if reference == command.reference:
            return []
        case Returned() | Reversed() as ended:
            refuse_ended(ended)
        case Allocated() | Approved() | Held():
            raise Refused("not_paid", "Only paid money comes back; reverse what is not paid.")
        case Paid(money=money) as paid:
            _check_return(command, paid)
    return [
        AllocationReturned(
            by=command.by,
            at=command.at,
            fund_id=state.registered.fund_id,
            allocation_id=command.allocation_id,
            amount_rupiah=money.amount_rupiah,
            reference=command.reference,
            returned_on=command.returned_on,
            reason=command.reason,
            allocated_rupiah=state.allocated_rupiah - money.amount_rupiah,
        )
    ]


def _check_return(command: Return, paid: Paid) -> None:
    _require_reference(command.reference)
    require_reason(command.reason)
    if command.returned_on < paid.paid_on:
        raise Refused(
            "returned_before_paid",
            "Money does not come back before it went out.",
            paid_on=paid.paid_on.isoformat(),
            returned_on=command.returned_on.isoformat(),
        )
    if command.returned_on > today_in_wita(command.at):
        raise Refused(
            "returned_in_future",
            "That day has not come yet.",
            returned_on=command.returned_on.isoformat(),
        )


def _require_reference(reference: str) -> None:
    if not reference.strip():
        raise Refused("reference_missing", "Name the order or receipt by its number.")
