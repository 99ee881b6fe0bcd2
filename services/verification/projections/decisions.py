"""What has been decided of a dossier, how far that goes, and the end of it. Pure."""

from typing import assert_never

from services.verification.projections.leases import NO_LEASE, Change
from services.verification.projections.rows import CorrectionRow, IndicatorRow
from services.verification.projections.views import DossierView
from shared.events.verification import (
    Admissibility,
    AdmissibilityDecided,
    DossierRejected,
    DossierVerified,
    IndicatorDecided,
    Verdict,
    VerdictCorrected,
)

Deciding = (
    AdmissibilityDecided | IndicatorDecided | DossierVerified | DossierRejected | VerdictCorrected
)


def changed(view: DossierView, fact: Deciding) -> Change:
    match fact:
        case AdmissibilityDecided():
            decided = progress(view.indicators, fact.admissibility)
            return {**decided, "lease_until": fact.lease_until}
        case IndicatorDecided():
            rows = _with_verdict(view, fact.verdict)
            return {**progress(rows, view.admissibility), "lease_until": fact.lease_until}
        case DossierVerified():
            return _verified(view, fact)
        case DossierRejected():
            return _rejected(view, fact)
        case VerdictCorrected():
            return _corrected(view, fact)
        case _:
            assert_never(fact)


def progress(rows: tuple[IndicatorRow, ...], admissibility: Admissibility | None) -> Change:
    """What stands, how much of what was claimed is decided, and by whom."""
    standing = [found for found in (*(row.verdict for row in rows), admissibility) if found]
    undecided = tuple(row.indicator for row in rows if row.verdict is None)
    return {
        "indicators": rows,
        "claimed_count": len(rows),
        "decided_count": len(rows) - len(undecided),
        "undecided": undecided,
        "admissibility": admissibility,
        "deciders": tuple(sorted({found.decided_by for found in standing})),
    }


def _verified(view: DossierView, fact: DossierVerified) -> Change:
    """Of two reviews, or three, the fact says which verdicts stand."""
    verdicts = {verdict.indicator: verdict for verdict in fact.verdicts}
    rows = tuple(_decided(row, verdicts.get(row.indicator), view.round) for row in view.indicators)
    return {
        **progress(rows, fact.admissibility or view.admissibility),
        **_over(view, fact),
        "state": "verified",
        "verified_at": fact.at,
        "verified_by": fact.by,
    }


def _rejected(view: DossierView, fact: DossierRejected) -> Change:
    return {
        **_over(view, fact),
        "state": "rejected",
        "rejected_at": fact.at,
        "admissibility": fact.admissibility,
    }


def _over(view: DossierView, fact: DossierVerified | DossierRejected) -> Change:
    return {"deciders": fact.deciders, "reviewed_at": view.reviewed_at or fact.at, **NO_LEASE}


def _corrected(view: DossierView, fact: VerdictCorrected) -> Change:
    rows = {row.indicator: row for row in view.indicators}
    known = rows.get(fact.corrected.indicator)
    correction = CorrectionRow(
        objection_id=fact.objection_id,
        competition_id=fact.competition_id,
        before=known.verdict if known else None,
        after=fact.corrected,
    )
    return {
        **progress(_with_verdict(view, fact.corrected), view.admissibility),
        "deciders": fact.deciders,
        "corrections": (*view.corrections, correction),
    }


def _with_verdict(view: DossierView, verdict: Verdict) -> tuple[IndicatorRow, ...]:
    return tuple(
        _decided(row, verdict, view.round) if row.indicator == verdict.indicator else row
        for row in view.indicators
    )


def _decided(row: IndicatorRow, verdict: Verdict | None, round: int) -> IndicatorRow:
    is_carried = verdict is not None and verdict.round < round
    return row.model_copy(update={"verdict": verdict, "carried": is_carried})
