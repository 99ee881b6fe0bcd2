"""A second look at a dossier, and a third where two differ. Pure."""

from typing import assert_never

from services.verification.projections.leases import NO_LEASE, Change
from services.verification.projections.rows import CheckRow
from services.verification.projections.views import DossierView
from shared.events.verification import (
    AdmissibilityRechecked,
    DiscrepancyResolved,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    Verdict,
)

Checking = (
    QualityCheckDrawn
    | AdmissibilityRechecked
    | IndicatorRechecked
    | QualityCheckDecided
    | DiscrepancyResolved
)


def changed(view: DossierView, fact: Checking) -> Change:
    match fact:
        case QualityCheckDrawn():
            return _drawn(view, fact)
        case AdmissibilityRechecked():
            second = {"second_admissibility": fact.admissibility}
            return {"checks": _with_last(view, second), "lease_until": fact.lease_until}
        case IndicatorRechecked():
            return {"checks": _with_second(view, fact.verdict), "lease_until": fact.lease_until}
        case QualityCheckDecided():
            return _decided(view, fact)
        case DiscrepancyResolved():
            return {"checks": _with_last(view, _resolution(fact))}
        case _:
            assert_never(fact)


def _drawn(view: DossierView, fact: QualityCheckDrawn) -> Change:
    """What the first verifiers wrote to one another is not for the second."""
    row = CheckRow(
        round=fact.round,
        reasons=fact.reasons,
        draw=fact.draw,
        rule=fact.rule,
        drawn_at=fact.at,
        reviewed_by=fact.reviewed_by,
        first=tuple(row.verdict for row in view.indicators if row.verdict),
        first_admissibility=view.admissibility,
    )
    return {
        "state": "checking",
        **NO_LEASE,
        "checks": (*view.checks, row),
        "waiting_since": fact.at,
        "reviewed_at": fact.at,
        "last_note": "",
    }


def _decided(view: DossierView, fact: QualityCheckDecided) -> Change:
    """Where nothing differs the end of the dossier follows at once."""
    told: Change = {
        "checked_by": fact.checked_by,
        "decided_at": fact.at,
        "compared": fact.compared,
        "differing": fact.differing,
    }
    waits: Change = {"state": "disputed", "waiting_since": fact.at} if fact.differing else {}
    return {**waits, **NO_LEASE, "checks": _with_last(view, told)}


def _resolution(fact: DiscrepancyResolved) -> Change:
    return {
        "resolved": fact.verdicts,
        "resolved_admissibility": fact.admissibility,
        "resolved_by": fact.by,
        "resolved_at": fact.at,
        "resolution_note": fact.note,
    }


def _with_second(view: DossierView, verdict: Verdict) -> tuple[CheckRow, ...]:
    found = [each for row in view.checks[-1:] for each in row.second]
    others = (each for each in found if each.indicator != verdict.indicator)
    second = sorted((*others, verdict), key=lambda each: each.indicator)
    return _with_last(view, {"second": tuple(second)})


def _with_last(view: DossierView, told: Change) -> tuple[CheckRow, ...]:
    earlier, last = view.checks[:-1], view.checks[-1:]
    return (*earlier, *(row.model_copy(update=told) for row in last))
