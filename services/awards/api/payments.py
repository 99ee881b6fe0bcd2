"""What becomes of an allocation over HTTP: approved, held, released, paid, returned, reversed."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter

from services.awards.api.reading import Funds, Name, Text, not_found
from services.awards.api.taxes import Tables
from services.awards.domain.fund import Approve, Command, Hold, Pay, Release, Return, Reverse
from services.awards.domain.fund.states import Missing
from services.awards.domain.taxation import confirmed_digests, digests_in_force
from shared.events.awards import MoneyAllocated
from shared.events.base import Code, Key
from shared.http import Ask, Body, Doors, Written
from shared.identity import Thing


class PaymentRequest(Body):
    """`reference` is the number of the disbursement order (SP2D)."""

    reference: Name
    paid_on: date


class ReturnRequest(Body):
    """`reference` is the number of the treasury's receipt (STS)."""

    reference: Name
    returned_on: date
    reason: Text


class ReasonRequest(Body):
    reason: Text


def routes(doors: Doors, funds: Funds, tables: Tables) -> APIRouter:
    router = APIRouter(prefix="/funds/{fund_id}/allocations/{allocation_id}", tags=["payments"])

    async def allocated(fund_id: str, allocation_id: str) -> Thing:
        """Those whom the money goes to. Raises `NotFound`."""
        for remembered in (True, False):
            state = (await funds.state(fund_id, remembered=remembered)).state
            if not isinstance(state, Missing) and allocation_id in state.allocations:
                return _thing(state.allocations[allocation_id].money)
        raise not_found()

    async def told(fund_id: str, command: Command, ask: Ask) -> Written:
        return ask.written(await ask.send(funds, fund_id, command))

    @router.post("/approval", name="approve_allocation")
    async def approve_allocation(
        fund_id: Code,
        allocation_id: Key,
        ask: Annotated[Ask, doors.writes("approve_allocation")],
    ) -> Written:
        ask.require(await allocated(fund_id, allocation_id))
        command = Approve(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            allocation_id=allocation_id,
        )
        return await told(fund_id, command, ask)

    @router.post("/hold", name="hold_allocation")
    async def hold_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("hold_allocation")],
    ) -> Written:
        command = Hold(by=ask.by, at=ask.at, allocation_id=allocation_id, reason=body.reason)
        return await told(fund_id, command, ask)

    @router.post("/release", name="release_allocation")
    async def release_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("release_allocation")],
    ) -> Written:
        command = Release(by=ask.by, at=ask.at, allocation_id=allocation_id, reason=body.reason)
        return await told(fund_id, command, ask)

    @router.post("/payment", name="pay_allocation")
    async def pay_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: PaymentRequest,
        ask: Annotated[Ask, doors.writes("pay_allocation")],
    ) -> Written:
        # Neither adoption nor confirmation is ever taken back, but a newer table may be adopted
        # at this very moment: then the payment counts as the earlier of the two.
        known = await tables.states()
        command = Pay(
            by=ask.by,
            at=ask.at,
            allocation_id=allocation_id,
            reference=body.reference,
            paid_on=body.paid_on,
            confirmed_tables=confirmed_digests(known),
            tables_in_force=digests_in_force(known, body.paid_on),
        )
        return await told(fund_id, command, ask)

    @router.post("/return", name="return_allocation")
    async def return_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: ReturnRequest,
        ask: Annotated[Ask, doors.writes("return_allocation")],
    ) -> Written:
        command = Return(
            by=ask.by,
            at=ask.at,
            allocation_id=allocation_id,
            reference=body.reference,
            returned_on=body.returned_on,
            reason=body.reason,
        )
        return await told(fund_id, command, ask)

    @router.post("/reversal", name="reverse_allocation")
    async def reverse_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("reverse_allocation")],
    ) -> Written:
        command = Reverse(by=ask.by, at=ask.at, allocation_id=allocation_id, reason=body.reason)
        return await told(fund_id, command, ask)

    return router


def _thing(money: MoneyAllocated) -> Thing:
    """An allocation as authorization sees it: who receives it has a part in it."""
    recipient = money.recipient
    is_person = recipient is not None and recipient.kind == "person"
    involved = {recipient.recipient_id} if recipient is not None and is_person else set[str]()
    return Thing(money.agency_path, frozenset(involved))
