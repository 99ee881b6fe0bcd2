"""Agencies as the sheet that imports read."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from io import BytesIO
from typing import Any

from services.submission.api.exports.books import Writer, book
from services.submission.api.exports.streams import BYTE_ORDER_MARK, comma_separated_text
from services.submission.api.imports.cells import Shown
from services.submission.api.imports.columns import AGENCY_FORM
from services.submission.api.imports.delimited import guarded
from services.submission.api.imports.lists import AGENCY_KIND_CHOICES
from services.submission.projections.agencies import AgencyView
from shared.projector import bare
from shared.views import MAX_PAGE, Collection, Order

WRITTEN_KIND = {each.stored: each.written for each in AGENCY_KIND_CHOICES}
COLUMNS = (*AGENCY_FORM.columns, *AGENCY_FORM.ignored)
BY_NAME = Order("name_key")


async def pages(view: Collection, where: Mapping[str, Any]) -> AsyncIterator[list[AgencyView]]:
    cursor: str | None = None
    while True:
        page = await view.page(where, order=BY_NAME, cursor=cursor, limit=MAX_PAGE)
        yield [AgencyView.model_validate(bare(each)) for each in page.items]
        cursor = page.next_cursor
        if cursor is None:
            return


async def as_json(found: AsyncIterator[list[AgencyView]]) -> AsyncIterator[bytes]:
    count = 0
    yield b'{"items":['
    async for agencies in found:
        for agency in agencies:
            told = dict(zip(COLUMNS, row_of(agency), strict=True))
            line = json.dumps(told, ensure_ascii=False).encode()
            yield (b",\n" if count else b"\n") + line
            count += 1
    yield b'\n],"count":%d}\n' % count


async def as_csv(found: AsyncIterator[list[AgencyView]]) -> AsyncIterator[bytes]:
    yield (BYTE_ORDER_MARK + comma_separated_text([list(COLUMNS)])).encode()
    async for agencies in found:
        rows = [[guarded(str(value or "")) for value in row_of(each)] for each in agencies]
        yield comma_separated_text(rows).encode()


async def as_workbook(found: AsyncIterator[list[AgencyView]]) -> bytes:
    """In memory: a province has some thousands of them, and each is a short line."""
    content = BytesIO()
    made = book(content)
    try:
        sheet = Writer(made, made.add_worksheet(AGENCY_FORM.name), COLUMNS)
        async for agencies in found:
            for agency in agencies:
                sheet.add(row_of(agency))
    finally:
        await asyncio.to_thread(made.close)
    return content.getvalue()


def row_of(agency: AgencyView) -> list[Shown]:
    """In the order of `COLUMNS`."""
    return [
        agency.agency_id,
        agency.name,
        agency.short_name or None,
        WRITTEN_KIND[agency.kind],
        agency.parent_id,
        agency.source or None,
        "ditutup" if agency.is_closed else "aktif",
    ]
