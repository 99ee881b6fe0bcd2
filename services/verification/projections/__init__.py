"""What verification shows: a document a dossier, a verifier, a season's rules, an agency. Pure."""

from services.verification.projections.folding import DOSSIERS, INDEXES, fold
from services.verification.projections.quality import QUALITY_RULES
from services.verification.projections.queue import QUEUE, QueueView
from services.verification.projections.rows import (
    CheckRow,
    ClaimChange,
    CorrectionRow,
    DossierStatus,
    EvidenceChange,
    FieldChange,
    IndicatorRow,
    RecusalRow,
    RevisionRow,
    RoundChanges,
    VisitRow,
)
from services.verification.projections.successions import SUCCESSIONS, SuccessionView
from services.verification.projections.verifiers import VERIFIERS
from services.verification.projections.views import DossierView, QualityView, RuleRow, VerifierView

PROJECTIONS = (QUEUE, DOSSIERS, VERIFIERS, QUALITY_RULES, SUCCESSIONS)

__all__ = [
    "DOSSIERS",
    "INDEXES",
    "PROJECTIONS",
    "QUALITY_RULES",
    "QUEUE",
    "SUCCESSIONS",
    "VERIFIERS",
    "CheckRow",
    "ClaimChange",
    "CorrectionRow",
    "DossierStatus",
    "DossierView",
    "EvidenceChange",
    "FieldChange",
    "IndicatorRow",
    "QualityView",
    "QueueView",
    "RecusalRow",
    "RevisionRow",
    "RoundChanges",
    "RuleRow",
    "SuccessionView",
    "VerifierView",
    "VisitRow",
    "fold",
]
