"""Timelines over HTTP."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import APIRouter

from services.audit.timeline import TimelineEntry, subject_of, timeline
from shared.errors import NotFound
from shared.events.base import Key, Recorded
from shared.http import Answer, Doors


class Timeline(Answer):
    """`items` are all facts of one aggregate, oldest first."""

    subject: str
    items: tuple[TimelineEntry, ...]


def routes(
    doors: Doors, facts_of: Callable[[str], Awaitable[Sequence[Recorded[Any]]]]
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

    return router
