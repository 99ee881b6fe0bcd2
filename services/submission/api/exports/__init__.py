"""Exports over HTTP: one innovation, many or all, and the agencies, each in several shapes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Response
from fastapi.responses import StreamingResponse

from services.submission.api.desk import Desk
from services.submission.api.exports import agencies, streams
from services.submission.api.exports.archives import StreamOf, archive
from services.submission.api.exports.books import form_book
from services.submission.api.exports.flat import Flat
from services.submission.api.exports.pages import Shelf, primed
from services.submission.api.exports.paths import safe
from services.submission.api.imports.sheets import TRAINING
from services.submission.api.listings import LINEAGE_HELP, TEXT_HELP, Filters, matching
from services.submission.projections.innovations import InnovationView
from shared.accesses import Openings
from shared.documents.names import disposition
from shared.editions import Edition, available, lacking
from shared.errors import NotFound
from shared.events.base import Code, Key
from shared.events.submission import AgencyKind
from shared.http import Doors, show_version
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection

OneFormat = Literal["json", "xlsx", "zip"]
ManyFormat = Literal["xlsx", "json", "csv", "zip"]
SheetFormat = Literal["xlsx", "json", "csv"]
MEDIA_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
BINARY = {"schema": {"type": "string", "format": "binary"}}
FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file. One that breaks off before its end is not whole.",
        "content": {
            each: ({} if each == "application/json" else BINARY) for each in MEDIA_TYPES.values()
        },
    }
}


@dataclass(frozen=True, slots=True)
class Shown:
    """The bytes of accepted evidence by their digest, and who records that somebody gets them."""

    stream_of: Callable[[str], AsyncIterator[bytes]]
    openings: Openings

    def to(self, access: Access) -> StreamOf:
        """Each file when its turn comes: who breaks an archive off was given no more."""

        async def stream(innovation_id: str, sha256: str) -> AsyncIterator[bytes]:
            await self.openings.record(access, sha256, innovation_id, "archive")
            async for chunk in self.stream_of(sha256):
                yield chunk

        return stream


def routes(
    doors: Doors,
    desk: Desk,
    innovation_view: Collection,
    agency_view: Collection,
    shown: Shown,
) -> APIRouter:
    router = APIRouter(tags=["exports"])
    shelf = Shelf(innovation_view, agency_view, desk.edition_of)

    @router.get(
        "/exports/innovations", name="export_innovations", response_class=Response, responses=FILE
    )
    async def export_innovations(
        access: Annotated[Access, doors.lists("export_innovations")],
        filters: Annotated[Filters, Depends()],
        response: Response,
        text: Annotated[str | None, Query(max_length=100, description=TEXT_HELP)] = None,
        lineage_of: Annotated[Key | None, Query(description=LINEAGE_HELP)] = None,
        format: ManyFormat = "xlsx",
    ) -> Response:
        where = await matching(filters, text, lineage_of, access, innovation_view, agency_view)
        editions, training = await _editions(desk, filters)
        pages = await primed(shelf.pages(where))
        match format:
            case "json":
                body = streams.json_array(pages, shelf)
            case "csv":
                body = streams.comma_separated(pages, Flat(editions))
            case "xlsx":
                book = streams.workbook(pages, shelf, Flat(editions), training=training)
                body = await primed(book)
            case "zip":
                body = archive(pages, shelf, shown.to(access))
        return _streamed(body, _name("inovasi", filters.season_id, training), format, response)

    @router.get(
        "/innovations/{innovation_id}/export",
        name="export_innovation",
        response_class=Response,
        responses=FILE,
    )
    async def export_innovation(
        innovation_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("export_innovations")],
        format: OneFormat = "json",
    ) -> Response:
        document = await innovation_view.get(innovation_id)
        if document is None:
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        view = InnovationView.model_validate(bare(document))
        await desk.require(access, view.agency_path)
        show_version(response, document["version"], document["sequence"])
        name = _name(safe(view.title, "inovasi"), view.season_id, view.training)
        if format == "zip":
            return _streamed(archive(_only(view), shelf, shown.to(access)), name, format, response)
        (form,) = await shelf.forms([view])
        if format == "json":
            return _whole(form.model_dump_json().encode(), name, format, response)
        edition = desk.edition_of(view.edition_id)
        return _whole(await asyncio.to_thread(form_book, form, edition), name, format, response)

    @router.get(
        "/exports/agencies",
        name="export_agencies",
        response_class=Response,
        responses=FILE,
        dependencies=[doors.lists("list_agencies")],
    )
    async def export_agencies(
        response: Response,
        region: Code | None = None,
        below: Code | None = None,
        kind: AgencyKind | None = None,
        format: SheetFormat = "xlsx",
    ) -> Response:
        asked = {"region_id": region, "path": below, "kind": kind}
        where = {name: value for name, value in asked.items() if value is not None}
        found = await primed(agencies.pages(agency_view, where))
        name = "perangkat-daerah"
        match format:
            case "json":
                return _streamed(agencies.as_json(found), name, format, response)
            case "csv":
                return _streamed(agencies.as_csv(found), name, format, response)
            case "xlsx":
                return _whole(await agencies.as_workbook(found), name, format, response)

    return router


async def _editions(desk: Desk, filters: Filters) -> tuple[dict[str, Edition], bool]:
    """Those that innovations of the filter may have, and whether all of it is training."""
    if filters.season_id is None:
        found = {each: desk.edition_of(each) for each in available()}
        # A season needs an instrument with rows; nothing was ever written by the others.
        whole = {name: edition for name, edition in found.items() if not lacking(edition)}
        return whole, filters.training is True
    season = await desk.season(filters.season_id)
    return {season.edition_id: desk.edition_of(season.edition_id)}, season.training


async def _only(view: InnovationView) -> AsyncIterator[tuple[InnovationView, ...]]:
    yield (view,)


def _name(what: str, season_id: str | None, training: bool) -> str:
    parts = (TRAINING if training else "", what, season_id or "")
    return "-".join(part for part in parts if part)


def _streamed(
    body: AsyncIterator[bytes], name: str, format: str, shown: Response
) -> StreamingResponse:
    return StreamingResponse(body, headers=_headers(name, format, shown))


def _whole(content: bytes, name: str, format: str, shown: Response) -> Response:
    return Response(content, headers=_headers(name, format, shown))


def _headers(name: str, format: str, shown: Response) -> dict[str, str]:
    """Those of the file, and those that the doors have set."""
    told = {key: value for key, value in shown.headers.items() if key.startswith(("inda-", "etag"))}
    return {
        **told,
        "Content-Type": MEDIA_TYPES[format],
        "Content-Disposition": disposition(f"{name}.{format}"),
    }


__all__ = ["Shown", "routes"]
