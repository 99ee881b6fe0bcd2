"""The commands by which a dossier is held and let go, from their facts. Pure."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from services.audit.domain.ties import ties_of
from services.audit.domain.world import World
from services.verification.domain import (
    ClaimDossier,
    Command,
    HandOver,
    Recuse,
    ReleaseDossier,
    RenewLease,
    RevokeLease,
    State,
)
from services.verification.domain.states import InReview, Lease, UnderCheck
from shared.events.base import Fact
from shared.events.verification import (
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
    VerifierRecused,
)


def lease_command(facts: Sequence[Fact], before: State, world: World) -> Command | None:
    match facts:
        case [DossierLeased() as fact]:
            return ClaimDossier(
                **reviewing(fact, fact.verifier_agency, world),
                token=fact.token,
                lease_seconds=seconds(fact.at, fact.until),
            )
        case [LeaseRenewed() as fact]:
            held = holding(fact, before, world, fact.token)
            return RenewLease(**held, lease_seconds=seconds(fact.at, fact.until))
        case [DossierReleased() as fact]:
            held = holding(fact, before, world, fact.token)
            return ReleaseDossier(**held, note=fact.note)
        case [DossierHandedOver() as fact]:
            held, kept = holding(fact, before, world, fact.token), seconds(fact.at, fact.until)
            return HandOver(**held, to=fact.to, keep_seconds=kept, note=fact.note)
        case [LeaseRevoked() as fact]:
            kept = 0 if fact.until is None else seconds(fact.at, fact.until)
            return RevokeLease(
                by=fact.by, at=fact.at, reason=fact.reason, to=fact.to, keep_seconds=kept
            )
        case [VerifierRecused() as fact]:
            return Recuse(**reviewing(fact, None, world), reason=fact.reason)
        case _:
            return None


def reviewing(fact: Fact, agency: str | None, world: World) -> dict[str, Any]:
    """Who said it, of which agency, and with which ties at that moment."""
    return {
        "by": fact.by,
        "at": fact.at,
        "agency": agency,
        "agency_path": world.path_of(agency),
        "ties": ties_of(fact.by, agency, world),
    }


def holding(fact: Fact, before: State, world: World, token: str | None = None) -> dict[str, Any]:
    """As whoever holds the dossier: nobody else may say it. Their token where none is told."""
    lease = lease_of(before)
    known = "" if lease is None else lease.token
    person = reviewing(fact, agency_of(fact.by, before), world)
    return {**person, "token": known if token is None else token}


def agency_of(person: str, before: State) -> str | None:
    """The agency of whoever holds the dossier; of nobody else is it known."""
    lease = lease_of(before)
    return lease.agency if lease is not None and lease.holder == person else None


def lease_of(before: State) -> Lease | None:
    return before.lease if isinstance(before, InReview | UnderCheck) else None


def seconds(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds())
