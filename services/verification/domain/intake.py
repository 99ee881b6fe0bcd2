"""What the agency, an objection or the calendar does to a dossier: facts from outside."""

from typing import assert_never

from services.verification.domain.commands import (
    AnnounceRevision,
    CorrectVerdict,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    WithdrawDossier,
)
from services.verification.domain.states import (
    Case,
    Disputed,
    InReview,
    Missing,
    Rejected,
    State,
    UnderCheck,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from services.verification.domain.verdicts import corrected, stands
from shared.errors import Refused
from shared.events.submission import profile_digest
from shared.events.verification import (
    DossierEvent,
    DossierOpened,
    DossierWithdrawn,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    VerdictCorrected,
)


def open_dossier(command: OpenDossier | ReceiveRevision, state: State) -> list[DossierEvent]:
    if not isinstance(state, Missing):
        return []
    return [
        DossierOpened(
            by=command.by,
            at=command.at,
            dossier_id=command.about.innovation_id,
            about=command.about,
            round=command.round,
            claims=command.claims,
            manifest=command.manifest,
        )
    ]


def announce(command: AnnounceRevision, state: State) -> list[DossierEvent]:
    """Its files are worth waiting for, also where the request has lapsed meanwhile."""
    match state:
        case Missing() | Withdrawn():
            return []
        case (
            Verified() | Rejected() | InReview() | WaitingForRevision() | UnderCheck() | Disputed()
        ):
            case = state.case
            if command.round <= max(case.round, case.announced):
                return []
            if isinstance(state, Verified | Rejected):
                raise _too_late(command.round, state)
            return [
                RevisionAnnounced(
                    by=command.by,
                    at=command.at,
                    dossier_id=case.dossier_id,
                    innovation_id=case.about.innovation_id,
                    round=command.round,
                    until=command.until,
                )
            ]
        case _:
            assert_never(state)


def receive(command: ReceiveRevision, state: State) -> list[DossierEvent]:
    """A later round. It may find nothing, if the first one could not be taken in.

    Under a quality check the first review is open again: what was checked has changed.
    """
    match state:
        case Missing():
            return open_dossier(command, state)
        case Withdrawn():
            return []
        case (
            Verified() | Rejected() | InReview() | WaitingForRevision() | UnderCheck() | Disputed()
        ):
            if command.round <= state.case.round:
                return []
            if isinstance(state, Verified | Rejected):
                raise _too_late(command.round, state)
            return [_received(command, state.case)]
        case _:
            assert_never(state)


def _too_late(round: int, state: Verified | Rejected) -> Refused:
    return Refused(
        "dossier_verified" if isinstance(state, Verified) else "dossier_rejected",
        "The review had ended before this revision came in.",
        round=round,
    )


def _received(command: ReceiveRevision, case: Case) -> RevisionReceived:
    lapsed = tuple(
        verdict.indicator
        for verdict in case.verdicts
        if not stands(verdict, command.claims, command.manifest)
    )
    return RevisionReceived(
        by=command.by,
        at=command.at,
        dossier_id=case.dossier_id,
        about=command.about,
        round=command.round,
        claims=command.claims,
        manifest=command.manifest,
        lapsed=lapsed,
        profile_digest=profile_digest(command.about.profile),
    )


def lapse(command: LapseRevision, state: State) -> list[DossierEvent]:
    """Who asks may not have heard yet that the dossier waits for longer, or for something else."""
    if not isinstance(state, WaitingForRevision):
        return []
    if (state.case.round, state.due) != (command.round, command.due):
        return []
    if command.at <= state.due:
        raise Refused(
            "revision_not_due",
            "The agency may still answer the revision request.",
            due=state.due.isoformat(),
        )
    dossier_id = state.case.dossier_id
    return [
        RevisionLapsed(by=command.by, at=command.at, dossier_id=dossier_id, round=command.round)
    ]


def withdraw(command: WithdrawDossier, state: State) -> list[DossierEvent]:
    """Also before anything came in: a withdrawal may overtake the submission it follows."""
    if isinstance(state, Withdrawn):
        return []
    return [
        DossierWithdrawn(
            by=command.by, at=command.at, dossier_id=command.dossier_id, reason=command.reason
        )
    ]


def correct(command: CorrectVerdict, state: State) -> list[DossierEvent]:
    if not isinstance(state, Verified):
        raise Refused(
            "dossier_not_verified", "Only the verdicts of a verified dossier can be corrected."
        )
    if command.objection_id in state.objections:
        return []
    if command.decided_by in state.deciders:
        raise Refused(
            "decider_not_independent",
            "An objection is decided by somebody who decided nothing in the dossier before.",
            decided_by=command.decided_by,
        )
    case = state.case
    verdict = corrected(command, case)
    others = [each for each in case.verdicts if each.indicator != verdict.indicator]
    return [
        VerdictCorrected(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            competition_id=command.competition_id,
            objection_id=command.objection_id,
            corrected=verdict,
            about=case.about,
            round=case.round,
            claims=case.claims,
            verdicts=tuple(sorted([*others, verdict], key=lambda each: each.indicator)),
            deciders=tuple(sorted({*state.deciders, command.decided_by})),
        )
    ]
