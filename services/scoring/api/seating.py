"""Who sits on a panel, over HTTP: the committee seats and unseats, judges step back."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from services.scoring.api.seated import Panels, panel_for
from services.scoring.domain.panel import Recuse, SeatJudge, UnseatJudge
from shared.errors import Forbidden
from shared.events.base import Key, PersonId
from shared.http import Ask, Body, Doors, Written
from shared.identity import Relation

Reason = Annotated[str, Field(min_length=1, max_length=1000)]


class SeatRequest(Body):
    """`innovations` are the entries that this judge reads; all of the panel's where left out."""

    judge_id: PersonId
    innovations: Annotated[tuple[Key, ...], Field(max_length=500)] = ()
    reason: Reason


class RemovalRequest(Body):
    reason: Reason


class RecusalRequest(Body):
    """`judge_id` is left out by a judge; a committee names whom it records."""

    innovation_id: Key
    reason: Reason
    judge_id: PersonId | None = None


def routes(doors: Doors, panels: Panels) -> APIRouter:
    router = APIRouter(prefix="/panels", tags=["panels"])

    @router.post("/{panel_id}/judges", name="seat_judge", status_code=201)
    async def seat_judge(
        panel_id: Key, body: SeatRequest, ask: Annotated[Ask, doors.writes("seat_judge")]
    ) -> Written:
        """One more judge, where another is recused, left, or never answers."""
        await panel_for(ask, panels, panel_id)
        command = SeatJudge(ask.by, ask.at, body.judge_id, body.innovations, body.reason)
        return ask.written(await ask.send(panels, panel_id, command))

    @router.post("/{panel_id}/judges/{judge_id}/removal", name="unseat_judge", status_code=201)
    async def unseat_judge(
        panel_id: Key,
        judge_id: PersonId,
        body: RemovalRequest,
        ask: Annotated[Ask, doors.writes("unseat_judge")],
    ) -> Written:
        """Nobody waits for the judge any more, and what they sealed counts no more."""
        await panel_for(ask, panels, panel_id)
        command = UnseatJudge(ask.by, ask.at, judge_id, body.reason)
        return ask.written(await ask.send(panels, panel_id, command))

    @router.post("/{panel_id}/recusals", name="recuse_judge", status_code=201)
    async def recuse_judge(
        panel_id: Key, body: RecusalRequest, ask: Annotated[Ask, doors.writes("recuse_judge")]
    ) -> Written:
        """A judge needs to see the entry no more to step back from it."""
        await panel_for(ask, panels, panel_id)
        judge_id = body.judge_id or ask.by
        if judge_id != ask.by and Relation.ANY not in ask.access.relations:
            raise Forbidden("role_not_allowed", "A judge steps back only for themselves.")
        command = Recuse(ask.by, ask.at, judge_id, body.innovation_id, body.reason)
        return ask.written(await ask.send(panels, panel_id, command))

    return router
