"""From a dossier's facts to what is true of it."""

from dataclasses import replace
from typing import assert_never

from services.verification.domain.checking import checked, drawn, held, with_verdict
from services.verification.domain.states import (
    Case,
    Disputed,
    InHand,
    InReview,
    Lease,
    Live,
    Missing,
    Rejected,
    Reservation,
    State,
    UnderCheck,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from shared.events.verification import (
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

Leasing = DossierLeased | LeaseRenewed | DossierReleased | DossierHandedOver | LeaseRevoked
Deciding = AdmissibilityDecided | IndicatorDecided
Checking = (
    QualityCheckDrawn
    | AdmissibilityRechecked
    | IndicatorRechecked
    | QualityCheckDecided
    | DiscrepancyResolved
)
Revising = RevisionReceived | RevisionRequested | RevisionAnnounced | RevisionLapsed
Ending = DossierVerified | DossierRejected | VerdictCorrected


def evolve(state: State, fact: DossierEvent) -> State:
    match fact:
        case DossierOpened():
            return InReview(Case(fact.about, fact.round, fact.claims, fact.manifest))
        case DossierWithdrawn():
            return Withdrawn()
        case _:
            return state if isinstance(state, Missing | Withdrawn) else _went_on(state, fact)


def _went_on(
    state: Live,
    fact: Leasing | Deciding | Checking | Revising | Ending | FieldVisitRecorded | VerifierRecused,
) -> State:
    match fact:
        case VerifierRecused():
            return _without(state, fact.verifier_id)
        case FieldVisitRecorded():
            return replace(
                state, case=replace(state.case, visits=state.case.visits | {fact.visit_id})
            )
        case RevisionReceived() | RevisionRequested() | RevisionAnnounced() | RevisionLapsed():
            return _revised(state, fact)
        case DossierVerified() | DossierRejected() | VerdictCorrected():
            return _ended(state, fact)
        case AdmissibilityDecided() | IndicatorDecided():
            return _decided(state.case, fact)
        case QualityCheckDrawn():
            return UnderCheck(state.case, drawn(state.case, fact))
        case (
            AdmissibilityRechecked()
            | IndicatorRechecked()
            | QualityCheckDecided()
            | DiscrepancyResolved()
        ):
            return checked(state, fact) if isinstance(state, UnderCheck) else state
        case _:
            return _leased(state, fact) if isinstance(state, InReview | UnderCheck) else state


def _leased(state: InHand, fact: Leasing) -> State:
    match fact:
        case DossierLeased():
            lease = Lease(fact.verifier_id, fact.verifier_agency, fact.token, fact.until)
            return replace(state, lease=lease, reservation=None)
        case LeaseRenewed():
            return replace(state, lease=state.lease and replace(state.lease, until=fact.until))
        case DossierReleased():
            return replace(state, lease=None)
        case DossierHandedOver():
            return replace(state, lease=None, reservation=Reservation(fact.to, fact.until))
        case LeaseRevoked(to=str(to), until=until) if until is not None:
            return replace(state, lease=None, reservation=Reservation(to, until))
        case LeaseRevoked():
            return replace(state, lease=None)
        case _:
            assert_never(fact)


def _decided(case: Case, fact: Deciding) -> State:
    match fact:
        case AdmissibilityDecided(admissibility=found):
            lease = Lease(found.decided_by, found.decided_by_agency, fact.token, fact.lease_until)
            return InReview(
                replace(case, admissibility=found, reviewers=case.reviewers | {fact.by}), lease
            )
        case IndicatorDecided(verdict=verdict):
            after = replace(
                case,
                verdicts=with_verdict(case.verdicts, verdict),
                reviewers=case.reviewers | {fact.by},
            )
            return InReview(after, held(verdict, fact))
        case _:
            assert_never(fact)


def _revised(state: Live, fact: Revising) -> State:
    case = state.case
    match fact:
        case RevisionReceived():
            return InReview(_received(case, fact))
        case RevisionRequested():
            return WaitingForRevision(replace(case, revisions=case.revisions + 1), fact.due)
        case RevisionAnnounced():
            return WaitingForRevision(replace(case, announced=fact.round), fact.until, _back(state))
        case RevisionLapsed():
            back = state.back if isinstance(state, WaitingForRevision) else None
            return replace(back, case=case) if back else InReview(case)
        case _:
            assert_never(fact)


def _back(state: Live) -> UnderCheck | Disputed | None:
    """What goes on as it was if the announced files never come: a check, or a dispute."""
    if isinstance(state, WaitingForRevision):
        return state.back
    if isinstance(state, UnderCheck):
        return replace(state, lease=None, reservation=None)
    return state if isinstance(state, Disputed) else None


def _received(case: Case, fact: RevisionReceived) -> Case:
    """Of admissibility and verdicts stands what was found of the same profile and evidence."""
    standing = tuple(each for each in case.verdicts if each.indicator not in fact.lapsed)
    found = case.admissibility
    return replace(
        case,
        about=fact.about,
        round=fact.round,
        claims=fact.claims,
        manifest=fact.manifest,
        admissibility=found if found and found.profile_digest == fact.profile_digest else None,
        verdicts=standing,
    )


def _ended(state: Live, fact: Ending) -> State:
    case = state.case
    match fact:
        case DossierVerified():
            found = fact.admissibility or case.admissibility
            return Verified(
                replace(case, verdicts=fact.verdicts, admissibility=found), fact.deciders
            )
        case DossierRejected():
            return Rejected(replace(case, admissibility=fact.admissibility), fact.deciders)
        case VerdictCorrected():
            objections = state.objections if isinstance(state, Verified) else frozenset[str]()
            corrected = replace(case, verdicts=fact.verdicts)
            return Verified(corrected, fact.deciders, objections | {fact.objection_id})
        case _:
            assert_never(fact)


def _without(state: Live, verifier_id: str) -> State:
    """The recused verifier loses the lease, or the reservation, if it was theirs."""
    case = replace(state.case, recused=state.case.recused | {verifier_id})
    if not isinstance(state, InReview | UnderCheck):
        return replace(state, case=case)
    is_holder = state.lease is not None and state.lease.holder == verifier_id
    is_awaited = state.reservation is not None and state.reservation.person == verifier_id
    return replace(
        state,
        case=case,
        lease=None if is_holder else state.lease,
        reservation=None if is_awaited else state.reservation,
    )
