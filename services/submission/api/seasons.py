"""Seasons over HTTP."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from services.submission.domain.season import (
    CloseSeason,
    Command,
    ExtendDeadline,
    OpenSeason,
    State,
)
from services.submission.projections.seasons import SeasonView
from shared.editions import Edition
from shared.errors import NotFound
from shared.events.base import Code, Utc
from shared.events.submission import SeasonEvent
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.projector import bare
from shared.views import Collection

Seasons = Handler[Command, State, SeasonEvent]
Text = Annotated[str, Field(min_length=1, max_length=500)]


class OpenSeasonRequest(Body):
    """`edition` is the id of an instrument, such as `2026-r1` or `2026` for its newest revision."""

    season_id: Code
    name: Text
    edition: Annotated[str, Field(max_length=32)]
    opens_at: Utc
    deadline: Utc
    revision_days: Annotated[int, Field(ge=1, le=90)] = 7
    training: bool = False


class ExtendDeadlineRequest(Body):
    deadline: Utc
    reason: Text


class SeasonList(Answer):
    items: tuple[SeasonView, ...]


def routes(
    doors: Doors, seasons: Seasons, view: Collection, edition_of: Callable[[str], Edition]
) -> APIRouter:
    router = APIRouter(prefix="/seasons", tags=["seasons"])

    @router.post("", name="open_season", status_code=201)
    async def open_season(
        body: OpenSeasonRequest, ask: Annotated[Ask, doors.writes("open_season")]
    ) -> Written:
        edition = edition_of(body.edition)
        command = OpenSeason(
            by=ask.by,
            at=ask.at,
            season_id=body.season_id,
            name=body.name,
            assessment_year=edition.year,
            edition_id=edition.id,
            edition_digest=edition.digest,
            opens_at=body.opens_at,
            deadline=body.deadline,
            revision_days=body.revision_days,
            training=body.training,
        )
        return ask.written(await ask.send(seasons, body.season_id, command, new=True))

    @router.post("/{season_id}/extensions", name="extend_deadline")
    async def extend_deadline(
        season_id: Code,
        body: ExtendDeadlineRequest,
        ask: Annotated[Ask, doors.writes("extend_deadline")],
    ) -> Written:
        command = ExtendDeadline(ask.by, ask.at, body.deadline, body.reason)
        return ask.written(await ask.send(seasons, season_id, command))

    @router.post("/{season_id}/closing", name="close_season")
    async def close_season(
        season_id: Code, ask: Annotated[Ask, doors.writes("close_season")]
    ) -> Written:
        return ask.written(await ask.send(seasons, season_id, CloseSeason(ask.by, ask.at)))

    @router.get("", name="list_seasons", dependencies=[doors.lists("list_seasons")])
    async def list_seasons() -> SeasonList:
        found = await view.all()
        return SeasonList(items=tuple(SeasonView.model_validate(bare(each)) for each in found))

    @router.get("/{season_id}", name="read_season", dependencies=[doors.reads("read_season")])
    async def read_season(season_id: Code, response: Response) -> SeasonView:
        found = await view.get(season_id)
        if found is None:
            raise NotFound("season_unknown", "There is no such season.")
        show_version(response, found["version"], found["sequence"])
        return SeasonView.model_validate(bare(found))

    return router
