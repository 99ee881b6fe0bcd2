"""What a person may see of a dossier while a second look at it goes on, or a lease ran out. Pure.

While it goes on, everybody sees what they found themselves and nothing that others did: neither
may the second know the first, nor the first how the second gets on. An auditor sees both.
"""

from datetime import datetime
from typing import TypeVar

from services.verification.projections import (
    CheckRow,
    DossierStatus,
    DossierView,
    IndicatorRow,
    QueueView,
    RevisionRow,
)
from services.verification.projections.queue import ADMISSIBILITY
from shared.events.verification import Admissibility, Verdict
from shared.identity import Caller, Role

REVIEWING = frozenset({Role.VERIFIER, Role.QUALITY_CONTROLLER})
FoundT = TypeVar("FoundT", Verdict, Admissibility)


def is_auditor(caller: Caller) -> bool:
    """Who could be the second one themselves does not look on as an auditor."""
    return Role.AUDITOR in caller.roles and not caller.roles & REVIEWING


def state_at(view: DossierView | QueueView, now: datetime) -> DossierStatus:
    """A dossier whose lease has run out is open again, though no fact says so."""
    has_ended = view.lease_until is not None and view.lease_until <= now
    return "open" if view.state == "in_review" and has_ended else view.state


def decided_of(row: QueueView, caller: Caller) -> tuple[str, ...]:
    """The claimed indicators that are decided, as far as this person may know."""
    if "checking" not in (row.state, row.behind) or is_auditor(caller):
        found = {decision for decision, _ in row.standing}
    else:
        both = (*row.standing, *row.rechecked)
        found = {decision for decision, by in both if by == caller.id}
    return tuple(each for each in row.claimed if each in found - {ADMISSIBILITY})


def without_draw(row: QueueView) -> QueueView:
    """By the microsecond of a review's end anybody could draw again, and learn why it is here."""
    if "checking" not in (row.state, row.behind):
        return row
    return row.model_copy(update={"waiting_since": row.waiting_since.replace(microsecond=0)})


def shown_to(view: DossierView, caller: Caller) -> DossierView:
    """The dossier with all that this person must not know left out."""
    if is_auditor(caller):
        return view
    if _is_checked(view):
        return _blind(view, caller.id)
    checks = tuple(_second_own(check, caller.id) for check in view.checks)
    return view.model_copy(update={"checks": checks})


def _is_checked(view: DossierView) -> bool:
    """Whether a second look is under way, also while the last files of an answer are waited for."""
    if view.state != "waiting_revision":
        return view.state == "checking"
    latest = view.checks[-1:]
    return any(check.round == view.round and check.decided_at is None for check in latest)


def _second_own(check: CheckRow, by: str) -> CheckRow:
    """A check that a revision overtook was never decided: what the second found stays theirs."""
    if check.decided_at is not None:
        return check
    return check.model_copy(
        update={
            "second": _own(check.second, by),
            "second_admissibility": _only_own(check.second_admissibility, by),
        }
    )


def _blind(view: DossierView, by: str) -> DossierView:
    first = _took_part(view)
    check = view.checks[-1] if view.checks else None
    second = {} if check is None else {each.indicator: each for each in _own(check.second, by)}
    rows = tuple(_row(row, second.get(row.indicator), by) for row in view.indicators)
    decided = tuple(row.indicator for row in rows if row.verdict)
    found = _only_own(view.admissibility, by)
    if found is None and check is not None:
        found = _only_own(check.second_admissibility, by)
    is_first = by in first
    revisions = view.revisions if is_first else tuple(map(_without_words, view.revisions))
    return view.model_copy(
        update={
            "indicators": rows,
            "decided_count": len(decided),
            "undecided": tuple(row.indicator for row in rows if not row.verdict),
            "admissibility": found,
            "lapsed_admissibility": _only_own(view.lapsed_admissibility, by),
            "deciders": (by,) if decided or found else (),
            "checks": tuple(_check(each, by, is_first=is_first) for each in view.checks),
            "revisions": revisions,
            "changes": tuple(
                each if is_first else each.model_copy(update={"lapsed": ()})
                for each in view.changes
            ),
            "last_note": view.last_note if by in (view.lease_holder, view.reserved_for) else "",
            **({} if is_first else _without_draw(view)),
        }
    )


def _without_draw(view: DossierView) -> dict[str, datetime | None]:
    since, reviewed = view.waiting_since, view.reviewed_at
    return {
        "waiting_since": since.replace(microsecond=0),
        "reviewed_at": reviewed and reviewed.replace(microsecond=0),
        "changed_at": view.changed_at.replace(microsecond=0),
    }


def _took_part(view: DossierView) -> frozenset[str]:
    """Everybody who decided in the first review, or ended it."""
    ended = {check.reviewed_by for check in view.checks[-1:]}
    return frozenset({*view.deciders, *ended})


def _row(row: IndicatorRow, second: Verdict | None, by: str) -> IndicatorRow:
    first = _only_own(row.verdict, by)
    return row.model_copy(
        update={
            "verdict": first or second,
            "lapsed": _only_own(row.lapsed, by),
            "carried": row.carried and first is not None,
        }
    )


def _check(check: CheckRow, by: str, *, is_first: bool) -> CheckRow:
    """Why it was drawn would tell what the first one found."""
    why = {} if is_first else {"reasons": (), "draw": "", "reviewed_by": ""}
    drawn = check.drawn_at if is_first else check.drawn_at.replace(microsecond=0)
    return check.model_copy(
        update={
            **why,
            "drawn_at": drawn,
            "first": _own(check.first, by),
            "first_admissibility": _only_own(check.first_admissibility, by),
            "second": _own(check.second, by),
            "second_admissibility": _only_own(check.second_admissibility, by),
            "checked_by": check.checked_by if check.checked_by == by else None,
            "compared": 0,
            "differing": (),
            "resolved": _own(check.resolved, by),
            "resolved_admissibility": _only_own(check.resolved_admissibility, by),
            "resolved_by": check.resolved_by if check.resolved_by == by else None,
            "resolution_note": check.resolution_note if check.resolved_by == by else "",
        }
    )


def _without_words(revision: RevisionRow) -> RevisionRow:
    """What was asked of the agency tells how the first one judged."""
    return revision.model_copy(
        update={"items": (), "fields": (), "message": "", "requested_by": ""}
    )


def _own(found: tuple[FoundT, ...], by: str) -> tuple[FoundT, ...]:
    return tuple(each for each in found if each.decided_by == by)


def _only_own(found: FoundT | None, by: str) -> FoundT | None:
    return found if found is not None and found.decided_by == by else None
