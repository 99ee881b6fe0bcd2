"""The index of regions over HTTP, and the government aspect that the innovation office enters."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.scoring.domain.region import (
    Command,
    RecordGovernmentAspect,
    Region,
    region_key,
)
from services.scoring.projections.region import RegionView
from shared.editions import Edition
from shared.errors import NotFound
from shared.events.base import Code, GovernmentIndicator, Level
from shared.events.scoring import GovernmentRow, RegionEvent
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.projector import bare
from shared.views import Collection

Regions = Handler[Command, Region, RegionEvent]


class GovernmentRowBody(Body):
    """`source` names the document that the level comes from."""

    indicator: GovernmentIndicator
    level: Level
    source: Annotated[str, Field(min_length=1, max_length=500)]


class GovernmentAspectRequest(Body):
    """All rows at once; one left out is at level 0. `edition` is the season's instrument."""

    edition: Annotated[str, Field(max_length=32)]
    rows: Annotated[tuple[GovernmentRowBody, ...], Field(max_length=60)]


class RegionList(Answer):
    items: tuple[RegionView, ...]
    next_cursor: str | None


def routes(
    doors: Doors, regions: Regions, view: Collection, edition_of: Callable[[str], Edition]
) -> APIRouter:
    router = APIRouter(prefix="/regions", tags=["regions"])

    @router.put("/{season_id}/{region_id}/government-aspect", name="record_government_aspect")
    async def record_government_aspect(
        season_id: Code,
        region_id: Code,
        body: GovernmentAspectRequest,
        ask: Annotated[Ask, doors.writes("record_government_aspect")],
    ) -> Written:
        """`If-Match` may be left out only while nothing is recorded."""
        command = RecordGovernmentAspect(
            by=ask.by,
            at=ask.at,
            edition=edition_of(body.edition),
            season_id=season_id,
            region_id=region_id,
            rows=tuple(GovernmentRow.model_validate(row.model_dump()) for row in body.rows),
            replaces=ask.cause.expected_version is not None,
        )
        return ask.written(await ask.send(regions, region_key(season_id, region_id), command))

    @router.get("", name="list_regions", dependencies=[doors.lists("list_regions")])
    async def list_regions(
        season_id: Code | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
    ) -> RegionList:
        where = {} if season_id is None else {"season_id": season_id}
        page = await view.page(where, cursor=cursor, limit=limit)
        items = tuple(RegionView.model_validate(bare(each)) for each in page.items)
        return RegionList(items=items, next_cursor=page.next_cursor)

    @router.get(
        "/{season_id}/{region_id}", name="read_region", dependencies=[doors.reads("read_region")]
    )
    async def read_region(season_id: Code, region_id: Code, response: Response) -> RegionView:
        found = await view.get(region_key(season_id, region_id))
        if found is None:
            raise NotFound("region_unknown", "Nothing was scored in this region and season.")
        show_version(response, found["version"], found["sequence"])
        return RegionView.model_validate(bare(found))

    return router
