"""The register of what may be taken up, and the statements that both sides read."""

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from services.submission.api.desk import Desk
from services.submission.api.reach import seen_by
from services.submission.api.replications.bodies import Register, RegisterEntry, ReplicationList
from services.submission.projections.innovations import title_key
from services.submission.projections.replications import ReplicationView
from shared.errors import NotFound
from shared.events.base import Code, Key
from shared.http import Doors, show_version
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection, Document, Group, Order

BY_TITLE = Order("title_key")
NEWEST_FIRST = Order("stated_at", descending=True)
TEXT_HELP = "The beginnings of words of the title."
Cursor = Annotated[str | None, Query(max_length=1000)]
Limit = Annotated[int, Query(ge=1, le=200)]


def add(
    router: APIRouter,
    doors: Doors,
    desk: Desk,
    view: Collection,
    innovation_view: Collection,
    agency_view: Collection,
) -> None:
    @router.get("/register", name="list_register", dependencies=[doors.lists("list_register")])
    async def list_register(
        text: Annotated[str, Query(max_length=100, description=TEXT_HELP)] = "",
        affair: Annotated[str | None, Query(min_length=1, max_length=60)] = None,
        region: Code | None = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> Register:
        where: dict[str, Any] = {"state": "verified", "training": False, **titled(text)}
        if affair is not None:
            where["profile.main_affair"] = affair
        if region is not None:
            where["region_id"] = region
        page = await innovation_view.page(where, order=BY_TITLE, cursor=cursor, limit=limit)
        names = await agency_view.get_many([each["agency_id"] for each in page.items])
        taken = await _taken_up(view, [each["innovation_id"] for each in page.items])
        items = tuple(_entry(each, names, taken) for each in page.items)
        return Register(items=items, next_cursor=page.next_cursor)

    @router.get("/replications", name="list_replications")
    async def list_replications(
        access: Annotated[Access, doors.lists("list_replications")],
        innovation_id: Key | None = None,
        agency_id: Code | None = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> ReplicationList:
        asked = {"innovation_id": innovation_id, "agency_id": agency_id}
        where = {name: value for name, value in asked.items() if value is not None}
        where |= await _either_side(access, agency_view)
        page = await view.page(where, order=NEWEST_FIRST, cursor=cursor, limit=limit)
        items = tuple(ReplicationView.model_validate(bare(each)) for each in page.items)
        return ReplicationList(items=items, next_cursor=page.next_cursor)

    @router.get("/replications/{replication_id}", name="read_replication")
    async def read_replication(
        replication_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_replication")],
    ) -> ReplicationView:
        found = await view.get(replication_id)
        if found is None:
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        shown = ReplicationView.model_validate(bare(found))
        try:
            await desk.require(access, shown.agency_path)
        except NotFound:
            await desk.require(access, shown.original_agency_path)
        show_version(response, found["version"], found["sequence"])
        return shown


def titled(text: str) -> dict[str, Any]:
    """A query for titles with a word that begins like each word of the text."""
    words = title_key(text).split()
    return {"$and": [{"title_key": {"$regex": f"(^| ){word}"}} for word in words]} if words else {}


async def _either_side(access: Access, agency_view: Collection) -> dict[str, Any]:
    """What this person may see: statements by their agencies and about their innovations."""
    mine = await seen_by(access, agency_view)
    if not mine:
        return {}
    return {"$or": [mine, {"original_agency_path": mine["agency_path"]}]}


async def _taken_up(view: Collection, innovation_ids: Sequence[str]) -> dict[str, Group]:
    where = {"innovation_id": {"$in": list(innovation_ids)}, "is_standing": True}
    groups = await view.grouped(where, ("innovation_id",), distinct="region_id")
    return {group.values[0]: group for group in groups}


def _entry(
    innovation: Document, names: dict[str, Document], taken: dict[str, Group]
) -> RegisterEntry:
    profile = innovation["profile"]
    found = taken.get(innovation["innovation_id"])
    return RegisterEntry(
        innovation_id=innovation["innovation_id"],
        title=innovation["title"],
        season_id=innovation["season_id"],
        agency_id=innovation["agency_id"],
        agency_name=names.get(innovation["agency_id"], {}).get("name", ""),
        region_id=innovation["region_id"],
        affair=profile["main_affair"],
        kind=profile["kind"],
        purpose=profile["purpose"],
        benefit=profile["benefit"],
        replications=0 if found is None else found.count,
        regions=0 if found is None else found.distinct,
    )
