"""What verifiers ask for: take a dossier, decide, ask for a revision, verify, step aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated, TypedDict

from fastapi import APIRouter
from pydantic import AwareDatetime, Field

from services.verification.domain import (
    ClaimDossier,
    Command,
    DecideIndicator,
    Recuse,
    ReleaseDossier,
    RequestRevision,
    State,
    VerifyDossier,
)
from shared.events.base import Indicator, Key, Level, Utc
from shared.events.submission import Profile
from shared.events.verification import DossierEvent, DossierLeased, RevisionItem
from shared.history import Handler, Outcome
from shared.http import Ask, Body, Doors, Written

Dossiers = Handler[Command, State, DossierEvent]
Note = Annotated[str, Field(max_length=4000)]
Sentence = Annotated[str, Field(min_length=1, max_length=4000)]
FieldName = Annotated[str, Field(min_length=1, max_length=64)]


class ReleaseRequest(Body):
    token: Key
    note: Note = ""


class VerdictRequest(Body):
    """`reason_code` and `note` are required where less is granted than was claimed."""

    token: Key
    granted_level: Level
    reason_code: Annotated[str | None, Field(max_length=64)] = None
    note: Note = ""


class RevisionItemRequest(Body):
    indicator: Indicator
    message: Sentence


class RevisionRequest(Body):
    """Indicators, fields of the profile, or both: nothing else may change meanwhile.

    `due` is set by the service's rule when it is left out.
    """

    token: Key
    items: Annotated[tuple[RevisionItemRequest, ...], Field(max_length=20)] = ()
    fields: Annotated[tuple[FieldName, ...], Field(max_length=len(Profile.model_fields))] = ()
    message: Sentence
    due: AwareDatetime | None = None


class VerificationRequest(Body):
    token: Key


class RecusalRequest(Body):
    reason: Sentence


class LeaseGranted(Written):
    """Every later save must carry `token`; work on the dossier moves `until` ahead."""

    token: str
    until: Utc


@dataclass(frozen=True, slots=True)
class Terms:
    """The rules of review that are configuration."""

    lease_seconds: int
    revision_days: int
    max_revisions: int


def routes(doors: Doors, dossiers: Dossiers, terms: Terms) -> APIRouter:
    """The decision itself answers 404 to whoever is tied to the dossier."""
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])

    @router.post("/lease", name="claim_dossier")
    async def claim_dossier(
        dossier_id: Key, ask: Annotated[Ask, doors.writes("claim_dossier")]
    ) -> LeaseGranted:
        command = ClaimDossier(
            **_who(ask),
            token=ask.new_id("lease"),
            lease_seconds=terms.lease_seconds,
        )
        return _granted(ask, await ask.send(dossiers, dossier_id, command))

    @router.post("/release", name="release_dossier")
    async def release_dossier(
        dossier_id: Key, body: ReleaseRequest, ask: Annotated[Ask, doors.writes("release_dossier")]
    ) -> Written:
        command = ReleaseDossier(**_who(ask), token=body.token, note=body.note)
        return ask.written(await ask.send(dossiers, dossier_id, command))

    @router.put("/verdicts/{indicator}", name="decide_indicator")
    async def decide_indicator(
        dossier_id: Key,
        indicator: Indicator,
        body: VerdictRequest,
        ask: Annotated[Ask, doors.writes("decide_indicator", if_match=True)],
    ) -> Written:
        command = DecideIndicator(
            **_who(ask),
            token=body.token,
            lease_seconds=terms.lease_seconds,
            indicator=indicator,
            granted_level=body.granted_level,
            reason_code=body.reason_code,
            note=body.note,
        )
        return ask.written(await ask.send(dossiers, dossier_id, command))

    @router.post("/revision-requests", name="request_revision", status_code=201)
    async def request_revision(
        dossier_id: Key,
        body: RevisionRequest,
        ask: Annotated[Ask, doors.writes("request_revision")],
    ) -> Written:
        command = RequestRevision(
            **_who(ask),
            token=body.token,
            items=tuple(
                RevisionItem(indicator=each.indicator, message=each.message) for each in body.items
            ),
            message=body.message,
            due=body.due or ask.at + timedelta(days=terms.revision_days),
            max_revisions=terms.max_revisions,
            fields=body.fields,
        )
        return ask.written(await ask.send(dossiers, dossier_id, command))

    @router.post("/verification", name="verify_dossier")
    async def verify_dossier(
        dossier_id: Key,
        body: VerificationRequest,
        ask: Annotated[Ask, doors.writes("verify_dossier")],
    ) -> Written:
        command = VerifyDossier(**_who(ask), token=body.token)
        return ask.written(await ask.send(dossiers, dossier_id, command))

    @router.post("/recusals", name="recuse", status_code=201)
    async def recuse(
        dossier_id: Key, body: RecusalRequest, ask: Annotated[Ask, doors.writes("recuse")]
    ) -> Written:
        command = Recuse(**_who(ask), reason=body.reason)
        return ask.written(await ask.send(dossiers, dossier_id, command))

    return router


class _Who(TypedDict):
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]


def _who(ask: Ask) -> _Who:
    caller = ask.caller
    return _Who(by=caller.id, at=ask.at, agency=caller.agency, agency_path=caller.agency_path)


def _granted(ask: Ask, outcome: Outcome[DossierEvent]) -> LeaseGranted:
    leased = outcome.facts[0]
    assert isinstance(leased, DossierLeased)
    written = ask.written(outcome)
    return LeaseGranted(**written.model_dump(), token=leased.token, until=leased.until)
