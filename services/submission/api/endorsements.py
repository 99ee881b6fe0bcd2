"""The head of the agency stands by an innovation, over HTTP."""

from typing import Annotated

from fastapi import APIRouter

from services.submission.api.bodies import EndorseRequest
from services.submission.api.desk import Desk, InnovationWritten
from services.submission.domain.commands import Endorse
from shared.events.base import Key
from shared.http import Ask, Doors


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/endorsements", tags=["innovations"])

    @router.post("", name="endorse_innovation")
    async def endorse_innovation(
        innovation_id: Key,
        body: EndorseRequest,
        ask: Annotated[Ask, doors.writes("endorse_innovation")],
    ) -> InnovationWritten:
        drafted = (await desk.content(ask, innovation_id)).drafted
        command = Endorse(
            by=ask.by,
            at=ask.at,
            content_digest=body.content_digest,
            capacity=body.capacity,
            appointment=None if body.appointment is None else body.appointment.letter(),
        )
        outcome = await ask.send(desk.innovations, innovation_id, command)
        return await desk.written(ask, outcome, drafted)

    return router
