"""What verification says: one dossier an innovation, decided indicator by indicator."""

from shared.events.base import Aggregate, facts_of
from shared.events.verification.access import ACCESS, AccessEvent, EvidenceOpened
from shared.events.verification.checking import (
    AdmissibilityRechecked,
    DiscrepancyResolved,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    QualityRulePublished,
)
from shared.events.verification.intake import (
    DossierOpened,
    DossierWithdrawn,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
)
from shared.events.verification.leases import (
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
    VerifierRecused,
)
from shared.events.verification.review import (
    AdmissibilityDecided,
    DossierRejected,
    DossierVerified,
    FieldVisitRecorded,
    IndicatorDecided,
    RevisionRequested,
    VerdictCorrected,
)
from shared.events.verification.subject import (
    Admissibility,
    CheckReason,
    Criterion,
    CriterionFinding,
    Place,
    QualityRule,
    RevisionItem,
    Subject,
    Verdict,
    VisitFinding,
    VisitOutcome,
)
from shared.events.verification.verifiers import (
    ConflictDeclared,
    ConflictEnded,
    VerifierDescribed,
    verifier_key,
)

DossierEvent = (
    DossierOpened
    | RevisionReceived
    | DossierLeased
    | LeaseRenewed
    | DossierReleased
    | DossierHandedOver
    | LeaseRevoked
    | AdmissibilityDecided
    | IndicatorDecided
    | RevisionRequested
    | RevisionAnnounced
    | RevisionLapsed
    | FieldVisitRecorded
    | QualityCheckDrawn
    | AdmissibilityRechecked
    | IndicatorRechecked
    | QualityCheckDecided
    | DiscrepancyResolved
    | DossierVerified
    | DossierRejected
    | VerifierRecused
    | DossierWithdrawn
    | VerdictCorrected
)
VerifierEvent = VerifierDescribed | ConflictDeclared | ConflictEnded
QualityEvent = QualityRulePublished

DOSSIER = Aggregate[DossierEvent]("verification", "dossier", facts_of(DossierEvent))
VERIFIER = Aggregate[VerifierEvent]("verification", "verifier", facts_of(VerifierEvent))
QUALITY = Aggregate[QualityEvent]("verification", "quality", facts_of(QualityEvent))
"""One a season: the rules by which reviews are drawn for a second look."""

AGGREGATES = (DOSSIER, VERIFIER, QUALITY, ACCESS)

__all__ = [
    "ACCESS",
    "AGGREGATES",
    "DOSSIER",
    "QUALITY",
    "VERIFIER",
    "AccessEvent",
    "Admissibility",
    "AdmissibilityDecided",
    "AdmissibilityRechecked",
    "CheckReason",
    "ConflictDeclared",
    "ConflictEnded",
    "Criterion",
    "CriterionFinding",
    "DiscrepancyResolved",
    "DossierEvent",
    "DossierHandedOver",
    "DossierLeased",
    "DossierOpened",
    "DossierRejected",
    "DossierReleased",
    "DossierVerified",
    "DossierWithdrawn",
    "EvidenceOpened",
    "FieldVisitRecorded",
    "IndicatorDecided",
    "IndicatorRechecked",
    "LeaseRenewed",
    "LeaseRevoked",
    "Place",
    "QualityCheckDecided",
    "QualityCheckDrawn",
    "QualityEvent",
    "QualityRule",
    "QualityRulePublished",
    "RevisionAnnounced",
    "RevisionItem",
    "RevisionLapsed",
    "RevisionReceived",
    "RevisionRequested",
    "Subject",
    "Verdict",
    "VerdictCorrected",
    "VerifierDescribed",
    "VerifierEvent",
    "VerifierRecused",
    "VisitFinding",
    "VisitOutcome",
    "verifier_key",
]
