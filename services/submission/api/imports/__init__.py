"""Bulk import over HTTP: agencies and innovations from sheets, and the sheets to fill in."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from services.submission.api.clocks import InTongue, Tongue
from services.submission.api.desk import Desk
from services.submission.api.imports import agency_aims, innovation_aims
from services.submission.api.imports.agency_plan import AgencyPlan
from services.submission.api.imports.columns import AGENCY_FORM, innovation_form
from services.submission.api.imports.faults import Unusable
from services.submission.api.imports.innovation_plan import InnovationPlan
from services.submission.api.imports.innovation_rows import Reader
from services.submission.api.imports.reports import ImportReport, Mode, report
from services.submission.api.imports.running import (
    Done,
    Plan,
    all_or_nothing,
    rehearsed,
    row_by_row,
)
from services.submission.api.imports.sheets import Form, Row, Sheet, read
from services.submission.api.imports.templates import agencies_template, innovations_template
from services.submission.projections.innovations import InnovationView
from shared.errors import Refused, Unavailable
from shared.events.base import Code
from shared.history import HistoryLog
from shared.http import Ask, Doors, Sent
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection

IMPORT_MAX_BYTES = 5 * 1024 * 1024
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
"""What the sheet may be sent as; what it is, its content says."""

BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            XLSX: {"schema": {"type": "string", "format": "binary"}},
            "text/csv": {"schema": {"type": "string", "format": "binary"}},
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {"file": {"type": "string", "format": "binary"}},
                    "required": ["file"],
                }
            },
        },
    }
}
SHEET: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The sheet.",
        "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}},
    }
}
MODE_HELP = "Store all rows or none, or each row by itself."
Asked = Annotated[Mode, Query(description=MODE_HELP)]
WAITS = 4
"""Of five seconds each: after a large import the views need some."""

TITLES_AT_ONCE = 100
"""Some servers compare every document with every one of them."""

CaughtUp = Callable[[], Awaitable[bool]]


def routes(
    doors: Doors,
    desk: Desk,
    log: HistoryLog,
    innovation_view: Collection,
    agency_view: Collection,
    caught_up: CaughtUp,
) -> APIRouter:
    """`caught_up` waits until the views show every fact there is; False if not in time."""
    router = APIRouter(prefix="/imports", tags=["imports"])
    places = asyncio.Semaphore(2)

    async def sheet_of(content: bytes, form: Form, tongue: Tongue) -> Sheet:
        async with places:
            try:
                return await asyncio.to_thread(read, content, form)
            except Unusable as unusable:
                raise unusable.told(tongue) from unusable

    @router.post(
        "/agencies",
        name="import_agencies",
        openapi_extra=BODY,
    )
    async def import_agencies(
        sent: Annotated[Sent, doors.takes("import_agencies", IMPORT_MAX_BYTES)],
        tongue: InTongue,
        mode: Asked = "all_or_nothing",
    ) -> ImportReport:
        sheet = await sheet_of(sent.content, AGENCY_FORM, tongue)
        aims = agency_aims.aims_of(sheet.rows)
        await _shown(caught_up)
        known = await agency_view.get_many(list(aims.rows))
        sources = {code: str(document["source"]) for code, document in known.items()}
        plan = AgencyPlan(desk.agencies, sent.ask, aims, sheet.columns, sources)
        done = await _done(log, plan, sheet.rows, mode, sent.ask, tongue)
        return _reported(done, sent.ask, mode, tongue)

    @router.post(
        "/innovations",
        name="import_innovations",
        openapi_extra=BODY,
    )
    async def import_innovations(
        sent: Annotated[Sent, doors.takes("import_innovations", IMPORT_MAX_BYTES)],
        season_id: Code,
        tongue: InTongue,
        mode: Asked = "all_or_nothing",
    ) -> ImportReport:
        season = await desk.season(season_id)
        edition = desk.edition_of(season.edition_id)
        sheet = await sheet_of(sent.content, innovation_form(edition), tongue)
        await _shown(caught_up)
        plan = InnovationPlan(
            desk,
            sent.ask,
            season,
            Reader(edition, sheet.columns),
            innovation_aims.aims_of(sheet.rows, sent.ask.new_id),
            await _taken(innovation_view, season_id, sheet.rows),
        )
        done = await _done(log, plan, sheet.rows, mode, sent.ask, tongue)
        told = _reported(done if done.stored else _nameless(done), sent.ask, mode, tongue)
        return told.model_copy(update={"season_id": season_id, "training": season.training})

    @router.get(
        "/innovations/template.xlsx",
        name="innovations_template",
        response_class=Response,
        responses=SHEET,
    )
    async def innovation_template(
        access: Annotated[Access, doors.reads("read_import_template")], season_id: Code
    ) -> Response:
        season = await desk.season(season_id)
        edition = desk.edition_of(season.edition_id)
        content = await asyncio.to_thread(innovations_template, edition, training=season.training)
        return _download(content, f"inovasi-{season_id}.xlsx")

    @router.get(
        "/agencies/template.xlsx",
        name="agencies_template",
        response_class=Response,
        responses=SHEET,
        dependencies=[doors.reads("read_import_template")],
    )
    async def agency_template() -> Response:
        content = await asyncio.to_thread(agencies_template)
        return _download(content, "perangkat-daerah.xlsx")

    return router


async def _shown(caught_up: CaughtUp) -> None:
    """Waits until the views show what was imported a moment ago. Raises `Unavailable`."""
    for _ in range(WAITS):
        if await caught_up():
            return
    raise Unavailable("views_behind", "The read models are behind. Try again in a moment.")


async def _done(
    log: HistoryLog, plan: Plan, rows: tuple[Row, ...], mode: Mode, ask: Ask, tongue: Tongue
) -> Done:
    try:
        if ask.dry_run:
            return await rehearsed(log, plan, rows, as_one=mode == "all_or_nothing")
        if mode == "all_or_nothing":
            return await all_or_nothing(log, plan, rows)
        return await row_by_row(log, plan, rows)
    except Refused as refusal:
        if refusal.code == "batch_too_large":
            raise Unusable(refusal.code, **dict(refusal.params)).told(tongue) from refusal
        raise


def _reported(done: Done, ask: Ask, mode: Mode, tongue: Tongue) -> ImportReport:
    if done.sequence:
        ask.response.headers["Inda-Sequence"] = str(done.sequence)
    return report(
        done.rows,
        mode,
        tongue,
        sequence=done.sequence,
        dry_run=ask.dry_run,
        stored=done.stored,
    )


def _nameless(done: Done) -> Done:
    """What was not made has no id: another try would make it under another."""
    rows = (replace(row, key="") if row.outcome == "created" else row for row in done.rows)
    return replace(done, rows=tuple(rows))


async def _taken(
    view: Collection, season_id: str, rows: tuple[Row, ...]
) -> dict[tuple[str, str], list[InnovationView]]:
    """The season's innovations with a title of the new rows, but for those that were withdrawn."""
    titles = innovation_aims.titles(rows)
    found: dict[tuple[str, str], list[InnovationView]] = {}
    for first in range(0, len(titles), TITLES_AT_ONCE):
        some = list(titles[first : first + TITLES_AT_ONCE])
        where = {"title_key": {"$in": some}, "season_id": season_id, "state": {"$ne": "withdrawn"}}
        for document in await view.all(where):
            other = InnovationView.model_validate(bare(document))
            found.setdefault((other.agency_id, other.title_key), []).append(other)
    return found


def _download(content: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(content, media_type=XLSX, headers=headers)


__all__ = ["routes"]
