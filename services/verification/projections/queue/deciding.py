"""Which decisions stand, and what of them the queue may tell. Pure."""

from collections.abc import Iterable
from typing import assert_never

from services.verification.projections.leases import Change
from services.verification.projections.queue.leasing import NO_LEASE
from services.verification.projections.queue.row import ADMISSIBILITY, Decision, QueueView
from shared.events.submission import profile_digest
from shared.events.verification import (
    Admissibility,
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierRejected,
    DossierVerified,
    IndicatorDecided,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    RevisionReceived,
    Verdict,
    VerdictCorrected,
)

Deciding = (
    AdmissibilityDecided | IndicatorDecided | DossierVerified | DossierRejected | VerdictCorrected
)
Checking = (
    QualityCheckDrawn
    | AdmissibilityRechecked
    | IndicatorRechecked
    | QualityCheckDecided
    | DiscrepancyResolved
)


def decided(row: QueueView, fact: Deciding) -> Change:
    match fact:
        case AdmissibilityDecided():
            return {**_admitted(row, fact.admissibility), **_took_part(row, fact)}
        case IndicatorDecided():
            return {**_granted(row, fact.verdict), **_took_part(row, fact)}
        case DossierVerified():
            return {"state": "verified", **NO_LEASE, **_verified(row, fact)}
        case DossierRejected():
            return {"state": "rejected", **NO_LEASE, **_admitted(row, fact.admissibility)}
        case VerdictCorrected():
            return _granted(row, fact.corrected)
        case _:
            assert_never(fact)


def _took_part(row: QueueView, fact: AdmissibilityDecided | IndicatorDecided) -> Change:
    reviewers = tuple(sorted({*row.reviewers, fact.by}))
    return {"reviewers": reviewers, "lease_until": fact.lease_until}


def checked(row: QueueView, fact: Checking) -> Change:
    match fact:
        case QualityCheckDrawn():
            first = {*row.reviewers, fact.reviewed_by}
            waits = {"state": "checking", "waiting_since": fact.at, **NO_LEASE}
            return {**waits, "first": tuple(sorted(first)), "rechecked": ()}
        case AdmissibilityRechecked():
            found = (ADMISSIBILITY, fact.admissibility.decided_by)
            return _rechecked(row, fact, found)
        case IndicatorRechecked():
            return _rechecked(row, fact, _of(fact.verdict))
        case QualityCheckDecided():
            disputed: Change = {"state": "disputed", "waiting_since": fact.at}
            return {**NO_LEASE, **(disputed if fact.differing else {})}
        case DiscrepancyResolved():
            return {}
        case _:
            assert_never(fact)


def standing_after(row: QueueView, fact: RevisionReceived, claimed: tuple[str, ...]) -> Change:
    """What was found of the same evidence, and of the same profile, stands."""
    digest = fact.profile_digest or profile_digest(fact.about.profile)
    kept = {*claimed} - {*fact.lapsed}
    if row.admitted_profile == digest:
        kept.add(ADMISSIBILITY)
    standing = tuple(each for each in row.standing if each[0] in kept)
    return {
        "standing": standing,
        "admitted_profile": digest if ADMISSIBILITY in dict(standing) else "",
    }


def _admitted(row: QueueView, found: Admissibility) -> Change:
    return {
        "standing": _with(row.standing, (ADMISSIBILITY, found.decided_by)),
        "admitted_profile": found.profile_digest,
    }


def _granted(row: QueueView, verdict: Verdict) -> Change:
    if verdict.indicator not in row.claimed:
        return {}
    return {"standing": _with(row.standing, _of(verdict))}


def _verified(row: QueueView, fact: DossierVerified) -> Change:
    """Of two reviews, or three, the fact says which verdicts stand."""
    verdicts = tuple(_of(each) for each in fact.verdicts if each.indicator in row.claimed)
    others = tuple(each for each in row.standing if each[0] == ADMISSIBILITY)
    found = row.model_copy(update={"standing": (*others, *verdicts)})
    if fact.admissibility is None:
        return {"standing": found.standing}
    return _admitted(found, fact.admissibility)


def _rechecked(
    row: QueueView, fact: AdmissibilityRechecked | IndicatorRechecked, found: Decision
) -> Change:
    return {"rechecked": _with(row.rechecked, found), "lease_until": fact.lease_until}


def _of(verdict: Verdict) -> Decision:
    return verdict.indicator, verdict.decided_by


def _with(known: Iterable[Decision], found: Decision) -> tuple[Decision, ...]:
    return tuple(sorted({**dict(known), found[0]: found[1]}.items()))
