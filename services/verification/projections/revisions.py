"""The revisions of a dossier as people see them: asked for, on their way, ended. Pure."""

from datetime import datetime
from typing import Any

from services.verification.projections.views import DossierView, RevisionRow
from shared.events.verification import RevisionAnnounced, RevisionRequested

Change = dict[str, Any]
NO_LEASE: Change = {"lease_holder": None, "lease_agency": None, "lease_until": None}


def requested(view: DossierView, fact: RevisionRequested) -> Change:
    row = RevisionRow(
        round=fact.round,
        items=fact.items,
        fields=fact.fields,
        message=fact.message,
        due=fact.due,
        requested_by=fact.by,
        requested_at=fact.at,
    )
    return {**_waits(fact.due), "revisions": (*view.revisions, row)}


def announced(view: DossierView, fact: RevisionAnnounced) -> Change:
    rows = _with_last(view, announced_at=fact.at, files_until=fact.until)
    return {**_waits(fact.until), "revisions": rows}


def ended(view: DossierView, **how: datetime) -> Change:
    """The dossier is reviewed again."""
    return {"state": "open", "due": None, "revisions": _with_last(view, **how)}


def _waits(due: datetime) -> Change:
    return {"state": "waiting_revision", "due": due, **NO_LEASE}


def _with_last(view: DossierView, **told: datetime) -> tuple[RevisionRow, ...]:
    earlier, last = view.revisions[:-1], view.revisions[-1:]
    return (*earlier, *(row.model_copy(update=told) for row in last))
