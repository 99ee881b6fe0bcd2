"""Who works on a dossier: take it, stay on it, give it back, hand it over, take it away."""

from typing import Annotated

from fastapi import APIRouter

from services.verification.api.reviews.bodies import (
    HandoverRequest,
    HeldBody,
    OverrideRequest,
    ReleaseRequest,
)
from services.verification.api.reviews.desk import Desk
from services.verification.domain.commands import (
    ClaimDossier,
    HandOver,
    ReleaseDossier,
    RenewLease,
    RevokeLease,
)
from shared.events.base import Key, Utc
from shared.events.verification import DossierEvent, DossierLeased, LeaseRenewed
from shared.history import Outcome
from shared.http import Ask, Doors, Written


class LeaseGranted(Written):
    """Every later save must carry `token`; work on the dossier moves `until` ahead."""

    token: str
    until: Utc


class LeaseKept(Written):
    """The lease lasts until `until`."""

    until: Utc


def routes(doors: Doors, desk: Desk) -> APIRouter:
    """The decision itself answers 404 to whoever is tied to the dossier."""
    router = APIRouter(prefix="/dossiers/{dossier_id}", tags=["review"])
    terms = desk.terms

    @router.post("/lease", name="claim_dossier")
    async def claim_dossier(
        dossier_id: Key, ask: Annotated[Ask, doors.writes("claim_dossier")]
    ) -> LeaseGranted:
        """Take the dossier: nobody else can work on it while the lease lasts."""
        command = ClaimDossier(
            **await desk.who(ask),
            token=ask.new_id("lease"),
            lease_seconds=terms.lease_seconds,
        )
        return granted(ask, await ask.send(desk.dossiers, dossier_id, command))

    @router.post("/lease/heartbeat", name="renew_lease")
    async def renew_lease(
        dossier_id: Key, body: HeldBody, ask: Annotated[Ask, doors.writes("renew_lease")]
    ) -> LeaseKept:
        """Stay on the dossier. Most heartbeats change nothing: the lease still lasts."""
        command = RenewLease(
            **await desk.who(ask), token=body.token, lease_seconds=terms.lease_seconds
        )
        outcome = await desk.send(ask, dossier_id, command, body)
        return await _kept(desk, ask, outcome, body.token)

    @router.post("/release", name="release_dossier")
    async def release_dossier(
        dossier_id: Key, body: ReleaseRequest, ask: Annotated[Ask, doors.writes("release_dossier")]
    ) -> Written:
        """Give it back to the queue; what was decided stays."""
        command = ReleaseDossier(**await desk.who(ask), token=body.token, note=body.note)
        return ask.written(await desk.send(ask, dossier_id, command, body))

    @router.post("/handover", name="hand_over")
    async def hand_over(
        dossier_id: Key, body: HandoverRequest, ask: Annotated[Ask, doors.writes("hand_over")]
    ) -> Written:
        """Give it to one colleague, for whom it is kept for some time."""
        command = HandOver(
            **await desk.who(ask),
            token=body.token,
            to=body.to,
            keep_seconds=terms.keep_seconds,
            note=body.note,
        )
        return ask.written(await desk.send(ask, dossier_id, command, body))

    @router.post("/override", name="revoke_lease")
    async def revoke_lease(
        dossier_id: Key, body: OverrideRequest, ask: Annotated[Ask, doors.writes("revoke_lease")]
    ) -> Written:
        """Take it away from whoever holds it, if need be for somebody else."""
        await desk.require(ask, dossier_id)
        command = RevokeLease(
            by=ask.by,
            at=ask.at,
            reason=body.reason,
            to=body.to,
            keep_seconds=terms.keep_seconds,
        )
        return ask.written(await desk.send(ask, dossier_id, command, body))

    return router


def granted(ask: Ask, outcome: Outcome[DossierEvent]) -> LeaseGranted:
    """The answer to `ClaimDossier`."""
    leased = next(fact for fact in outcome.facts if isinstance(fact, DossierLeased))
    written = ask.written(outcome)
    return LeaseGranted(**written.model_dump(), token=leased.token, until=leased.until)


async def _kept(desk: Desk, ask: Ask, outcome: Outcome[DossierEvent], token: str) -> LeaseKept:
    written = ask.written(outcome).model_dump()
    renewed = next((fact for fact in outcome.facts if isinstance(fact, LeaseRenewed)), None)
    if renewed is not None:
        return LeaseKept(**written, until=renewed.until)
    lease = await desk.lease(outcome.key, token)
    return LeaseKept(**written, until=lease.until)
