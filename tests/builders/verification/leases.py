"""What is said of who holds the dossier."""

from datetime import datetime, timedelta
from typing import Any

from shared.events.verification import (
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
    VerifierRecused,
)
from tests.builders.verification.story import (
    AT,
    COLLEAGUE,
    INNOVATION,
    KEEP_SECONDS,
    LEASE_SECONDS,
    SUPERVISOR,
    TOKEN,
    VERIFIER,
    Person,
)


def lease_end(at: datetime) -> datetime:
    return at + timedelta(seconds=LEASE_SECONDS)


def leased(person: Person = VERIFIER, token: str = TOKEN, at: datetime = AT) -> DossierLeased:
    return DossierLeased(
        by=person.by,
        at=at,
        dossier_id=INNOVATION,
        verifier_id=person.by,
        verifier_agency=person.agency,
        token=token,
        until=lease_end(at),
    )


def renewed(at: datetime, person: Person = VERIFIER, token: str = TOKEN) -> LeaseRenewed:
    return LeaseRenewed(
        by=person.by, at=at, dossier_id=INNOVATION, token=token, until=lease_end(at)
    )


def released(person: Person = VERIFIER, token: str = TOKEN) -> DossierReleased:
    return DossierReleased(
        by=person.by, at=AT, dossier_id=INNOVATION, token=token, note="Called away."
    )


def handed_over(
    to: Person = COLLEAGUE, person: Person = VERIFIER, token: str = TOKEN
) -> DossierHandedOver:
    return DossierHandedOver(
        by=person.by,
        at=AT,
        dossier_id=INNOVATION,
        token=token,
        to=to.by,
        until=AT + timedelta(seconds=KEEP_SECONDS),
        note="You know the field.",
    )


def revoked(to: Person | None = None, holder: Person = VERIFIER, token: str = TOKEN) -> Any:
    return LeaseRevoked(
        by=SUPERVISOR.by,
        at=AT,
        dossier_id=INNOVATION,
        token=token,
        holder=holder.by,
        reason="On leave.",
        to=None if to is None else to.by,
        until=None if to is None else AT + timedelta(seconds=KEEP_SECONDS),
    )


def recused(person: Person = VERIFIER) -> VerifierRecused:
    return VerifierRecused(
        by=person.by,
        at=AT,
        dossier_id=INNOVATION,
        verifier_id=person.by,
        reason="I advised the makers.",
    )
