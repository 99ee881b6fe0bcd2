"""Timelines over HTTP: of one aggregate, and of one innovation through all services."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Response

from services.audit.api.events import Cursor, EventList, Limit, Order, listed
from services.audit.searching import Index, everything
from services.audit.timeline import TimelineEntry, subject_of, timeline
from shared.errors import NotFound
from shared.events.base import Key, Recorded
from shared.http import Answer, Doors


class Timeline(Answer):
    """`items` are all facts of one aggregate, oldest first."""

    subject: str
    items: tuple[TimelineEntry, ...]


def routes(
    doors: Doors, facts_of: Callable[[str], Awaitable[Sequence[Recorded[Any]]]], index: Index
) -> APIRouter:
    """`facts_of` a subject answers them in order."""
    router = APIRouter(prefix="/timeline", tags=["timeline"])

    @router.get(
        "/{service}/{aggregate}/{key}",
        name="read_timeline",
        dependencies=[doors.reads("read_timeline")],
    )
    async def read_timeline(service: str, aggregate: str, key: Key) -> Timeline:
        subject = subject_of(service, aggregate, key)
        found = await facts_of(subject)
        if not found:
            raise NotFound(
                "aggregate_unknown", f"There are no facts of {service} {aggregate} {key}."
            )
        return Timeline(subject=subject, items=timeline(found))

    @router.get(
        "/innovation/{innovation_id}",
        name="read_innovation_timeline",
        dependencies=[doors.reads("read_timeline")],
    )
    async def read_innovation_timeline(
        innovation_id: Key,
        response: Response,
        order: Order = "asc",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> EventList:
        """Its own facts, its dossier and scores, and what panels, competitions and funds said of
        it, in one order.
        """
        asked = await everything(index, "innovation", innovation_id)
        asked = replace(asked, is_newest_first=order == "desc")
        found = await index.page(asked, cursor, limit)
        if not found.items and cursor is None:
            raise NotFound("innovation_unknown", f"There are no facts of {innovation_id}.")
        return listed(found, response)

    return router
