"""Funds over HTTP: their ceiling, what is left of it, and what their year's end asks for."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.awards.api.cut_offs import FundWarning, warnings_of
from services.awards.api.reading import Funds, Name, Tongue, not_found
from services.awards.domain.fund import RegisterFund
from services.awards.projections import FundView
from shared.events.base import Code, Rupiah
from shared.findings.language import Language
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.projector import bare
from shared.views import Collection
from shared.views.asking import Document
from shared.wita import today_in_wita


class FundRequest(Body):
    """`account_code` is the budget's (kode rekening), `ceiling_rupiah` the pagu, `cut_off` the last
    day on which the treasury takes payment orders.
    """

    fund_id: Code
    name: Name
    source_kind: Literal["apbd", "sponsor"]
    account_code: Annotated[str, Field(max_length=64)] = ""
    fiscal_year: Annotated[int, Field(ge=2000, le=2200)]
    ceiling_rupiah: Rupiah
    cut_off: date | None = None


class FundAnswer(FundView):
    """The fund, and what is to be done before its year is over."""

    warnings: tuple[FundWarning, ...]


class FundList(Answer):
    items: tuple[FundAnswer, ...]
    next_cursor: str | None


def routes(doors: Doors, funds: Funds, view: Collection, now: Callable[[], datetime]) -> APIRouter:
    router = APIRouter(prefix="/funds", tags=["funds"])

    def shown(found: Document, language: Language) -> FundAnswer:
        fund = FundView.model_validate(bare(found))
        warnings = warnings_of(fund, today_in_wita(now()), language)
        return FundAnswer(**dict(fund), warnings=warnings)

    @router.post("", name="register_fund", status_code=201)
    async def register_fund(
        body: FundRequest, ask: Annotated[Ask, doors.writes("register_fund")]
    ) -> Written:
        command = RegisterFund(by=ask.by, at=ask.at, **body.model_dump())
        return ask.written(await ask.send(funds, body.fund_id, command, new=True))

    @router.get("", name="list_funds", dependencies=[doors.lists("list_funds")])
    async def list_funds(
        language: Tongue,
        fiscal_year: Annotated[int | None, Query(ge=2000, le=2200)] = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> FundList:
        where = {} if fiscal_year is None else {"fiscal_year": fiscal_year}
        page = await view.page(where, cursor=cursor, limit=limit)
        items = tuple(shown(each, language) for each in page.items)
        return FundList(items=items, next_cursor=page.next_cursor)

    @router.get("/{fund_id}", name="read_fund", dependencies=[doors.reads("read_fund")])
    async def read_fund(fund_id: Code, response: Response, language: Tongue) -> FundAnswer:
        found = await view.get(fund_id)
        if found is None:
            raise not_found()
        show_version(response, found["version"], found["sequence"])
        return shown(found, language)

    return router
