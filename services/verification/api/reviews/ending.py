"""How a review ends: verified, drawn for a second look, or decided by a third person."""

from typing import Annotated

from fastapi import APIRouter

from services.verification.api.reviews.bodies import ResolutionRequest, VerificationRequest
from services.verification.api.reviews.desk import Desk
from services.verification.domain.commands import ResolveDiscrepancy, VerifyDossier
from shared.events.base import Key
from shared.http import Ask, Doors, Written


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])

    @router.post("/verification", name="verify_dossier")
    async def verify_dossier(
        dossier_id: Key,
        body: VerificationRequest,
        ask: Annotated[Ask, doors.writes("verify_dossier")],
    ) -> Written:
        """Ends a review, or the second look at one."""
        command = VerifyDossier(
            **await desk.who(ask), token=body.token, rule=await desk.rule(dossier_id, ask.at)
        )
        return ask.written(await desk.send(ask, dossier_id, command, body))

    @router.post("/resolution", name="resolve_discrepancy")
    async def resolve_discrepancy(
        dossier_id: Key,
        body: ResolutionRequest,
        ask: Annotated[Ask, doors.writes("resolve_discrepancy", if_match=True)],
    ) -> Written:
        """A third person decides where two differ."""
        command = ResolveDiscrepancy(
            **await desk.who(ask),
            verdicts=tuple(each.granting(each.indicator) for each in body.verdicts),
            findings=tuple(each.finding() for each in body.findings),
            note=body.note,
        )
        return ask.written(await desk.send(ask, dossier_id, command, body))

    return router
