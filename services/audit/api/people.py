"""People over HTTP: what a person did, and where others named them. By id: no names are here."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from services.audit.api.events import Cursor, EventList, Limit, Order, listed
from services.audit.searching import Asked, Index
from shared.events.base import PersonId
from shared.http import Doors

NAMED_HELP = "What was said about the person, such as a seat or a hand-over, not what they did."


def routes(doors: Doors, index: Index) -> APIRouter:
    router = APIRouter(prefix="/people", tags=["people"])

    @router.get(
        "/{person_id}/events",
        name="read_person_events",
        dependencies=[doors.reads("read_person_events")],
    )
    async def read_person_events(
        person_id: Annotated[PersonId, Path()],
        response: Response,
        named: Annotated[bool, Query(description=NAMED_HELP)] = False,
        order: Order = "asc",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> EventList:
        newest = order == "desc"
        asked = Asked(by=person_id, is_newest_first=newest)
        if named:
            asked = Asked(about=(f"person:{person_id}",), is_newest_first=newest)
        return listed(await index.page(asked, cursor, limit), response)

    return router
