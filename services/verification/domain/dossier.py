"""What may happen to a dossier. Pure."""

from typing import assert_never

from services.verification.domain import (
    admissibility,
    ending,
    intake,
    leasing,
    resolving,
    review,
)
from services.verification.domain.commands import (
    AcceptIndicators,
    AnnounceRevision,
    ClaimDossier,
    Command,
    CorrectVerdict,
    DecideAdmissibility,
    DecideIndicator,
    HandOver,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    RecordVisit,
    Recuse,
    ReleaseDossier,
    RenewLease,
    RequestRevision,
    ResolveDiscrepancy,
    RevokeLease,
    VerifyDossier,
    WithdrawDossier,
)
from services.verification.domain.evolving import evolve
from services.verification.domain.guards import check_unconflicted, live
from services.verification.domain.states import Missing, State
from shared.decider import Decider
from shared.events.verification import DossierEvent

Holding = ClaimDossier | RenewLease | ReleaseDossier | HandOver
Finding = DecideAdmissibility | DecideIndicator | AcceptIndicators | RequestRevision | RecordVisit
Ending = VerifyDossier | ResolveDiscrepancy


def decide(command: Command, state: State) -> list[DossierEvent]:
    match command:
        case OpenDossier():
            return intake.open_dossier(command, state)
        case AnnounceRevision():
            return intake.announce(command, state)
        case ReceiveRevision():
            return intake.receive(command, state)
        case LapseRevision():
            return intake.lapse(command, state)
        case WithdrawDossier():
            return intake.withdraw(command, state)
        case CorrectVerdict():
            return intake.correct(command, state)
        case RevokeLease():
            return leasing.revoke(command, state)
        case Recuse():
            return leasing.recuse(command, state)
        case _:
            return _reviewed(command, state)


def _reviewed(command: Holding | Finding | Ending, state: State) -> list[DossierEvent]:
    """Whoever is in conflict learns nothing, not even in which state the dossier is."""
    check_unconflicted(command, live(state).case)
    match command:
        case ClaimDossier():
            return leasing.claim(command, state)
        case RenewLease():
            return leasing.renew(command, state)
        case ReleaseDossier():
            return leasing.release(command, state)
        case HandOver():
            return leasing.hand_over(command, state)
        case VerifyDossier():
            return ending.verify(command, state)
        case ResolveDiscrepancy():
            return resolving.resolve(command, state)
        case _:
            return _found(command, state)


def _found(command: Finding, state: State) -> list[DossierEvent]:
    match command:
        case DecideAdmissibility():
            return admissibility.decide_admissibility(command, state)
        case DecideIndicator():
            return review.decide_indicator(command, state)
        case AcceptIndicators():
            return review.accept_indicators(command, state)
        case RequestRevision():
            return review.request_revision(command, state)
        case RecordVisit():
            return review.record_visit(command, state)
        case _:
            assert_never(command)


decider = Decider[Command, State, DossierEvent](Missing(), decide, evolve)
