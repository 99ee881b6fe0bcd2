"""What is true of a dossier, folded from its facts."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import (
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
    Subject,
    Verdict,
    VerdictCorrected,
    VerifierRecused,
)


@dataclass(frozen=True, slots=True)
class Case:
    """What came in and what has been found so far. `verdicts` stand in order of indicator.

    `announced` is the latest round that was said to be on its way, 0 if none ever was.
    """

    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    verdicts: tuple[Verdict, ...] = ()
    revisions: int = 0
    announced: int = 0
    recused: frozenset[str] = frozenset()

    @property
    def dossier_id(self) -> str:
        return self.about.innovation_id

    @property
    def deciders(self) -> tuple[str, ...]:
        return tuple(sorted({verdict.decided_by for verdict in self.verdicts}))

    def verdict(self, indicator: str) -> Verdict | None:
        return next((found for found in self.verdicts if found.indicator == indicator), None)

    def claim(self, indicator: str) -> Claim | None:
        """The claim, if anything above level 0 is claimed."""
        found = (claim for claim in self.claims if claim.indicator == indicator and claim.level)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Lease:
    """Only who holds the token may save, and only until `until`."""

    holder: str
    agency: str | None
    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class InReview:
    """Waiting for a verifier, or held by one."""

    case: Case
    lease: Lease | None = None


@dataclass(frozen=True, slots=True)
class WaitingForRevision:
    """`due` is when the agency must have answered or, once it has, its last files be there."""

    case: Case
    due: datetime

    @property
    def is_announced(self) -> bool:
        return self.case.announced > self.case.round


@dataclass(frozen=True, slots=True)
class Verified:
    """`deciders` are all who decided in what was verified, or verified it; corrections included."""

    case: Case
    deciders: tuple[str, ...]
    objections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Withdrawn:
    pass


Live = InReview | WaitingForRevision | Verified
State = Missing | Live | Withdrawn


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
    fact: RevisionReceived
    | DossierLeased
    | DossierReleased
    | IndicatorDecided
    | RevisionRequested
    | RevisionAnnounced
    | RevisionLapsed
    | DossierVerified
    | VerifierRecused
    | VerdictCorrected,
) -> State:
    case = state.case
    match fact:
        case RevisionReceived():
            return InReview(_received(case, fact))
        case DossierLeased():
            lease = Lease(fact.verifier_id, fact.verifier_agency, fact.token, fact.until)
            return InReview(case, lease)
        case DossierReleased() | RevisionLapsed():
            return InReview(case)
        case IndicatorDecided():
            return InReview(_decided(case, fact.verdict), _renewed(fact))
        case RevisionRequested():
            return WaitingForRevision(replace(case, revisions=case.revisions + 1), fact.due)
        case RevisionAnnounced():
            return WaitingForRevision(replace(case, announced=fact.round), fact.until)
        case DossierVerified():
            return Verified(replace(case, verdicts=fact.verdicts), fact.deciders)
        case VerifierRecused():
            return _without(state, fact.verifier_id)
        case VerdictCorrected():
            objections = state.objections if isinstance(state, Verified) else frozenset[str]()
            corrected = replace(case, verdicts=fact.verdicts)
            return Verified(corrected, fact.deciders, objections | {fact.objection_id})
        case _:
            assert_never(fact)


def _received(case: Case, fact: RevisionReceived) -> Case:
    standing = tuple(each for each in case.verdicts if each.indicator not in fact.lapsed)
    return replace(
        case,
        about=fact.about,
        round=fact.round,
        claims=fact.claims,
        manifest=fact.manifest,
        verdicts=standing,
    )


def _decided(case: Case, verdict: Verdict) -> Case:
    others = (each for each in case.verdicts if each.indicator != verdict.indicator)
    verdicts = sorted((*others, verdict), key=lambda each: each.indicator)
    return replace(case, verdicts=tuple(verdicts))


def _renewed(fact: IndicatorDecided) -> Lease:
    verdict = fact.verdict
    return Lease(verdict.decided_by, verdict.decided_by_agency, fact.token, fact.lease_until)


def _without(state: Live, verifier_id: str) -> State:
    """The recused verifier loses the lease, if it was theirs."""
    case = replace(state.case, recused=state.case.recused | {verifier_id})
    if isinstance(state, InReview) and state.lease and state.lease.holder == verifier_id:
        return InReview(case)
    return replace(state, case=case)
