"""From a dossier's facts to what people see of it. Pure."""

from collections.abc import Iterable
from typing import Any, assert_never

from services.verification.projections.revisions import NO_LEASE, announced, ended, requested
from services.verification.projections.views import (
    CorrectionRow,
    DossierView,
    IndicatorRow,
    RecusalRow,
)
from shared.events.base import Recorded
from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import (
    DOSSIER,
    DossierEvent,
    DossierLeased,
    DossierOpened,
    DossierReleased,
    DossierVerified,
    DossierWithdrawn,
    IndicatorDecided,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
    Verdict,
    VerdictCorrected,
    VerifierRecused,
)
from shared.projector import Projection


def fold(view: DossierView | None, event: Recorded[Any]) -> DossierView:
    fact: DossierEvent = event.fact
    if isinstance(fact, DossierOpened):
        return _opened(fact)
    if view is None and isinstance(fact, DossierWithdrawn):
        view = DossierView(
            dossier_id=event.key, state="withdrawn", opened_at=fact.at, changed_at=fact.at
        )
    if view is None:
        raise ValueError(f"A dossier cannot begin with {type(fact).__name__}.")
    changed = _changed(view, fact)
    return view.model_copy(update={**changed, "changed_at": fact.at})


def _opened(fact: DossierOpened) -> DossierView:
    return DossierView(
        dossier_id=fact.dossier_id,
        state="open",
        opened_at=fact.at,
        changed_at=fact.at,
        **_content(fact, (), ()),
    )


def _changed(
    view: DossierView,
    fact: RevisionReceived
    | DossierLeased
    | DossierReleased
    | IndicatorDecided
    | RevisionRequested
    | RevisionAnnounced
    | RevisionLapsed
    | DossierVerified
    | VerifierRecused
    | DossierWithdrawn
    | VerdictCorrected,
) -> dict[str, Any]:
    match fact:
        case RevisionReceived():
            return _received(view, fact)
        case DossierLeased():
            return {
                "state": "in_review",
                "lease_holder": fact.verifier_id,
                "lease_agency": fact.verifier_agency,
                "lease_until": fact.until,
            }
        case DossierReleased():
            return {"state": "open", "last_note": fact.note, **NO_LEASE}
        case IndicatorDecided():
            rows = _with_verdict(view.indicators, fact.verdict)
            return {"lease_until": fact.lease_until, **_progress(rows)}
        case RevisionRequested():
            return requested(view, fact)
        case RevisionAnnounced():
            return announced(view, fact)
        case RevisionLapsed():
            return ended(view, lapsed_at=fact.at)
        case DossierVerified():
            return {
                "state": "verified",
                "verified_at": fact.at,
                "verified_by": fact.by,
                "deciders": fact.deciders,
                **NO_LEASE,
            }
        case VerifierRecused():
            return _recused(view, fact)
        case DossierWithdrawn():
            reason = {"withdrawn_at": fact.at, "withdrawn_reason": fact.reason}
            return {"state": "withdrawn", "due": None, **NO_LEASE, **reason}
        case VerdictCorrected():
            return _corrected(view, fact)
        case _:
            assert_never(fact)


def _content(
    fact: DossierOpened | RevisionReceived,
    before: tuple[IndicatorRow, ...],
    recused: Iterable[str],
) -> dict[str, Any]:
    about = fact.about
    lapsed = fact.lapsed if isinstance(fact, RevisionReceived) else ()
    known = {row.indicator: row for row in before}
    claimed = sorted((each for each in fact.claims if each.level), key=lambda c: c.indicator)
    rows = tuple(
        _row(claim, fact.manifest, known.get(claim.indicator), lapsed) for claim in claimed
    )
    return {
        "about": about,
        "round": fact.round,
        "season_id": about.season_id,
        "agency_id": about.agency_id,
        "agency_path": about.agency_path,
        "region_id": about.region_id,
        "affair": about.profile.main_affair or "",
        "title": about.profile.title,
        "excluded": tuple(sorted({*about.drafters, *recused})),
        "claimed_count": len(rows),
        "manifest": fact.manifest,
        **_progress(rows),
    }


def _row(
    claim: Claim,
    manifest: tuple[EvidenceItem, ...],
    before: IndicatorRow | None,
    lapsed: tuple[str, ...],
) -> IndicatorRow:
    found = before.verdict if before else None
    has_lapsed = claim.indicator in lapsed
    evidence = {
        item.content.sha256
        for item in manifest
        if item.accepted and claim.indicator in item.indicators
    }
    return IndicatorRow(
        indicator=claim.indicator,
        claimed_level=claim.level,
        basis=claim.basis,
        subtype=claim.subtype,
        evidence=tuple(sorted(evidence)),
        verdict=None if has_lapsed else found,
        lapsed=found if has_lapsed else None,
    )


def _with_verdict(rows: tuple[IndicatorRow, ...], verdict: Verdict) -> tuple[IndicatorRow, ...]:
    return tuple(
        row.model_copy(update={"verdict": verdict}) if row.indicator == verdict.indicator else row
        for row in rows
    )


def _progress(rows: tuple[IndicatorRow, ...]) -> dict[str, Any]:
    verdicts = [row.verdict for row in rows if row.verdict]
    return {
        "indicators": rows,
        "decided_count": len(verdicts),
        "deciders": tuple(sorted({verdict.decided_by for verdict in verdicts})),
    }


def _received(view: DossierView, fact: RevisionReceived) -> dict[str, Any]:
    recused = [recusal.verifier_id for recusal in view.recusals]
    return {
        **ended(view, received_at=fact.at),
        **NO_LEASE,
        **_content(fact, view.indicators, recused),
    }


def _recused(view: DossierView, fact: VerifierRecused) -> dict[str, Any]:
    row = RecusalRow(verifier_id=fact.verifier_id, reason=fact.reason, at=fact.at)
    is_holder = view.lease_holder == fact.verifier_id
    return {
        "recusals": (*view.recusals, row),
        "excluded": tuple(sorted({*view.excluded, fact.verifier_id})),
        **({"state": "open", **NO_LEASE} if is_holder else {}),
    }


def _corrected(view: DossierView, fact: VerdictCorrected) -> dict[str, Any]:
    rows = {row.indicator: row for row in view.indicators}
    known = rows.get(fact.corrected.indicator)
    correction = CorrectionRow(
        objection_id=fact.objection_id,
        competition_id=fact.competition_id,
        before=known.verdict if known else None,
        after=fact.corrected,
    )
    return {
        **_progress(_with_verdict(view.indicators, fact.corrected)),
        "deciders": fact.deciders,
        "corrections": (*view.corrections, correction),
    }


DOSSIERS = Projection(
    "dossiers",
    DOSSIER,
    DossierView,
    fold,
    (
        ("opened_at",),
        ("state", "opened_at"),
        ("state", "due"),
        ("lease_holder", "opened_at"),
        ("agency_id", "opened_at"),
    ),
)
