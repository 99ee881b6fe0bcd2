"""Asking the agency for a revision: one message with all points and a date."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter

from services.verification.api.reviews.bodies import RevisionRequest
from services.verification.api.reviews.desk import Desk
from services.verification.domain.commands import RequestRevision
from shared.events.base import Key
from shared.http import Ask, Doors, Written


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])
    terms = desk.terms

    @router.post("/revision-requests", name="request_revision", status_code=201)
    async def request_revision(
        dossier_id: Key,
        body: RevisionRequest,
        ask: Annotated[Ask, doors.writes("request_revision")],
    ) -> Written:
        """Back to the agency, which may change what is named here until `due`."""
        command = RequestRevision(
            **await desk.who(ask),
            token=body.token,
            items=tuple(each.item() for each in body.items),
            message=body.message,
            due=body.due or ask.at + timedelta(days=terms.revision_days),
            max_revisions=terms.max_revisions,
            fields=body.fields,
        )
        return ask.written(await desk.send(ask, dossier_id, command, body))

    return router
