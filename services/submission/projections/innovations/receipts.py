"""The receipts of an innovation: one a round, made with it and completed with its files. Pure."""

from typing import Any

from services.submission.projections.innovations.views import Arrival, InnovationView, Receipt
from shared.events.base import Recorded
from shared.events.submission import EvidenceAccepted, InnovationSubmitted, SubmissionCompleted

Receipts = tuple[Receipt, ...]


def handed_in(fact: InnovationSubmitted, event: Recorded[Any]) -> Receipt:
    return Receipt(
        round=fact.round,
        submitted_by=fact.by,
        submitted_at=fact.at,
        event_id=event.id,
        sequence_number=event.sequence,
        edition_digest=fact.edition_digest,
        claims=fact.claims,
        manifest=fact.manifest,
        pending=fact.pending,
        complete_by=fact.complete_by,
        content_digest=fact.content_digest,
        endorsed_by=fact.endorsed_by,
        completed_at=None if fact.pending else fact.at,
    )


def arrived(view: InnovationView, fact: EvidenceAccepted) -> Receipts:
    """A file that the last round waits for came in."""
    if not view.has_pending:
        return view.receipts
    arrival = Arrival(evidence_id=fact.evidence_id, accepted_at=fact.at)
    last = view.receipts[-1]
    return _with_last(view, arrivals=(*last.arrivals, arrival))


def completed(view: InnovationView, fact: SubmissionCompleted) -> Receipts:
    return _with_last(view, completed_at=fact.at, missing=fact.missing)


def _with_last(view: InnovationView, **told: object) -> Receipts:
    *earlier, last = view.receipts
    return (*earlier, last.model_copy(update=told))
