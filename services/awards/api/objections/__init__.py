"""Objections over HTTP: the window, filing, and the decision."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from services.awards.api.files import DocumentLink, Files
from services.awards.api.objections.rows import (
    Objectionable,
    ObjectionShown,
    objectionable,
    row_of,
    shown_with_row,
)
from services.awards.api.reading import (
    Competitions,
    ScoredOf,
    Text,
    competition_shown,
    dispute_of,
    entry_in,
    not_found,
    objection_in,
    thing_of,
)
from services.awards.domain.competition import (
    DecideObjection,
    FileObjection,
    OpenObjectionWindow,
)
from services.awards.domain.entries import granted_level
from services.awards.projections import CompetitionView
from services.awards.projections.parts import ObjectionView
from shared.events.base import Code, Digest, Indicator, Key, Level
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access, Thing
from shared.views import Collection


@dataclass(frozen=True, slots=True)
class Known:
    """What routes ask beside the competition: views, scorecards, files, time."""

    view: Collection
    scored: ScoredOf
    files: Files
    now: Callable[[], datetime]


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

    items: tuple[ObjectionShown, ...]


def routes(doors: Doors, competitions: Competitions, known: Known) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["objections"])

    async def level_now(innovation: str, indicator: str) -> int:
        scorecard = await known.scored(innovation)
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
        shown = await competition_shown(known.view, competition_id, response)
        seen = [
            shown_with_row(each, await known.scored(each.innovation_id))
            for each in shown.objections
            if access.may(_dispute(shown, each))
        ]
        return ObjectionList(items=tuple(seen))

    @router.get("/objectionable", name="list_objectionable")
    async def list_objectionable(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("file_objection")],
    ) -> Objectionable:
        """The verdicts on your own entries that you may still object to."""
        shown = await competition_shown(known.view, competition_id, response)
        own = [each.entry for each in shown.entries if access.may(thing_of(each.entry))]
        scorecards = [await known.scored(each.innovation_id) for each in own]
        found = [each for each in scorecards if each is not None]
        return objectionable(shown, found, known.now())

    @router.get("/objections/{objection_id}/documents/{sha256}", name="read_objection_document")
    async def read_objection_document(
        competition_id: Code,
        objection_id: Key,
        sha256: Digest,
        response: Response,
        access: Annotated[Access, doors.reads("read_objection_document")],
    ) -> DocumentLink:
        """A document of the row that the objection is about, and of no other."""
        shown = await competition_shown(known.view, competition_id, response)
        objection = next((e for e in shown.objections if e.objection_id == objection_id), None)
        if objection is None:
            raise not_found()
        access.require(_dispute(shown, objection))
        row = row_of(await known.scored(objection.innovation_id), objection.indicator)
        if row is None or sha256 not in row.evidence:
            raise not_found()
        response.headers["Cache-Control"] = "no-store"
        name = f"{objection.indicator}-{sha256[:8]}"
        return await known.files.link(access, sha256, objection.innovation_id, name)

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


def _dispute(view: CompetitionView, objection: ObjectionView) -> Thing:
    entry = next(e.entry for e in view.entries if e.entry.innovation_id == objection.innovation_id)
    return dispute_of(entry, objection.filed.by)
