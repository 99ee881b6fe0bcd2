"""Examples of the second look: admissible or not, drawn, rechecked, resolved, and by whom."""

from datetime import date

from shared.events.submission import profile_digest
from shared.events.verification import (
    DOSSIER,
    QUALITY,
    VERIFIER,
    Admissibility,
    AdmissibilityDecided,
    AdmissibilityRechecked,
    ConflictDeclared,
    ConflictEnded,
    CriterionFinding,
    DiscrepancyResolved,
    DossierHandedOver,
    DossierRejected,
    FieldVisitRecorded,
    IndicatorRechecked,
    LeaseRenewed,
    LeaseRevoked,
    Place,
    QualityCheckDecided,
    QualityCheckDrawn,
    QualityRule,
    QualityRulePublished,
    VerifierDescribed,
    VisitFinding,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on
from tests.contract.examples.submission import PROFILE
from tests.contract.examples.verification import ABOUT, IDS, LOWERED, TOKEN

SECOND_VERIFIER = "p-verifikator-balangan"
RESOLVER = "p-pengendali-mutu"
SECOND_TOKEN = "c3e5a7b9-2d4f-5b81-8c9e-1f3a5b7d9f21"
RULE = QualityRule(sample_permille=150, large_change=2)
DRAW = "21c4b0d7e9f3a5168293b4c5d6e7f80912a3b4c5d6e7f8091a2b3c4d5e6f7081"
MET = tuple(
    CriterionFinding(criterion=each, met=True)
    for each in ("renewal", "benefit", "no_burden", "own_authority", "replicable")
)
BURDENS = CriterionFinding(
    criterion="no_burden",
    met=False,
    note="Retribusi layanan dinaikkan; masyarakat terbebani.",
)
ADMISSIBLE = Admissibility(
    admissible=True,
    findings=MET,
    profile_digest=profile_digest(PROFILE),
    round=1,
    decided_by=base.VERIFIER,
    decided_by_agency="tapin-bappelitbang",
    decided_at=on(6, 2, 2),
)
INADMISSIBLE = ADMISSIBLE.model_copy(
    update={
        "admissible": False,
        "findings": (*MET[:2], BURDENS, *MET[3:]),
        "decided_by": SECOND_VERIFIER,
        "decided_by_agency": "balangan-bappedalitbang",
        "decided_at": on(6, 15, 2),
    }
)
RECHECKED = LOWERED.model_copy(
    update={
        "granted_level": 3,
        "reason_code": None,
        "note": "",
        "decided_by": SECOND_VERIFIER,
        "decided_by_agency": "balangan-bappedalitbang",
        "decided_at": on(6, 15, 3),
        "place": Place(sha256=base.DECREE, page=4),
    }
)
RESOLVED = LOWERED.model_copy(
    update={"decided_by": RESOLVER, "decided_by_agency": None, "decided_at": on(6, 17)}
)
BY_SECOND = {**IDS, "by": SECOND_VERIFIER, "token": SECOND_TOKEN}
OF_DOSSIER = (
    AdmissibilityDecided.model_validate(
        {
            **IDS,
            "at": on(6, 2, 2),
            "admissibility": ADMISSIBLE,
            "token": TOKEN,
            "lease_until": on(6, 2, 6),
        }
    ),
    LeaseRenewed.model_validate({**IDS, "at": on(6, 2, 4), "token": TOKEN, "until": on(6, 2, 8)}),
    DossierHandedOver.model_validate(
        {
            **IDS,
            "at": on(6, 12, 5),
            "token": TOKEN,
            "to": SECOND_VERIFIER,
            "until": on(6, 13, 5),
            "note": "Mohon dilanjutkan, saya cuti mulai besok.",
        }
    ),
    LeaseRevoked.model_validate(
        {
            **IDS,
            "by": RESOLVER,
            "at": on(6, 12, 6),
            "token": TOKEN,
            "holder": base.VERIFIER,
            "reason": "Verifikator sakit.",
            "to": SECOND_VERIFIER,
            "until": on(6, 13, 6),
        }
    ),
    FieldVisitRecorded.model_validate(
        {
            **IDS,
            "at": on(6, 12, 7),
            "visit_id": "5b7d9f21-3c4e-5a60-8b1d-2f4a6c8e0b13",
            "visited_on": date(2026, 6, 11),
            "participants": (base.VERIFIER, SECOND_VERIFIER),
            "findings": (
                VisitFinding(indicator="SID-18", outcome="confirmed"),
                VisitFinding(
                    indicator="SID-01",
                    outcome="partly_confirmed",
                    note="Peraturan masih berupa rancangan.",
                ),
            ),
            "note": "Puskesmas Kandangan, pukul 09.00 sampai 11.30 WITA.",
        }
    ),
    QualityCheckDrawn.model_validate(
        {
            **IDS,
            "at": on(6, 12, 8),
            "round": 2,
            "reasons": ("sample",),
            "draw": DRAW,
            "rule": RULE,
            "reviewed_by": base.VERIFIER,
        }
    ),
    AdmissibilityRechecked.model_validate(
        {
            **BY_SECOND,
            "at": on(6, 15, 2),
            "admissibility": INADMISSIBLE,
            "lease_until": on(6, 15, 6),
        }
    ),
    IndicatorRechecked.model_validate(
        {**BY_SECOND, "at": on(6, 15, 3), "verdict": RECHECKED, "lease_until": on(6, 15, 7)}
    ),
    QualityCheckDecided.model_validate(
        {
            **IDS,
            "by": SECOND_VERIFIER,
            "at": on(6, 15, 4),
            "round": 2,
            "checked_by": SECOND_VERIFIER,
            "compared": 3,
            "differing": ("SID-01",),
        }
    ),
    DiscrepancyResolved.model_validate(
        {
            **IDS,
            "by": RESOLVER,
            "at": on(6, 17),
            "round": 2,
            "admissibility": None,
            "verdicts": (RESOLVED,),
            "note": "Keputusan kepala daerah belum menjadi peraturan.",
        }
    ),
    DossierRejected.model_validate(
        {
            **IDS,
            "by": SECOND_VERIFIER,
            "at": on(6, 18),
            "about": ABOUT,
            "round": 2,
            "admissibility": INADMISSIBLE,
            "deciders": (SECOND_VERIFIER, base.VERIFIER),
        }
    ),
)
OF_VERIFIER = (
    VerifierDescribed(
        by=SECOND_VERIFIER,
        at=on(5, 4),
        verifier_id=SECOND_VERIFIER,
        agency_id="balangan-bappedalitbang",
        agency_path=("balangan", "balangan-bappedalitbang"),
        affairs=("kesehatan", "pendidikan"),
        capacity=5,
        active=True,
    ),
    ConflictDeclared(
        by=SECOND_VERIFIER,
        at=on(5, 5),
        verifier_id=SECOND_VERIFIER,
        agency_id="hss-disdik",
        reason="Suami menjabat sekretaris dinas.",
    ),
    ConflictEnded(
        by=SECOND_VERIFIER,
        at=on(11, 2),
        verifier_id=SECOND_VERIFIER,
        agency_id="hss-disdik",
        reason="Suami pindah tugas ke kementerian.",
    ),
)
PUBLISHED = QualityRulePublished(
    by=base.ADMIN,
    at=on(5, 1),
    season_id="2026",
    rule=RULE,
    effective_from=on(6, 1),
)

EXAMPLES = (
    *(Example(DOSSIER, base.INNOVATION, at, fact) for at, fact in enumerate(OF_DOSSIER, start=13)),
    *(Example(VERIFIER, SECOND_VERIFIER, at, fact) for at, fact in enumerate(OF_VERIFIER, start=1)),
    Example(QUALITY, "2026", 1, PUBLISHED),
)
