"""Agencies as they are looked for: by name, in their region, in the tree."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from services.submission.api.agencies.bodies import AgencyList, AgencyTree, Branch
from services.submission.projections.agencies import AgencyView, words_of
from shared.errors import NotFound
from shared.events.base import Code
from shared.events.submission import AgencyKind
from shared.http import Doors, show_version
from shared.projector import bare
from shared.views import Collection, Document, Order

BY_NAME = Order("name_key")
TEXT_HELP = "The beginnings of words in the name or short name, such as `din kes`."


def named(text: str) -> dict[str, Any]:
    """A query for agencies with a word that begins like each word of the text."""
    words = words_of(text)
    return {"$and": [{"words": {"$regex": f"^{word}"}} for word in words]} if words else {}


def add(router: APIRouter, doors: Doors, view: Collection) -> None:
    @router.get("", name="list_agencies", dependencies=[doors.lists("list_agencies")])
    async def list_agencies(
        text: Annotated[str, Query(max_length=100, description=TEXT_HELP)] = "",
        region: Code | None = None,
        below: Code | None = None,
        kind: AgencyKind | None = None,
        open_only: bool = False,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> AgencyList:
        asked = {"region_id": region, "path": below, "kind": kind}
        where = {name: value for name, value in asked.items() if value is not None} | named(text)
        if open_only:
            where["is_closed"] = False
        page = await view.page(where, order=BY_NAME, cursor=cursor, limit=limit)
        items = tuple(AgencyView.model_validate(bare(each)) for each in page.items)
        return AgencyList(items=items, next_cursor=page.next_cursor)

    async def found(agency_id: str, response: Response) -> Document:
        document = await view.get(agency_id)
        if document is None:
            raise NotFound("agency_unknown", "There is no such agency.")
        show_version(response, document["version"], document["sequence"])
        return document

    @router.get("/{agency_id}", name="read_agency", dependencies=[doors.reads("read_agency")])
    async def read_agency(agency_id: Code, response: Response) -> AgencyView:
        return AgencyView.model_validate(bare(await found(agency_id, response)))

    @router.get(
        "/{agency_id}/tree", name="read_agency_tree", dependencies=[doors.reads("read_agency")]
    )
    async def read_agency_tree(
        agency_id: Code,
        response: Response,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> AgencyTree:
        document = await found(agency_id, response)
        where = {"parent_id": agency_id}
        page = await view.page(where, order=BY_NAME, cursor=cursor, limit=limit)
        below = await _open_children(view, (agency_id, *(each["_id"] for each in page.items)))
        return AgencyTree(
            agency=_branch(document, below),
            children=tuple(_branch(each, below) for each in page.items),
            next_cursor=page.next_cursor,
        )


async def _open_children(view: Collection, parents: tuple[str, ...]) -> dict[str, int]:
    where = {"parent_id": {"$in": list(parents)}, "is_closed": False}
    groups = await view.grouped(where, ("parent_id",))
    return {group.values[0]: group.count for group in groups}


def _branch(document: Document, below: Mapping[str, int]) -> Branch:
    return Branch(
        agency_id=document["agency_id"],
        name=document["name"],
        short_name=document["short_name"],
        kind=document["kind"],
        is_closed=document["is_closed"],
        open_children=below.get(document["agency_id"], 0),
    )
