"""A competition that was judged, disputed, decreed and paid, as facts of a stream."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

from services.awards.api.papers import Asked, Past
from shared.editions.taxes import load_table
from shared.events.awards import (
    COMPETITION,
    FUND,
    TAX,
    AllocationApproved,
    AllocationPaid,
    CompetitionAnnounced,
    DocumentIssued,
    DoubtDecided,
    DoubtFiled,
    Entry,
    EntryDisqualified,
    EntryEnrolled,
    FundRegistered,
    MinutesSigned,
    MoneyAllocated,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionWindowOpened,
    Prize,
    RankedEntry,
    Recipient,
    RecipientsNamed,
    ResultsDetermined,
    ResultsDrafted,
    RoundScore,
    TaxTableAdopted,
    TaxTableConfirmed,
    TieResolved,
)
from shared.events.base import Aggregate, Fact, Recorded
from shared.events.submission import AGENCY, AgencyRegistered, AgencyRenamed
from tests.builders.awards import CHAIR, COMPETITION_ID, MEMBER, PATH, TREASURER, category, rules

AT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
PAYEE, NAME, TAX_ID = "payee-7f3a", "Siti Rahmawati binti Umar", "6306010101900001"
NAMES = {PAYEE: NAME}
FUND_ID, BANK_ID, TABLE = "apbd-2026", "bank-2026", "2024-r1"
TABLE_DIGEST = load_table(TABLE).digest
PRIZES = (
    Prize(rank=1, label="Juara I", fund_id=FUND_ID, amount_rupiah=5_000_000),
    Prize(rank=2, label="Juara II", fund_id=FUND_ID, amount_rupiah=4_001_000),
    Prize(rank=3, label="Juara III", fund_id=FUND_ID, amount_rupiah=3_000_000),
    Prize(rank=1, label="Bonus", fund_id=BANK_ID, amount_rupiah=1_000_000, in_kind="Laptop"),
)
RULES = rules(category("skpd", prizes=PRIZES), category("umum", prizes=PRIZES[:1]))


def announced(**changes: Any) -> CompetitionAnnounced:
    values: dict[str, Any] = {
        "by": CHAIR,
        "at": AT - timedelta(days=60),
        "competition_id": COMPETITION_ID,
        "name": "Kalsel Innovation Award 2026",
        "season_id": "2026",
        "rules": RULES,
        "rules_digest": "a" * 64,
    }
    return CompetitionAnnounced(**{**values, **changes})


def entered(number: int, category: str = "skpd", **changes: Any) -> EntryEnrolled:
    values: dict[str, Any] = {
        "innovation_id": f"inov-{number}",
        "category": category,
        "title": f"Posyandu Digital {number}",
        "agency_id": "dinkes",
        "agency_path": PATH,
        "drafters": ("person-drafter",),
        "deciders": ("person-verifier",),
        "scorecard_number": 1,
        "verified_maturity": Decimal(80),
        "evidence_acceptance": Decimal(1),
    }
    entry = Entry(**{**values, **changes})
    return EntryEnrolled(
        by=CHAIR, at=AT - timedelta(days=50), competition_id=COMPETITION_ID, entry=entry, reason=""
    )


def place(number: int, rank: int, final: str, category: str = "skpd") -> RankedEntry:
    score = RoundScore(
        round="administrasi", innovation_id=f"inov-{number}", score=Decimal(final), advanced=True
    )
    return RankedEntry(
        innovation_id=f"inov-{number}",
        category=category,
        rank=rank,
        final_score=Decimal(final),
        round_scores=(score, score.model_copy(update={"round": "presentasi"})),
        tie_break="last_round" if rank == 2 else None,
    )


RANKING = (
    place(1, 1, "91.25"),
    place(2, 2, "82.00"),
    place(3, 3, "82.00"),
    place(9, 1, "70.5", "umum"),
)


def drafted(version: int = 1, **changes: Any) -> ResultsDrafted:
    values: dict[str, Any] = {
        "by": CHAIR,
        "at": AT - timedelta(days=20),
        "competition_id": COMPETITION_ID,
        "version": version,
        "cause": "first",
        "cause_id": None,
        "ranking": RANKING,
    }
    return ResultsDrafted(**{**values, **changes})


def of_competition(kind: type[Any], **fields: Any) -> Any:
    return kind(**{"by": CHAIR, "at": AT, "competition_id": COMPETITION_ID, **fields})


SIGNED = of_competition(
    MinutesSigned, version=1, ranking_digest="b" * 64, function="Ketua tim penilai"
)
VOTED = of_competition(
    TieResolved, category="skpd", order=("inov-2", "inov-3"), reason="Dampak lebih luas"
)
OUT = of_competition(
    EntryDisqualified, innovation_id="inov-4", ground="not_original", reason="Serupa inovasi lain"
)
WINDOW = of_competition(ObjectionWindowOpened, version=1, closes_at=AT)
OBJECTED = of_competition(
    ObjectionFiled,
    objection_id="obj-1",
    innovation_id="inov-2",
    indicator="SID-16",
    level_sought=3,
    reason="Perda terlampir",
    filed_by_agency="dinkes",
)
DISMISSED = of_competition(
    ObjectionDecided,
    objection_id="obj-1",
    innovation_id="inov-2",
    indicator="SID-16",
    granted=False,
    level=1,
    reason="Perda belum berlaku",
    decided_by_agency=None,
)
DOUBTED = of_competition(
    DoubtFiled,
    doubt_id="doubt-1",
    innovation_id="inov-4",
    statement_digest="d" * 64,
    evidence=(),
    links=1,
)
UPHELD = of_competition(
    DoubtDecided, doubt_id="doubt-1", innovation_id="inov-4", upheld=True, reason="Terbukti"
)
NAMED = of_competition(
    RecipientsNamed,
    innovation_id="inov-9",
    recipients=(Recipient(recipient_id=PAYEE, kind="person", taxed_as="person"),),
)
DECREED = of_competition(
    ResultsDetermined, version=1, decree_number="188.45/12/KUM/2026", decree_date=date(2026, 11, 20)
)
JUDGED: tuple[Fact, ...] = (
    announced(),
    *(entered(number) for number in (1, 2, 3, 4)),
    entered(9, "umum"),
    NAMED,
    drafted(),
    VOTED,
    SIGNED,
    WINDOW,
    OBJECTED,
    DISMISSED,
    DOUBTED,
    UPHELD,
    OUT,
    DECREED,
)


def registered(fund_id: str, name: str, kind: str = "apbd") -> FundRegistered:
    return FundRegistered(
        by=TREASURER,
        at=AT,
        fund_id=fund_id,
        name=name,
        source_kind=kind,  # pyright: ignore[reportArgumentType]
        account_code="5.1.02.05.01.0001",
        fiscal_year=2026,
        ceiling_rupiah=43_500_000,
    )


def allocated(number: int, amount: int, rank: int, label: str, **changes: Any) -> MoneyAllocated:
    values: dict[str, Any] = {
        "by": CHAIR,
        "at": AT,
        "fund_id": FUND_ID,
        "allocation_id": f"alloc-{number}-{rank}",
        "competition_id": COMPETITION_ID,
        "results_version": 1,
        "category": "skpd",
        "rank": rank,
        "label": label,
        "innovation_id": f"inov-{number}",
        "agency_id": "dinkes",
        "agency_path": PATH,
        "amount_rupiah": amount,
        "in_kind": "",
        "allocated_rupiah": amount,
    }
    return MoneyAllocated(**{**values, **changes})


TAXED = allocated(
    9,
    5_000_000,
    1,
    "Juara I",
    category="umum",
    recipient=Recipient(recipient_id=PAYEE, kind="person", taxed_as="person"),
    tax_rupiah=250_000,
    net_rupiah=4_750_000,
    tax_rule=load_table(TABLE).treatment("person").rule,
    tax_table=TABLE,
    tax_digest=TABLE_DIGEST,
)
LAPTOP = allocated(
    1, 1_000_000, 1, "Bonus", fund_id=BANK_ID, allocation_id="alloc-bonus", in_kind="Laptop"
)
MONEY: tuple[Fact, ...] = (
    registered(FUND_ID, "APBD Kabupaten"),
    registered(BANK_ID, "Bank Kalsel", "sponsor"),
    TaxTableAdopted(
        by=CHAIR,
        at=AT,
        table_id=TABLE,
        table_digest=TABLE_DIGEST,
        valid_from=date(2024, 1, 1),
        valid_to=None,
    ),
    allocated(1, 5_000_000, 1, "Juara I"),
    allocated(2, 4_001_000, 2, "Juara II"),
    allocated(3, 3_000_000, 3, "Juara III"),
    TAXED,
    LAPTOP,
)
CONFIRMED = TaxTableConfirmed(
    by=TREASURER, at=AT, table_id=TABLE, table_digest=TABLE_DIGEST, note="Sesuai PMK 168/2023"
)
PAID: tuple[Fact, ...] = (
    AllocationApproved(by=MEMBER, at=AT, fund_id=FUND_ID, allocation_id="alloc-1-1"),
    AllocationPaid(
        by=TREASURER,
        at=AT,
        fund_id=FUND_ID,
        allocation_id="alloc-1-1",
        reference="SP2D-0012/2026",
        paid_on=date(2026, 11, 23),
    ),
)
WHOLE = (*JUDGED, *MONEY, CONFIRMED, *PAID)


def agency(code: str, name: str, kind: str, path: tuple[str, ...]) -> AgencyRegistered:
    return AgencyRegistered(
        by="person-admin",
        at=AT - timedelta(days=90),
        agency_id=code,
        name=name,
        short_name=code.upper(),
        kind=kind,  # pyright: ignore[reportArgumentType]
        parent_id=path[-2] if len(path) > 1 else None,
        region_id=path[min(len(path), 2) - 1],
        path=path,
        source="Perda",
        sample=False,
    )


PROVINCE = agency("kalsel", "Provinsi Kalimantan Selatan", "province", PATH[:1])
REGENCY = agency("hss", "Kabupaten Hulu Sungai Selatan", "regency", PATH[:2])
OFFICE = agency("dinkes", "Dinas Kesehatan Kabupaten Hulu Sungai Selatan", "agency", PATH)
TREE = (PROVINCE, REGENCY, OFFICE)
RENAMED = AgencyRenamed(
    by="person-admin",
    at=AT,
    agency_id="dinkes",
    name="Dinas Kesehatan dan Keluarga Berencana",
    short_name="DINKESKB",
)


def certificate(**changes: Any) -> DocumentIssued:
    values: dict[str, Any] = {
        "by": CHAIR,
        "at": AT,
        "competition_id": COMPETITION_ID,
        "document_id": "doc-1",
        "kind": "certificate",
        "media_type": "application/pdf",
        "version": 1,
        "about": "inov-1",
        "sha256": "1" * 64,
        "size": 1,
        "content_digest": "2" * 64,
        "template": "certificate.pdf@1",
        "verify_url": "http://127.0.0.1:8004/verify/doc-1",
        "has_names": False,
    }
    return DocumentIssued(**{**values, **changes})


def past(*facts: Fact) -> Past:
    """The facts one behind the other, with ids that tell their place."""
    return Past.of(recorded(facts))


def recorded(facts: Sequence[Fact]) -> list[Recorded[Any]]:
    return [
        Recorded(
            fact=fact,
            id=f"event-{number}",
            subject=_subject(fact),
            sequence=number,
            version=number,
            command_id="",
            command_digest="",
            correlation_id="",
            causation_id=None,
            traceparent=None,
        )
        for number, fact in enumerate(facts, 1)
    ]


SUBJECTS: tuple[tuple[Aggregate[Any], str], ...] = (
    (COMPETITION, "competition_id"),
    (FUND, "fund_id"),
    (TAX, "table_id"),
    (AGENCY, "agency_id"),
)


def _subject(fact: Fact) -> str:
    for aggregate, key in SUBJECTS:
        if type(fact) in aggregate.facts:
            return aggregate.subject(getattr(fact, key))
    raise AssertionError(fact)


def asked(kind: Any, format: Any = "pdf", about: str | None = None) -> Asked:
    return Asked(COMPETITION_ID, kind, format, about)


EVERY_PAPER = (
    asked("minutes"),
    asked("minutes", "xlsx"),
    asked("decree_annex"),
    asked("decree_annex", "xlsx"),
    asked("certificate", about="inov-1"),
    asked("certificate", about="inov-9"),
    asked("payment_list"),
    asked("payment_list", "xlsx"),
    asked("tax_slip", about="alloc-9-1"),
    asked("spd_12_evidence"),
    asked("spd_12_evidence", "xlsx"),
)
