"""Fields that facts of before do not have, with what facts of today say in them."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from pydantic import BaseModel

from shared.events.awards import (
    CategoryRule,
    CompetitionRules,
    Entry,
    FundRegistered,
    MoneyAllocated,
    PastWinnerRule,
    Pool,
    Prize,
    Recipient,
    RoundOpened,
    RoundRule,
)
from shared.events.scoring import (
    EntryMean,
    InnovationCounted,
    InnovationScored,
    JudgeSeverity,
    PanelOpened,
    PanelRule,
    ScoredRow,
    ScoresRevealed,
)
from shared.events.submission import (
    AgencyRenamed,
    Claim,
    EvidenceAccepted,
    EvidenceItem,
    FileProperties,
    InnovationDrafted,
    InnovationReopened,
    InnovationSubmitted,
    IntellectualProperty,
    Profile,
    SeasonOpened,
    SubmissionCompleted,
    VerificationConcluded,
    profile_digest,
)
from shared.events.verification import (
    DossierVerified,
    Place,
    QualityRule,
    RevisionReceived,
    RevisionRequested,
    Subject,
    Verdict,
)
from tests.contract.examples import base, submission
from tests.contract.examples.base import on
from tests.contract.examples.checking import ADMISSIBLE, DRAW

EARLIER = "30b1c2d3-4e5f-5a6b-8c7d-8e9f0a1b2c3d"
OWNER: dict[str, Any] = {"agency_kind": "health_centre", "lineage": (EARLIER,)}
PROJECT: dict[str, Any] = {"classification": "pelayanan", "change_project": "pkp"}
PAGES = FileProperties(pages=12)
CARRIED = submission.DECREE.model_copy(update={"carried_from": EARLIER})
RULE = PanelRule(
    combine="trimmed_mean",
    third_reading_above=Decimal("20"),
    reserve_judges=("p-juri-politeknik",),
    official="severity_adjusted",
    minimum_sample=3,
    criteria_total=40,
)
POOL = Pool(
    label="Insentif",
    fund_id="bank-kalsel-2026",
    amount_rupiah=50_000_000,
    by="shares",
    to_rank=3,
    shares=(3, 2, 1),
)
SHARED: Mapping[type[BaseModel], dict[str, Any]] = {
    SeasonOpened: {
        "grace_minutes": 30,
        "endorsement_required": True,
        "time_zone": "Asia/Jakarta",
        "obliged_kinds": ("agency", "health_centre"),
    },
    AgencyRenamed: {"letter_number": "Perbup 12/2026", "effective_on": date(2026, 3, 1)},
    InnovationDrafted: {
        **OWNER,
        "developed_from": EARLIER,
        "claims": (Claim(indicator="SID-01", level=2),),
        "carried": (CARRIED,),
    },
    Profile: {
        **PROJECT,
        "priority_goals": ("asta_cita_4",),
        "priority_program": "Penurunan stunting",
        "collaborators": ("PKK Kecamatan Kandangan",),
        "intellectual_property": (IntellectualProperty(kind="copyright", number="EC00202412345"),),
    },
    EvidenceItem: {
        "declared_by": base.DRAFTER,
        "properties": PAGES,
        "carried_from": EARLIER,
    },
    EvidenceAccepted: {"properties": PAGES},
    InnovationSubmitted: {
        **OWNER,
        "pending": ("e-video",),
        "complete_by": on(6, 1),
        "content_digest": base.PHOTO,
        "endorsed_by": base.HEAD,
    },
    SubmissionCompleted: OWNER,
    InnovationReopened: {"fields": ("benefit",)},
    VerificationConcluded: {"rejected": True},
    Subject: OWNER,
    RevisionReceived: {"profile_digest": profile_digest(submission.PROFILE)},
    Verdict: {"place": Place(sha256=base.DECREE, page=2)},
    RevisionRequested: {"fields": ("benefit",)},
    DossierVerified: {
        "admissibility": ADMISSIBLE,
        "rule": QualityRule(sample_permille=150, large_change=2),
        "draw": DRAW,
    },
}
SCORED: Mapping[type[BaseModel], dict[str, Any]] = {
    InnovationScored: {**OWNER, **PROJECT},
    ScoredRow: {
        "decided_at": on(6, 8),
        "basis": "a",
        "subtype": "perbup",
        "note": "Baru berupa Keputusan Kepala Puskesmas.",
    },
    InnovationCounted: {"claimed_maturity": Decimal("92.00")},
    PanelOpened: {"rule": RULE},
    PanelRule: RULE.model_dump(),
    ScoresRevealed: {
        "severities": (JudgeSeverity(judge_id=base.JUDGE, entries=5, severity=Decimal("-1.25")),)
    },
    EntryMean: {
        "lowest": Decimal("80.00"),
        "highest": Decimal("92.50"),
        "third_reading": True,
        "adjusted": Decimal("87.58"),
    },
}
AWARDED: Mapping[type[BaseModel], dict[str, Any]] = {
    CompetitionRules: {
        "objection_calendar": "working_days",
        "holidays": (date(2026, 8, 17),),
        "public_test_days": 5,
        "decision_days": 14,
        "minutes_signatures": 3,
        "ties": "split",
        "fiscal_year": 2026,
        "cap_per_recipient_rupiah": 30_000_000,
    },
    CategoryRule: {
        "without": ("hss",),
        "regions": ("hst",),
        "agency_kinds": ("health_centre",),
        "classifications": ("pelayanan",),
        "change_projects": ("pka", "pkp"),
        "by_hand_only": True,
        "rounds_total": 1000,
        "pools": (POOL,),
        "recipient": "team",
        "past_winners": PastWinnerRule(competitions=("kia-2025",), up_to_rank=3, lineage=False),
    },
    RoundRule: {"kind": "presentation", "panel": RULE},
    Prize: {"to": "other_finalists", "amount_is": "net"},
    Entry: {"region_id": "hss", **OWNER},
    RoundOpened: {"panel_rule": RULE},
    FundRegistered: {"cut_off": date(2026, 12, 15)},
    MoneyAllocated: {
        "recipient": Recipient(
            recipient_id="warga-noor-hidayah", kind="person", taxed_as="person", parts=2
        ),
        "tax_rupiah": 1_250_000,
        "net_rupiah": 23_750_000,
        "tax_rule": "PPh 21 Art. 17: 5/15/25/30/35 % in layers of the undivided gross",
        "tax_table": "2024-r1",
        "tax_digest": base.EDITION,
        "uncapped_rupiah": 40_000_000,
    },
}
SAID_LATER = {**SHARED, **SCORED, **AWARDED}
