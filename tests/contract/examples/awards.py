"""Examples of what awards says: Kalsel Innovation Award 2026 and its uang pembinaan."""

from datetime import date
from decimal import Decimal

from shared.events.awards import (
    COMPETITION,
    FUND,
    AllocationApproved,
    AllocationPaid,
    AllocationReversed,
    CategoryRule,
    CompetitionAnnounced,
    CompetitionRules,
    Entry,
    EntryCorrected,
    EntryDisqualified,
    EntryEnrolled,
    FundRegistered,
    MoneyAllocated,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
    Prize,
    RankedEntry,
    ResultsDetermined,
    ResultsDrafted,
    ResultsPublished,
    RoundClosed,
    RoundOpened,
    RoundRule,
    RoundScore,
    TieResolved,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on
from tests.contract.examples.scoring import CRITERION, MEAN, PANEL_FACTS, PANEL_KEY

RULES = CompetitionRules(
    categories=(
        CategoryRule(
            code="puskesmas",
            name="Puskesmas",
            within="kalsel",
            initiators=("perangkat_daerah",),
            minimum_maturity=Decimal("60"),
            rounds=(
                RoundRule(
                    code="administrasi",
                    name="Administrasi",
                    scored_by="maturity",
                    weight=40,
                    advance=10,
                ),
                RoundRule(
                    code="final",
                    name="Presentasi dan wawancara",
                    scored_by="panel",
                    weight=60,
                    pass_mark=Decimal("70"),
                    criteria=(CRITERION,),
                    judges=(base.JUDGE,),
                ),
            ),
            prizes=(
                Prize(
                    rank=1,
                    label="Juara I",
                    fund_id="apbd-2026",
                    amount_rupiah=25_000_000,
                    in_kind="Piala bergilir",
                ),
            ),
        ),
    ),
    tie_breaks=("last_round", "verified_maturity"),
    objection_days=3,
)
ENTRY = Entry(
    innovation_id=base.INNOVATION,
    category="puskesmas",
    title="PADAT LANGSING",
    agency_id=base.PATH[-1],
    agency_path=base.PATH,
    drafters=(base.DRAFTER, base.HEAD),
    deciders=(base.VERIFIER,),
    scorecard_number=1,
    verified_maturity=Decimal("88.00"),
    evidence_acceptance=Decimal("0.95"),
)
SCORE = RoundScore(
    round="final", innovation_id=base.INNOVATION, score=Decimal("86.33"), advanced=True
)
RANKED = RankedEntry(
    innovation_id=base.INNOVATION,
    category="puskesmas",
    rank=1,
    final_score=Decimal("83.51"),
    round_scores=(SCORE,),
    tie_break=None,
)
PLACE = {"category": "puskesmas", "round": "final"}
OBJECTION = {
    "objection_id": "sanggah-001",
    "innovation_id": base.INNOVATION,
    "indicator": "SID-01",
    "reason": "Peraturan Bupati Nomor 14 Tahun 2024 sudah diunggah.",
}
ALLOCATION = "a-kia-2026-puskesmas-1"
COMPETITION_FACTS = (
    (
        CompetitionAnnounced,
        on(7, 20),
        {
            "name": "Kalsel Innovation Award 2026",
            "season_id": "2026",
            "rules": RULES,
            "rules_digest": base.PHOTO,
        },
    ),
    (EntryEnrolled, on(7, 21), {"entry": ENTRY, "reason": "", "by_agency": None}),
    (
        RoundOpened,
        on(8, 3),
        {
            **PLACE,
            "scored_by": "panel",
            "panel_id": PANEL_KEY,
            "criteria": (CRITERION,),
            "judges": (base.JUDGE,),
            "entries": PANEL_FACTS[0].model_dump()["entries"],
        },
    ),
    (
        RoundClosed,
        on(8, 8),
        {
            **PLACE,
            "means": (MEAN,),
            "scores": (SCORE,),
            "first_criterion": (MEAN,),
        },
    ),
    (
        EntryDisqualified,
        on(8, 9),
        {
            "innovation_id": base.SECOND,
            "ground": "duplicate",
            "reason": "Inovasi yang sama diajukan dua kali.",
            "by_agency": base.OFFICE,
        },
    ),
    (
        TieResolved,
        on(8, 10),
        {
            "category": "puskesmas",
            "order": (base.INNOVATION, base.SECOND),
            "reason": "Suara terbanyak rapat panitia, berita acara 005/2026.",
            "by_agency": base.OFFICE,
        },
    ),
    (
        ResultsDrafted,
        on(8, 11),
        {
            "version": 1,
            "cause": "first",
            "cause_id": None,
            "ranking": (RANKED,),
        },
    ),
    (ObjectionWindowOpened, on(8, 12), {"version": 1, "closes_at": on(8, 15, 15, 59)}),
    (
        ObjectionFiled,
        on(8, 13),
        {
            **OBJECTION,
            "level_sought": 3,
            "filed_by_agency": base.PATH[-1],
        },
    ),
    (
        ObjectionDecided,
        on(9, 9),
        {
            **OBJECTION,
            "granted": True,
            "level": 3,
            "decided_by_agency": None,
            "reason": "Peraturan Bupati ditemukan dalam bukti yang sama.",
        },
    ),
    (
        EntryCorrected,
        on(9, 9, 2),
        {
            "objection_id": "sanggah-001",
            "entry": ENTRY.model_copy(
                update={"scorecard_number": 2, "verified_maturity": Decimal("92.00")}
            ),
        },
    ),
    (
        ResultsDetermined,
        on(9, 20),
        {
            "version": 2,
            "decree_number": "188.44/0512/KUM/2026",
            "decree_date": date(2026, 9, 19),
        },
    ),
    (ResultsPublished, on(9, 21), {"version": 2, "ranking": (RANKED,)}),
)
FUND_FACTS = (
    (
        FundRegistered,
        on(2, 10),
        {
            "by": base.ADMIN,
            "name": "Uang pembinaan inovasi, APBD Provinsi 2026",
            "source_kind": "apbd",
            "account_code": "5.1.02.01.01.0052",
            "fiscal_year": 2026,
            "ceiling_rupiah": 150_000_000,
        },
    ),
    (
        MoneyAllocated,
        on(9, 22),
        {
            "allocation_id": ALLOCATION,
            "competition_id": "kia-2026",
            "results_version": 2,
            "category": "puskesmas",
            "rank": 1,
            "label": "Juara I",
            "innovation_id": base.INNOVATION,
            "agency_id": base.PATH[-1],
            "agency_path": base.PATH,
            "amount_rupiah": 25_000_000,
            "in_kind": "Piala bergilir",
            "allocated_rupiah": 25_000_000,
        },
    ),
    (
        AllocationApproved,
        on(9, 23),
        {"by": base.APPROVER, "allocation_id": ALLOCATION, "by_agency": base.OFFICE},
    ),
    (
        AllocationPaid,
        on(10, 5),
        {
            "by": base.TREASURER,
            "allocation_id": ALLOCATION,
            "reference": "SP2D 03417/LS/2026",
            "paid_on": date(2026, 10, 5),
        },
    ),
    (
        AllocationReversed,
        on(10, 6),
        {
            "allocation_id": "a-kia-2026-puskesmas-2",
            "amount_rupiah": 15_000_000,
            "reason": "Peserta didiskualifikasi.",
            "allocated_rupiah": 25_000_000,
        },
    ),
)

EXAMPLES = (
    *(
        Example(
            COMPETITION,
            "kia-2026",
            version,
            kind.model_validate(
                {"by": base.COMMITTEE, "at": at, "competition_id": "kia-2026", **content}
            ),
        )
        for version, (kind, at, content) in enumerate(COMPETITION_FACTS, start=1)
    ),
    *(
        Example(
            FUND,
            "apbd-2026",
            version,
            kind.model_validate(
                {"by": base.COMMITTEE, "at": at, "fund_id": "apbd-2026", **content}
            ),
        )
        for version, (kind, at, content) in enumerate(FUND_FACTS, start=1)
    ),
)
