"""Who holds a dossier, for whom it is kept, who stepped aside. Pure."""

from typing import Any, assert_never

from services.verification.projections.rows import RecusalRow
from services.verification.projections.views import DossierView
from shared.events.verification import (
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
    VerifierRecused,
)

Change = dict[str, Any]
Leasing = (
    DossierLeased
    | LeaseRenewed
    | DossierReleased
    | DossierHandedOver
    | LeaseRevoked
    | VerifierRecused
)
NOT_RESERVED: Change = {"reserved_for": None, "reserved_until": None}
NO_LEASE: Change = {
    "lease_holder": None,
    "lease_agency": None,
    "lease_until": None,
    **NOT_RESERVED,
}


def changed(view: DossierView, fact: Leasing) -> Change:
    match fact:
        case DossierLeased():
            return _leased(view, fact)
        case LeaseRenewed():
            return {"lease_until": fact.until}
        case DossierReleased():
            return {**_freed(view), "last_note": fact.note}
        case DossierHandedOver():
            return {**_freed(view), **_kept(fact), "last_note": fact.note}
        case LeaseRevoked():
            return {**_freed(view), **_kept(fact), "last_note": fact.reason}
        case VerifierRecused():
            return _recused(view, fact)
        case _:
            assert_never(fact)


def _leased(view: DossierView, fact: DossierLeased) -> Change:
    return {
        "state": "checking" if view.state == "checking" else "in_review",
        "lease_holder": fact.verifier_id,
        "lease_agency": fact.verifier_agency,
        "lease_until": fact.until,
        "times_leased": view.times_leased + 1,
        **NOT_RESERVED,
    }


def _freed(view: DossierView) -> Change:
    """Nobody holds it any more; a check goes on without its holder."""
    return {"state": "checking" if view.state == "checking" else "open", **NO_LEASE}


def _kept(fact: DossierHandedOver | LeaseRevoked) -> Change:
    return {"reserved_for": fact.to, "reserved_until": fact.until}


def _recused(view: DossierView, fact: VerifierRecused) -> Change:
    row = RecusalRow(verifier_id=fact.verifier_id, reason=fact.reason, at=fact.at)
    is_holder = view.lease_holder == fact.verifier_id
    is_awaited = view.reserved_for == fact.verifier_id
    return {
        "recusals": (*view.recusals, row),
        "excluded": tuple(sorted({*view.excluded, fact.verifier_id})),
        **(_freed(view) if is_holder else {}),
        **(NOT_RESERVED if is_awaited else {}),
    }
