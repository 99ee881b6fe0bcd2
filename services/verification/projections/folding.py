"""From a dossier's facts to what people see of it. Pure."""

from typing import Any, assert_never

from services.verification.projections import checks, content, decisions, leases, revisions
from services.verification.projections.leases import NO_LEASE, Change
from services.verification.projections.rows import VisitRow
from services.verification.projections.views import DossierView
from shared.events.base import Recorded
from shared.events.verification import (
    DOSSIER,
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierEvent,
    DossierHandedOver,
    DossierLeased,
    DossierOpened,
    DossierRejected,
    DossierReleased,
    DossierVerified,
    DossierWithdrawn,
    FieldVisitRecorded,
    IndicatorDecided,
    IndicatorRechecked,
    LeaseRenewed,
    LeaseRevoked,
    QualityCheckDecided,
    QualityCheckDrawn,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
    VerdictCorrected,
    VerifierRecused,
)
from shared.projector import Projection

Later = (
    leases.Leasing
    | revisions.Revising
    | decisions.Deciding
    | checks.Checking
    | FieldVisitRecorded
    | DossierWithdrawn
)

INDEXES = (
    ("waiting_since",),
    ("season_id", "waiting_since"),
    ("state", "due"),
    ("title_key",),
    ("digests",),
    ("letters",),
)
"""What is read ahead and measured, what the clock looks for, what duplicates share; the lists of
the review queue have a read model of their own.
"""


def fold(view: DossierView | None, event: Recorded[Any]) -> DossierView:
    fact: DossierEvent = event.fact
    if isinstance(fact, DossierOpened):
        return _opened(fact)
    if view is None and isinstance(fact, DossierWithdrawn):
        view = _empty(event.key, fact)
    if view is None:
        raise ValueError(f"A dossier cannot begin with {type(fact).__name__}.")
    return view.model_copy(update={**_changed(view, fact), "changed_at": fact.at})


def _opened(fact: DossierOpened) -> DossierView:
    rows = content.rows_of(fact)
    return DossierView(
        dossier_id=fact.dossier_id,
        state="open",
        opened_at=fact.at,
        changed_at=fact.at,
        waiting_since=fact.at,
        **content.told(fact),
        **decisions.progress(rows, None),
    )


def _empty(dossier_id: str, fact: DossierWithdrawn) -> DossierView:
    """Taken back before anything came in."""
    return DossierView(
        dossier_id=dossier_id,
        state="withdrawn",
        opened_at=fact.at,
        changed_at=fact.at,
        waiting_since=fact.at,
    )


def _changed(view: DossierView, fact: Later) -> Change:
    match fact:
        case (
            DossierLeased()
            | LeaseRenewed()
            | DossierReleased()
            | DossierHandedOver()
            | LeaseRevoked()
            | VerifierRecused()
        ):
            return leases.changed(view, fact)
        case RevisionReceived() | RevisionRequested() | RevisionAnnounced() | RevisionLapsed():
            return revisions.changed(view, fact)
        case (
            AdmissibilityDecided()
            | IndicatorDecided()
            | DossierVerified()
            | DossierRejected()
            | VerdictCorrected()
        ):
            return decisions.changed(view, fact)
        case (
            QualityCheckDrawn()
            | AdmissibilityRechecked()
            | IndicatorRechecked()
            | QualityCheckDecided()
            | DiscrepancyResolved()
        ):
            return checks.changed(view, fact)
        case FieldVisitRecorded():
            return {"visits": (*view.visits, _visit(fact))}
        case DossierWithdrawn():
            reason = {"withdrawn_at": fact.at, "withdrawn_reason": fact.reason}
            return {"state": "withdrawn", "due": None, **NO_LEASE, **reason}
        case _:
            assert_never(fact)


def _visit(fact: FieldVisitRecorded) -> VisitRow:
    return VisitRow(
        visit_id=fact.visit_id,
        visited_on=fact.visited_on,
        participants=fact.participants,
        findings=fact.findings,
        note=fact.note,
        recorded_by=fact.by,
        recorded_at=fact.at,
    )


DOSSIERS = Projection("dossiers", DOSSIER, DossierView, fold, INDEXES)
