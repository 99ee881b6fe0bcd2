"""What may happen to a dossier, and what is true of it after. Pure."""

from services.verification.domain.admissibility import CRITERIA
from services.verification.domain.commands import (
    AcceptIndicators,
    AnnounceRevision,
    ClaimDossier,
    Command,
    CorrectVerdict,
    DecideAdmissibility,
    DecideIndicator,
    Granting,
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
from services.verification.domain.dossier import decider
from services.verification.domain.sampling import DEFAULT_RULE, Effective, rule_at
from services.verification.domain.states import State
from services.verification.domain.verdicts import REASONS

__all__ = [
    "CRITERIA",
    "DEFAULT_RULE",
    "REASONS",
    "AcceptIndicators",
    "AnnounceRevision",
    "ClaimDossier",
    "Command",
    "CorrectVerdict",
    "DecideAdmissibility",
    "DecideIndicator",
    "Effective",
    "Granting",
    "HandOver",
    "LapseRevision",
    "OpenDossier",
    "ReceiveRevision",
    "RecordVisit",
    "Recuse",
    "ReleaseDossier",
    "RenewLease",
    "RequestRevision",
    "ResolveDiscrepancy",
    "RevokeLease",
    "State",
    "VerifyDossier",
    "WithdrawDossier",
    "decider",
    "rule_at",
]
