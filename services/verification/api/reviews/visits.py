"""What people do beside deciding: look on the spot, and step aside."""

from typing import Annotated

from fastapi import APIRouter

from services.verification.api.reviews.bodies import RecusalRequest, VisitRequest
from services.verification.api.reviews.desk import Desk
from services.verification.domain.commands import RecordVisit, Recuse
from shared.events.base import Key
from shared.http import Ask, Doors, Written


class VisitRecorded(Written):
    visit_id: str


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])

    @router.post("/visits", name="record_visit", status_code=201)
    async def record_visit(
        dossier_id: Key, body: VisitRequest, ask: Annotated[Ask, doors.writes("record_visit")]
    ) -> VisitRecorded:
        """Binds no verdict; whoever decides sees it."""
        command = RecordVisit(
            **await desk.who(ask),
            visit_id=ask.new_id("visit"),
            visited_on=body.visited_on,
            participants=body.participants,
            findings=tuple(each.finding() for each in body.findings),
            note=body.note,
        )
        outcome = await desk.send(ask, dossier_id, command, body)
        return VisitRecorded(**ask.written(outcome).model_dump(), visit_id=command.visit_id)

    @router.post("/recusals", name="recuse", status_code=201)
    async def recuse(
        dossier_id: Key, body: RecusalRequest, ask: Annotated[Ask, doors.writes("recuse")]
    ) -> Written:
        """Step aside: from now on the person does not see the dossier."""
        command = Recuse(**await desk.who(ask), reason=body.reason)
        return ask.written(await desk.send(ask, dossier_id, command, body))

    return router
