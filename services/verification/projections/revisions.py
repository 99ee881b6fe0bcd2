"""The revisions of a dossier as people see them: asked for, on their way, ended. Pure."""

from datetime import datetime
from typing import assert_never

from services.verification.projections.changes import changes_of
from services.verification.projections.content import rows_of, told
from services.verification.projections.decisions import progress
from services.verification.projections.leases import NO_LEASE, Change
from services.verification.projections.rows import DossierStatus, RevisionRow
from services.verification.projections.views import DossierView
from shared.events.submission import profile_digest
from shared.events.verification import (
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
)

Revising = RevisionReceived | RevisionRequested | RevisionAnnounced | RevisionLapsed


def changed(view: DossierView, fact: Revising) -> Change:
    match fact:
        case RevisionReceived():
            return _received(view, fact)
        case RevisionRequested():
            return _requested(view, fact)
        case RevisionAnnounced():
            return _announced(view, fact)
        case RevisionLapsed():
            return {**_ended(view, fact, lapsed_at=fact.at), "state": _state_behind(view)}
        case _:
            assert_never(fact)


def _requested(view: DossierView, fact: RevisionRequested) -> Change:
    row = RevisionRow(
        round=fact.round,
        items=fact.items,
        fields=fact.fields,
        message=fact.message,
        due=fact.due,
        requested_by=fact.by,
        requested_at=fact.at,
    )
    return {
        **_waits(fact.due),
        "waiting_since": fact.at,
        "revisions": (*view.revisions, row),
    }


def _announced(view: DossierView, fact: RevisionAnnounced) -> Change:
    """The agency is waited for since it was asked or, had that lapsed, since it answered."""
    was_waiting = view.state == "waiting_revision"
    return {
        **_waits(fact.until),
        "waiting_since": view.waiting_since if was_waiting else fact.at,
        "revisions": _with_last(view, announced_at=fact.at, files_until=fact.until),
    }


def _received(view: DossierView, fact: RevisionReceived) -> Change:
    recused = [recusal.verifier_id for recusal in view.recusals]
    rows = rows_of(fact, view.indicators)
    digest = fact.profile_digest or profile_digest(fact.about.profile)
    found = view.admissibility
    stands = found is not None and found.profile_digest == digest
    return {
        **_ended(view, fact, received_at=fact.at),
        **told(fact, recused),
        **progress(rows, found if stands else None),
        "lapsed_admissibility": None if stands else found,
        "changes": (*view.changes, changes_of(view, fact, rows)),
        "reviewed_at": None,
    }


def _ended(view: DossierView, fact: Revising, **how: datetime) -> Change:
    """The dossier is reviewed again."""
    return {
        "state": "open",
        "due": None,
        **NO_LEASE,
        "waiting_since": fact.at,
        "revisions": _with_last(view, **how),
    }


def _state_behind(view: DossierView) -> DossierStatus:
    """A check or a dispute goes on where it stood before an answer was announced in vain."""
    latest = view.checks[-1] if view.checks else None
    if latest is None or latest.round != view.round:
        return "open"
    return "checking" if latest.decided_at is None else "disputed"


def _waits(due: datetime) -> Change:
    return {"state": "waiting_revision", "due": due, **NO_LEASE}


def _with_last(view: DossierView, **told: datetime) -> tuple[RevisionRow, ...]:
    earlier, last = view.revisions[:-1], view.revisions[-1:]
    return (*earlier, *(row.model_copy(update=told) for row in last))
