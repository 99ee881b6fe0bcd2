"""What may happen to a dossier. Pure."""

from services.verification.domain import intake, review
from services.verification.domain.commands import (
    AnnounceRevision,
    Command,
    CorrectVerdict,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    Recuse,
    WithdrawDossier,
)
from services.verification.domain.states import Missing, State, evolve
from shared.decider import Decider
from shared.events.verification import DossierEvent


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
        case Recuse():
            return review.recuse(command, state)
        case _:
            return review.review(command, state)


decider = Decider[Command, State, DossierEvent](Missing(), decide, evolve)
