"""Replays over HTTP: start one, follow it, read what it found."""

from typing import Annotated, Protocol

from fastapi import APIRouter, Header
from pydantic import Field

from services.audit.outcome import ReplayTold
from shared.errors import NotFound
from shared.events.base import Key
from shared.http import Answer, Ask, Body, Doors


class ReplayRequest(Body):
    """`until` ends it at a sequence; `compare` holds what the services serve against it.

    `explain` names a thing whose number is to be explained: an allocation, `fund/ID`,
    `COMPETITION/INNOVATION`, an innovation, `scorecard/ID`, `region/SEASON/REGION`, a document.
    """

    until: Annotated[int, Field(ge=1, lt=10**15)] | None = None
    compare: bool = True
    explain: Annotated[str, Field(min_length=1, max_length=300)] | None = None


class ReplayList(Answer):
    items: tuple[ReplayTold, ...]
    next_cursor: str | None


class Replays(Protocol):
    """What runs replays and remembers them."""

    async def start(self, asked: ReplayTold, authorization: str) -> ReplayTold: ...
    async def told(self, replay_id: str) -> ReplayTold | None: ...
    async def newest(self, cursor: str | None) -> tuple[tuple[ReplayTold, ...], str | None]: ...


def routes(doors: Doors, replays: Replays) -> APIRouter:
    router = APIRouter(prefix="/replays", tags=["replays"])
    _starting(router, doors, replays)
    _reading(router, doors, replays)
    return router


def _starting(router: APIRouter, doors: Doors, replays: Replays) -> None:
    @router.post("", name="start_replay", status_code=202)
    async def start_replay(
        body: ReplayRequest,
        ask: Annotated[Ask, doors.writes("start_replay")],
        authorization: Annotated[str, Header(include_in_schema=False)] = "",
    ) -> ReplayTold:
        """It runs in the background, and asks the services with the auditor's own token."""
        asked = ReplayTold(
            replay_id=ask.new_id("replay"),
            state="running",
            asked_by=ask.by,
            asked_at=ask.at,
            changed_at=ask.at,
            until=body.until,
            compare=body.compare,
            explain=body.explain,
        )
        return asked if ask.dry_run else await replays.start(asked, authorization)


def _reading(router: APIRouter, doors: Doors, replays: Replays) -> None:
    @router.get("", name="list_replays", dependencies=[doors.reads("list_replays")])
    async def list_replays(cursor: str | None = None) -> ReplayList:
        items, next_cursor = await replays.newest(cursor)
        return ReplayList(items=items, next_cursor=next_cursor)

    @router.get("/{replay_id}", name="read_replay", dependencies=[doors.reads("read_replay")])
    async def read_replay(replay_id: Key) -> ReplayTold:
        found = await replays.told(replay_id)
        if found is None:
            raise NotFound("replay_unknown", "There is no such replay.", replay_id=replay_id)
        return found
