"""What verifiers do to a dossier: claim it, decide, ask for a revision, verify, step aside."""

from datetime import timedelta
from typing import assert_never

from services.verification.domain.commands import (
    ClaimDossier,
    DecideIndicator,
    Recuse,
    ReleaseDossier,
    RequestRevision,
    Reviewing,
    VerifyDossier,
)
from services.verification.domain.guards import (
    check_lease,
    check_revision,
    check_unconflicted,
    lease_refused,
    live,
    under_review,
)
from services.verification.domain.states import InReview, State, Verified
from services.verification.domain.verdicts import says_the_same, verdict_of
from shared.errors import Refused
from shared.events.verification import (
    DossierEvent,
    DossierLeased,
    DossierReleased,
    DossierVerified,
    IndicatorDecided,
    RevisionRequested,
    VerifierRecused,
)


def recuse(command: Recuse, state: State) -> list[DossierEvent]:
    """Who has decided something stays answerable for it and can no longer step aside."""
    case = live(state).case
    if command.by in case.recused:
        return []
    check_unconflicted(command, case)
    deciders = state.deciders if isinstance(state, Verified) else case.deciders
    if command.by in deciders:
        raise Refused(
            "already_decided",
            "You have decided in this dossier; declare a conflict before the first verdict.",
        )
    return [
        VerifierRecused(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            verifier_id=command.by,
            reason=command.reason,
        )
    ]


def review(command: Reviewing, state: State) -> list[DossierEvent]:
    check_unconflicted(command, live(state).case)
    match command:
        case ClaimDossier():
            return _claim(command, under_review(state))
        case ReleaseDossier():
            return _release(command, state)
        case DecideIndicator():
            return _decide_indicator(command, under_review(state))
        case RequestRevision():
            return _request_revision(command, state)
        case VerifyDossier():
            return _verify(command, state)
        case _:
            assert_never(command)


def _claim(command: ClaimDossier, state: InReview) -> list[DossierEvent]:
    """The holder may claim again: the new token takes the place of the old one."""
    lease = state.lease
    if lease and command.at < lease.until and lease.holder != command.by:
        raise Refused(
            "lease_held",
            "Another verifier is working on this dossier.",
            holder=lease.holder,
            until=lease.until.isoformat(),
        )
    return [
        DossierLeased(
            by=command.by,
            at=command.at,
            dossier_id=state.case.dossier_id,
            verifier_id=command.by,
            verifier_agency=command.agency,
            token=command.token,
            until=command.at + timedelta(seconds=command.lease_seconds),
        )
    ]


def _release(command: ReleaseDossier, state: State) -> list[DossierEvent]:
    if not isinstance(state, InReview) or state.lease is None:
        return []
    if (state.lease.holder, state.lease.token) != (command.by, command.token):
        raise lease_refused()
    return [
        DossierReleased(
            by=command.by,
            at=command.at,
            dossier_id=state.case.dossier_id,
            token=command.token,
            note=command.note,
        )
    ]


def _decide_indicator(command: DecideIndicator, state: InReview) -> list[DossierEvent]:
    check_lease(command, state)
    verdict = verdict_of(command, state.case)
    if says_the_same(verdict, state.case.verdict(command.indicator)):
        return []
    return [
        IndicatorDecided(
            by=command.by,
            at=command.at,
            dossier_id=state.case.dossier_id,
            verdict=verdict,
            token=command.token,
            lease_until=command.at + timedelta(seconds=command.lease_seconds),
        )
    ]


def _request_revision(command: RequestRevision, state: State) -> list[DossierEvent]:
    reviewed = under_review(state)
    case = reviewed.case
    check_lease(command, reviewed)
    check_revision(command, case)
    return [
        RevisionRequested(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            innovation_id=case.about.innovation_id,
            round=case.round,
            items=command.items,
            message=command.message,
            due=command.due,
            fields=command.fields,
        )
    ]


def _verify(command: VerifyDossier, state: State) -> list[DossierEvent]:
    if isinstance(state, Verified):
        return []
    reviewed = under_review(state)
    case = reviewed.case
    check_lease(command, reviewed)
    undecided = tuple(
        claim.indicator
        for claim in case.claims
        if claim.level and case.verdict(claim.indicator) is None
    )
    if undecided:
        raise Refused(
            "indicators_undecided",
            "Every indicator that was claimed needs a verdict first.",
            indicators=undecided,
        )
    return [
        DossierVerified(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            about=case.about,
            round=case.round,
            claims=case.claims,
            verdicts=case.verdicts,
            deciders=tuple(sorted({*case.deciders, command.by})),
        )
    ]
