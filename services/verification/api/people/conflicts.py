"""Conflicts of interest that no tree knows: declared and ended by the person alone."""

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from services.verification.api.people.ties import Verifiers
from services.verification.domain.verifier import DeclareConflict, EndConflict
from shared.errors import NotFound
from shared.events.base import Code, PersonId
from shared.events.verification import verifier_key
from shared.http import Ask, Body, Doors, Written
from shared.views import Collection

Person = Annotated[PersonId, Path()]
Reason = Annotated[str, Field(min_length=1, max_length=4000)]


class ConflictRequest(Body):
    """With the agency the person is tied to all below it."""

    agency_id: Code
    reason: Reason


class EndRequest(Body):
    reason: Reason


def routes(doors: Doors, verifiers: Verifiers, agencies: Collection) -> APIRouter:
    """`agencies` are the documents of all agencies that were ever registered."""
    router = APIRouter(prefix="/verifiers/{verifier_id}/conflicts", tags=["verifiers"])

    @router.post("", name="declare_conflict", status_code=201)
    async def declare_conflict(
        verifier_id: Person,
        body: ConflictRequest,
        ask: Annotated[Ask, doors.writes("declare_conflict")],
    ) -> Written:
        """From now on the person sees nothing of this agency or of one below it."""
        _require_self(ask, verifier_id)
        if await agencies.get(body.agency_id) is None:
            # A slip in the code would leave the person tied to nobody, and sure to be.
            raise NotFound("agency_unknown", "There is no such agency.", agency=body.agency_id)
        command = DeclareConflict(
            by=ask.by, at=ask.at, agency_id=body.agency_id, reason=body.reason
        )
        return ask.written(await ask.send(verifiers, verifier_key(verifier_id), command))

    @router.post("/{agency_id}/end", name="declare_conflict")
    async def end_conflict(
        verifier_id: Person,
        agency_id: Code,
        body: EndRequest,
        ask: Annotated[Ask, doors.writes("declare_conflict")],
    ) -> Written:
        """The tie is no more; the history keeps that it was, and why it ended."""
        _require_self(ask, verifier_id)
        command = EndConflict(by=ask.by, at=ask.at, agency_id=agency_id, reason=body.reason)
        return ask.written(await ask.send(verifiers, verifier_key(verifier_id), command))

    return router


def _require_self(ask: Ask, verifier_id: str) -> None:
    if ask.by != verifier_id:
        raise NotFound("verifier_unknown", "A conflict is declared by the person alone.")
