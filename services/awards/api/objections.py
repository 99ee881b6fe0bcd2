"""Objections over HTTP: the window, filing, and the decision."""

from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from services.awards.api.reading import (
    Competitions,
    ScoredOf,
    Text,
    competition_shown,
    dispute_of,
    entry_in,
    objection_in,
    thing_of,
)
from services.awards.domain.competition import (
    DecideObjection,
    FileObjection,
    OpenObjectionWindow,
)
from services.awards.domain.entries import granted_level
from services.awards.projections.parts import ObjectionView
from shared.events.awards import Entry
from shared.events.base import Code, Indicator, Key, Level
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access
from shared.views import Collection


class WindowRequest(Body):
    version: Annotated[int, Field(ge=1)]


class ObjectionRequest(Body):
    innovation_id: Key
    indicator: Indicator
    level_sought: Level
    reason: Text


class DecisionRequest(Body):
    """`level` is what a granted objection raises the indicator to; the level sought if left out."""

    granted: bool
    level: Level | None = None
    reason: Text


class ObjectionWritten(Written):
    objection_id: str


class ObjectionList(Answer):
    """The objections that you may see, in the order in which they were filed."""

    items: tuple[ObjectionView, ...]


def routes(
    doors: Doors, competitions: Competitions, view: Collection, scored: ScoredOf
) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["objections"])

    async def level_now(innovation: str, indicator: str) -> int:
        scorecard = await scored(innovation)
        return 0 if scorecard is None else granted_level(scorecard, indicator)

    @router.post("/objection-window", name="open_objection_window")
    async def open_objection_window(
        competition_id: Code,
        body: WindowRequest,
        ask: Annotated[Ask, doors.writes("open_objection_window")],
    ) -> Written:
        command = OpenObjectionWindow(by=ask.by, at=ask.at, version=body.version)
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.post("/objections", name="file_objection", status_code=201)
    async def file_objection(
        competition_id: Code,
        body: ObjectionRequest,
        ask: Annotated[Ask, doors.writes("file_objection")],
    ) -> ObjectionWritten:
        ask.require(thing_of(await entry_in(competitions, competition_id, body.innovation_id)))
        command = FileObjection(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            objection_id=ask.new_id("objection"),
            innovation_id=body.innovation_id,
            indicator=body.indicator,
            granted_level=await level_now(body.innovation_id, body.indicator),
            level_sought=body.level_sought,
            reason=body.reason,
        )
        written = ask.written(await ask.send(competitions, competition_id, command))
        return ObjectionWritten(**written.model_dump(), objection_id=command.objection_id)

    @router.get("/objections", name="list_objections")
    async def list_objections(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("list_objections")],
    ) -> ObjectionList:
        shown = await competition_shown(view, competition_id, response)
        entries = {each.entry.innovation_id: each.entry for each in shown.entries}
        return ObjectionList(items=_visible(shown.objections, entries, access))

    @router.post("/objections/{objection_id}/decision", name="decide_objection")
    async def decide_objection(
        competition_id: Code,
        objection_id: Key,
        body: DecisionRequest,
        ask: Annotated[Ask, doors.writes("decide_objection", if_match=True)],
    ) -> Written:
        objection, entry = await objection_in(competitions, competition_id, objection_id)
        filed = objection.filed
        ask.require(dispute_of(entry, filed.by))
        command = DecideObjection(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            objection_id=objection_id,
            granted=body.granted,
            granted_level=await level_now(filed.innovation_id, filed.indicator),
            level=filed.level_sought if body.level is None else body.level,
            reason=body.reason,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    return router


def _visible(
    objections: tuple[ObjectionView, ...], entries: Mapping[str, Entry], access: Access
) -> tuple[ObjectionView, ...]:
    return tuple(
        each
        for each in objections
        if access.may(dispute_of(entries[each.innovation_id], each.filed.by))
    )
