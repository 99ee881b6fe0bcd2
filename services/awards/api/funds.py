"""Funds over HTTP: their ceiling, their ledger, and what becomes of each allocation."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.awards.api.reading import Funds, Name, Text, not_found
from services.awards.domain.fund import Approve, Pay, RegisterFund, Reverse
from services.awards.domain.fund.states import Missing
from services.awards.projections import FundView
from shared.events.base import Code, Key, Rupiah
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Thing
from shared.projector import bare
from shared.views import Collection


class FundRequest(Body):
    """`account_code` is the budget's (kode rekening), `ceiling_rupiah` the pagu."""

    fund_id: Code
    name: Name
    source_kind: Literal["apbd", "sponsor"]
    account_code: Annotated[str, Field(max_length=64)] = ""
    fiscal_year: Annotated[int, Field(ge=2000, le=2200)]
    ceiling_rupiah: Rupiah


class PaymentRequest(Body):
    """`reference` is the number of the disbursement order (SP2D)."""

    reference: Name
    paid_on: date


class ReversalRequest(Body):
    reason: Text


class FundList(Answer):
    items: tuple[FundView, ...]
    next_cursor: str | None


def routes(doors: Doors, funds: Funds, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/funds", tags=["funds"])

    async def recipient(fund_id: str, allocation_id: str) -> Thing:
        """The agency that an allocation goes to. Raises `NotFound`."""
        for remembered in (True, False):
            state = (await funds.state(fund_id, remembered=remembered)).state
            if not isinstance(state, Missing) and allocation_id in state.allocations:
                return Thing(state.allocations[allocation_id].money.agency_path)
        raise not_found()

    @router.post("", name="register_fund", status_code=201)
    async def register_fund(
        body: FundRequest, ask: Annotated[Ask, doors.writes("register_fund")]
    ) -> Written:
        command = RegisterFund(by=ask.by, at=ask.at, **body.model_dump())
        return ask.written(await ask.send(funds, body.fund_id, command, new=True))

    @router.get("", name="list_funds", dependencies=[doors.lists("list_funds")])
    async def list_funds(
        fiscal_year: int | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> FundList:
        where = {} if fiscal_year is None else {"fiscal_year": fiscal_year}
        page = await view.page(where, cursor=cursor, limit=limit)
        items = tuple(FundView.model_validate(bare(each)) for each in page.items)
        return FundList(items=items, next_cursor=page.next_cursor)

    @router.get("/{fund_id}", name="read_fund", dependencies=[doors.reads("read_fund")])
    async def read_fund(fund_id: Code, response: Response) -> FundView:
        found = await view.get(fund_id)
        if found is None:
            raise not_found()
        show_version(response, found["version"], found["sequence"])
        return FundView.model_validate(bare(found))

    @router.post("/{fund_id}/allocations/{allocation_id}/approval", name="approve_allocation")
    async def approve_allocation(
        fund_id: Code,
        allocation_id: Key,
        ask: Annotated[Ask, doors.writes("approve_allocation")],
    ) -> Written:
        ask.require(await recipient(fund_id, allocation_id))
        command = Approve(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            allocation_id=allocation_id,
        )
        return ask.written(await ask.send(funds, fund_id, command))

    @router.post("/{fund_id}/allocations/{allocation_id}/payment", name="pay_allocation")
    async def pay_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: PaymentRequest,
        ask: Annotated[Ask, doors.writes("pay_allocation")],
    ) -> Written:
        command = Pay(
            by=ask.by,
            at=ask.at,
            allocation_id=allocation_id,
            reference=body.reference,
            paid_on=body.paid_on,
        )
        return ask.written(await ask.send(funds, fund_id, command))

    @router.post("/{fund_id}/allocations/{allocation_id}/reversal", name="reverse_allocation")
    async def reverse_allocation(
        fund_id: Code,
        allocation_id: Key,
        body: ReversalRequest,
        ask: Annotated[Ask, doors.writes("reverse_allocation")],
    ) -> Written:
        command = Reverse(by=ask.by, at=ask.at, allocation_id=allocation_id, reason=body.reason)
        return ask.written(await ask.send(funds, fund_id, command))

    return router
