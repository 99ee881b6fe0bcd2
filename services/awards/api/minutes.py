"""The minutes (berita acara) over HTTP: people sign one version of the results."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field

from services.awards.api.reading import Competitions
from services.awards.domain.competition import SignMinutes
from shared.events.base import Code
from shared.http import Ask, Body, Doors, Written


class SignatureRequest(Body):
    """`function` is what you sign as: ketua, sekretaris, anggota."""

    version: Annotated[int, Field(ge=1)]
    function: Annotated[str, Field(min_length=1, max_length=100)]


def routes(doors: Doors, competitions: Competitions) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}/minutes", tags=["results"])

    @router.post("/signatures", name="sign_minutes", status_code=201)
    async def sign_minutes(
        competition_id: Code,
        body: SignatureRequest,
        ask: Annotated[Ask, doors.writes("sign_minutes")],
    ) -> Written:
        command = SignMinutes(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            version=body.version,
            function=body.function,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    return router
