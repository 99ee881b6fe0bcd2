"""`inda approve`, `hold`, `release`, `pay`, `return`, `reverse`: what becomes of an allocation."""

from typing import Annotated

import typer

from deploy.cli.arguments import Reason, day
from deploy.cli.purse.funds import FundId
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written

AllocationId = Annotated[
    str, typer.Argument(metavar="ALLOCATION", help="The allocation's id, as `fund show` tells.")
]


@writing
def approve(session: Session, fund_id: FundId, allocation_id: AllocationId) -> None:
    """Approve an allocation as the second person."""
    _tell(session, (fund_id, allocation_id, "approval"), None, "The allocation is approved.")


@writing
def hold(session: Session, fund_id: FundId, allocation_id: AllocationId, reason: Reason) -> None:
    """Hold an allocation: nobody approves or pays it before it is released."""
    told = {"reason": reason}
    _tell(session, (fund_id, allocation_id, "hold"), told, "The allocation is held.")


@writing
def release(session: Session, fund_id: FundId, allocation_id: AllocationId, reason: Reason) -> None:
    """Release an allocation that was held; it goes on where it was."""
    told = {"reason": reason}
    _tell(session, (fund_id, allocation_id, "release"), told, "The allocation is released.")


@writing
def pay(
    session: Session,
    fund_id: FundId,
    allocation_id: AllocationId,
    reference: Annotated[str, typer.Option("--reference", help="The number of the SP2D.")],
    paid_on: Annotated[str, typer.Option("--paid-on", help="The day, such as 2026-11-30.")],
) -> None:
    """Record that an approved allocation was paid."""
    told = {"reference": reference, "paid_on": day(paid_on)}
    _tell(session, (fund_id, allocation_id, "payment"), told, "The payment is recorded.")


@writing
def give_back(
    session: Session,
    fund_id: FundId,
    allocation_id: AllocationId,
    reference: Annotated[str, typer.Option("--reference", help="The number of the STS.")],
    returned_on: Annotated[str, typer.Option("--returned-on", help="The day: 2026-12-02.")],
    reason: Reason,
) -> None:
    """Record that money which was paid came back; it is free again."""
    told = {"reference": reference, "returned_on": day(returned_on), "reason": reason}
    _tell(session, (fund_id, allocation_id, "return"), told, "The money is back in the fund.")


@writing
def reverse(session: Session, fund_id: FundId, allocation_id: AllocationId, reason: Reason) -> None:
    """Reverse an unpaid allocation by a reversing entry; the amount is free again."""
    told = {"reason": reason}
    _tell(session, (fund_id, allocation_id, "reversal"), told, "The allocation is reversed.")


def _tell(
    session: Session, what: tuple[str, str, str], body: dict[str, str] | None, done: str
) -> None:
    fund_id, allocation_id, verb = what
    path = f"/funds/{fund_id}/allocations/{allocation_id}/{verb}"
    show_written(session, session.api("awards").post(path, body), done)
