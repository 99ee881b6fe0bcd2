"""What a verifier finds: the five criteria, and level by level what is proven."""

from typing import Annotated

from fastapi import APIRouter

from services.verification.api.reviews.bodies import AdmissibilityRequest, VerdictRequest
from services.verification.api.reviews.desk import Desk
from services.verification.domain.commands import DecideAdmissibility, DecideIndicator
from shared.events.base import Indicator, Key
from shared.http import Ask, Doors, Written


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])
    lease_seconds = desk.terms.lease_seconds

    @router.put("/admissibility", name="decide_admissibility")
    async def decide_admissibility(
        dossier_id: Key,
        body: AdmissibilityRequest,
        ask: Annotated[Ask, doors.writes("decide_admissibility", if_match=True)],
    ) -> Written:
        """Whether it is an innovation at all: comes before every verdict."""
        command = DecideAdmissibility(
            **await desk.who(ask),
            token=body.token,
            lease_seconds=lease_seconds,
            findings=tuple(each.finding() for each in body.findings),
        )
        return ask.written(await desk.send(ask, dossier_id, command, body))

    @router.put("/verdicts/{indicator}", name="decide_indicator")
    async def decide_indicator(
        dossier_id: Key,
        indicator: Indicator,
        body: VerdictRequest,
        ask: Annotated[Ask, doors.writes("decide_indicator", if_match=True)],
    ) -> Written:
        """Which level is proven, on exactly the evidence that is shown for it."""
        command = DecideIndicator(
            **await desk.who(ask),
            token=body.token,
            lease_seconds=lease_seconds,
            verdict=body.granting(indicator),
        )
        return ask.written(await desk.send(ask, dossier_id, command, body, indicator))

    return router
