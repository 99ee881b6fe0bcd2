"""What may happen to a dossier, and what is true of it after. Pure."""

from services.verification.domain.commands import (
    AnnounceRevision,
    ClaimDossier,
    Command,
    CorrectVerdict,
    DecideIndicator,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    Recuse,
    ReleaseDossier,
    RequestRevision,
    VerifyDossier,
    WithdrawDossier,
)
from services.verification.domain.dossier import decider
from services.verification.domain.states import State
from services.verification.domain.verdicts import REASONS

__all__ = [
    "REASONS",
    "AnnounceRevision",
    "ClaimDossier",
    "Command",
    "CorrectVerdict",
    "DecideIndicator",
    "LapseRevision",
    "OpenDossier",
    "ReceiveRevision",
    "Recuse",
    "ReleaseDossier",
    "RequestRevision",
    "State",
    "VerifyDossier",
    "WithdrawDossier",
    "decider",
]
