"""What is known of the people who verify. Pure."""

from typing import Any

from services.verification.projections.views import VerifierView
from shared.events.base import Recorded
from shared.events.verification import (
    VERIFIER,
    ConflictDeclared,
    ConflictEnded,
    VerifierDescribed,
)
from shared.projector import Projection


def fold(view: VerifierView | None, event: Recorded[Any]) -> VerifierView:
    """Somebody may declare a conflict before anybody has described them."""
    match event.fact, view:
        case VerifierDescribed() as fact, _:
            return _described(view, fact)
        case ConflictDeclared() as fact, _:
            known = view or VerifierView(verifier_id=fact.verifier_id, changed_at=fact.at)
            tie = (fact.agency_id, fact.reason)
            return _tied(known, fact, (*_without(known, fact.agency_id), tie))
        case ConflictEnded() as fact, VerifierView():
            return _tied(view, fact, _without(view, fact.agency_id))
        case fact, _:
            raise ValueError(f"A verifier cannot begin with {type(fact).__name__}.")


def _described(view: VerifierView | None, fact: VerifierDescribed) -> VerifierView:
    return VerifierView(
        verifier_id=fact.verifier_id,
        agency_id=fact.agency_id,
        agency_path=fact.agency_path,
        affairs=fact.affairs,
        capacity=fact.capacity,
        active=fact.active,
        conflicts=view.conflicts if view else (),
        changed_at=fact.at,
    )


Ties = tuple[tuple[str, str], ...]


def _without(view: VerifierView, agency_id: str) -> Ties:
    return tuple(tie for tie in view.conflicts if tie[0] != agency_id)


def _tied(view: VerifierView, fact: ConflictDeclared | ConflictEnded, ties: Ties) -> VerifierView:
    return view.model_copy(update={"conflicts": ties, "changed_at": fact.at})


VERIFIERS = Projection("verifiers", VERIFIER, VerifierView, fold)
