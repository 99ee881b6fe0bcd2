"""Who holds a row of the queue, for whom it is kept, who stepped aside. Pure."""

from typing import Any, assert_never

from services.verification.projections.leases import NOT_RESERVED, Change, Leasing
from services.verification.projections.queue.row import QueueView
from shared.events.base import Recorded
from shared.events.verification import (
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
    VerifierRecused,
)

NO_LEASE: Change = {"lease_holder": None, "lease_until": None, **NOT_RESERVED}
MOST_TAKINGS = 10


def leased(row: QueueView, fact: Leasing, event: Recorded[Any]) -> Change:
    match fact:
        case DossierLeased():
            return _taken(row, fact, event.command_id)
        case LeaseRenewed():
            return {"lease_until": fact.until}
        case DossierReleased():
            return _freed(row)
        case DossierHandedOver() | LeaseRevoked():
            return {**_freed(row), "reserved_for": fact.to, "reserved_until": fact.until}
        case VerifierRecused():
            return _recused(row, fact.verifier_id)
        case _:
            assert_never(fact)


def _taken(row: QueueView, fact: DossierLeased, command_id: str) -> Change:
    return {
        "state": "checking" if row.state == "checking" else "in_review",
        "lease_holder": fact.verifier_id,
        "lease_until": fact.until,
        "times_leased": row.times_leased + 1,
        "taken_by": (*row.taken_by, command_id)[-MOST_TAKINGS:],
        **NOT_RESERVED,
    }


def _freed(row: QueueView) -> Change:
    """Nobody holds it any more; a check goes on without its holder."""
    return {"state": "checking" if row.state == "checking" else "open", **NO_LEASE}


def _recused(row: QueueView, verifier_id: str) -> Change:
    is_holder = row.lease_holder == verifier_id
    is_awaited = row.reserved_for == verifier_id
    return {
        "recused": tuple(sorted({*row.recused, verifier_id})),
        "excluded": tuple(sorted({*row.excluded, verifier_id})),
        **(_freed(row) if is_holder else {}),
        **(NOT_RESERVED if is_awaited else {}),
    }
