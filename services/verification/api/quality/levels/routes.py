"""Service levels over HTTP, and as a table to take along."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query, Response

from services.verification.api.quality.levels.measuring import Levels, measured
from services.verification.api.quality.levels.seen import FIELDS, Seen
from services.verification.api.quality.levels.tables import tables_of
from shared.documents.names import disposition
from shared.events.base import Code
from shared.http import Doors
from shared.papers import as_csv, as_workbook
from shared.views import Collection

Format = Literal["csv", "xlsx"]
MEDIA_TYPES: Final[dict[Format, str]] = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
FILE: Final[dict[int | str, dict[str, Any]]] = {
    200: {"content": {media.split(";")[0]: {} for media in MEDIA_TYPES.values()}}
}
Days = Annotated[int, Query(ge=1, le=366, description="How many days up to today are counted.")]


def routes(
    doors: Doors, view: Collection, review_days: int, now: Callable[[], datetime]
) -> APIRouter:
    """Every dossier of a season is read through a few of its fields: it is asked for seldom."""
    router = APIRouter(prefix="/service-levels", tags=["quality"])

    async def levels(season_id: str, region_id: str | None, days: int) -> Levels:
        where = {"season_id": season_id, "round": {"$gt": 0}}
        chosen = where if region_id is None else {**where, "region_id": region_id}
        found = await view.all(chosen, only=("dossier_id", *FIELDS))
        seen = [Seen.model_validate(each) for each in found]
        return await asyncio.to_thread(measured, seen, at=now(), review_days=review_days, days=days)

    @router.get("", name="read_service_levels", dependencies=[doors.lists("read_service_levels")])
    async def read_service_levels(
        season_id: Code, region_id: Code | None = None, days: Days = 30
    ) -> Levels:
        """How long dossiers wait and reviews take, and how many are late."""
        return await levels(season_id, region_id, days)

    @router.get(
        "/export",
        name="export_service_levels",
        dependencies=[doors.lists("read_service_levels")],
        response_class=Response,
        responses=FILE,
    )
    async def export_service_levels(
        season_id: Code,
        region_id: Code | None = None,
        days: Days = 30,
        format: Annotated[Format, Query()] = "xlsx",
    ) -> Response:
        """The same as a table to take along."""
        tables = tables_of(await levels(season_id, region_id, days))
        written = await asyncio.to_thread(as_csv if format == "csv" else as_workbook, tables)
        name = f"tingkat-layanan-{season_id}.{format}"
        return Response(
            written,
            media_type=MEDIA_TYPES[format],
            headers={"Content-Disposition": disposition(name)},
        )

    return router
