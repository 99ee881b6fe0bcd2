"""What verifiers ask for: take a dossier, decide, ask for a revision, verify, step aside."""

from fastapi import APIRouter

from services.verification.api.machine.examining import Examiner
from services.verification.api.reviews import (
    acceptances,
    ending,
    leases,
    revisions,
    verdicts,
    visits,
)
from services.verification.api.reviews.desk import Desk, Dossiers, Terms
from services.verification.api.reviews.leases import LeaseGranted, granted
from shared.http import Doors
from shared.views import Collection

__all__ = ["Desk", "Dossiers", "LeaseGranted", "Terms", "granted", "routes"]


def routes(doors: Doors, desk: Desk, view: Collection, examiner: Examiner) -> tuple[APIRouter, ...]:
    """`view` are the dossiers as people see them, `examiner` what the machine finds in them."""
    return (
        leases.routes(doors, desk),
        verdicts.routes(doors, desk),
        acceptances.routes(doors, desk, view, examiner),
        revisions.routes(doors, desk),
        ending.routes(doors, desk),
        visits.routes(doors, desk),
    )
