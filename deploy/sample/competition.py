"""The sample competition: categories, judges, prizes, funds, an objection, a disqualification.

Criteria and weights of the presentation are the national ones of 2023 (domain, section 5); that
ten go on is KIA's rule; amounts follow Kota Cilegon 2024 (section 6.2). All else is sample. Pure.
"""

from collections.abc import Set
from decimal import Decimal

from deploy.sample.chance import draw
from deploy.sample.people import COMMITTEE, person_id
from deploy.sample.plan import (
    CompetitionPlan,
    DisqualificationPlan,
    FundPlan,
    InnovationPlan,
    JudgeRecusal,
    ObjectionPlan,
    Score,
)
from shared.events.awards import CategoryRule, CompetitionRules, Prize, RoundRule
from shared.events.scoring import Criterion

SCALE = 100
FINALISTS = 10
APBD, SPONSOR = "apbd-2026", "sponsor-2026"
CRITERIA = (
    Criterion(code="kebaruan", name="Kebaruan", weight=30, scale=SCALE),
    Criterion(code="kemanfaatan", name="Kemanfaatan", weight=25, scale=SCALE),
    Criterion(code="replikasi", name="Replikasi dan aplikatif", weight=20, scale=SCALE),
    Criterion(code="kewenangan", name="Kewenangan dan kolaborasi", weight=15, scale=SCALE),
    Criterion(code="penguasaan", name="Penguasaan materi dan penyajian", weight=10, scale=SCALE),
)
PRIZES = (
    Prize(rank=1, label="Juara I", fund_id=APBD, amount_rupiah=5_000_000),
    Prize(rank=2, label="Juara II", fund_id=APBD, amount_rupiah=4_000_000),
    Prize(rank=3, label="Juara III", fund_id=APBD, amount_rupiah=3_000_000),
    Prize(rank=4, label="Harapan I", fund_id=SPONSOR, amount_rupiah=1_500_000),
    Prize(rank=5, label="Harapan II", fund_id=SPONSOR, amount_rupiah=1_000_000),
)
# All prizes fit (36 and 7.5 million); not one more of the smallest of its fund does.
FUNDS = (
    FundPlan(
        fund_id=APBD,
        name="Belanja Hadiah yang Bersifat Perlombaan",
        source_kind="apbd",
        account_code="5.1.02.05.01.0001",
        fiscal_year=2026,
        ceiling_rupiah=38_000_000,
    ),
    FundPlan(
        fund_id=SPONSOR,
        name="Sponsor contoh",
        source_kind="sponsor",
        account_code="non-apbd",
        fiscal_year=2026,
        ceiling_rupiah=8_000_000,
    ),
)


def _category(
    code: str, name: str, initiators: tuple[str, ...], minimum: str, judges: tuple[str, ...]
) -> CategoryRule:
    seated = tuple(person_id(judge) for judge in judges)
    return CategoryRule(
        code=code,
        name=name,
        within="kalsel",
        initiators=initiators,
        minimum_maturity=Decimal(minimum),
        rounds=(
            RoundRule(
                code="administrasi",
                name="Penilaian administrasi",
                scored_by="maturity",
                weight=40,
                advance=FINALISTS,
            ),
            RoundRule(
                code="presentasi",
                name="Presentasi dan wawancara",
                scored_by="panel",
                weight=60,
                criteria=CRITERIA,
                judges=seated,
            ),
        ),
        prizes=PRIZES,
    )


# Juri 1 sits in two categories.
RULES = CompetitionRules(
    categories=(
        _category("masyarakat", "Masyarakat", ("masyarakat",), "30", ("juri-1", "juri-2")),
        _category("asn", "Aparatur Sipil Negara", ("asn",), "40", ("juri-3", "juri-4")),
        _category(
            "perangkat-daerah",
            "Perangkat Daerah",
            ("perangkat_daerah", "kepala_daerah", "anggota_dprd"),
            "50",
            ("juri-5", "juri-1"),
        ),
    ),
    tie_breaks=("last_round", "first_criterion", "verified_maturity", "evidence_acceptance"),
    objection_days=3,
)


OBJECTION = ObjectionPlan(
    innovation_code="polisi-tapin",
    indicator="SID-16",
    level_sought=3,
    level_granted=3,
    reason="Pernyataan tiga daerah replikator sudah terlampir pada dokumen yang dinilai.",
    decision="Dokumen memang memuat tiga daerah yang berbeda; parameter 3 terbukti.",
    filed_by="op-tapin-bappelitbang",
    decided_by="panitia-luar",
)
DISQUALIFICATION = DisqualificationPlan(
    innovation_code="sinergi",
    ground="not_implemented",
    reason="Masih tahap uji coba, sedangkan lomba hanya untuk inovasi yang sudah diterapkan.",
    decided_by="panitia-brida-1",
)
RECUSAL = JudgeRecusal("juri-5", "my-perizinan", "Pernah menjadi narasumber pengusul.")


def competition(entered: Set[str]) -> CompetitionPlan:
    """The competition, with what is planned for the innovations (codes) that take part."""
    return CompetitionPlan(
        competition_id="kia-2026",
        name="Kalsel Innovation Award 2026 (contoh)",
        rules=RULES,
        funds=FUNDS,
        objection=OBJECTION if OBJECTION.innovation_code in entered else None,
        disqualification=DISQUALIFICATION if DISQUALIFICATION.innovation_code in entered else None,
        recusal=RECUSAL if RECUSAL.innovation_code in entered else None,
        allocated_by=COMMITTEE[0].username,
        approved_by=COMMITTEE[1].username,
        decree_number="CONTOH/188.44/001/2026",
        one_too_many_fund=APBD,
        one_too_many_rupiah=PRIZES[2].amount_rupiah,
        payment_reference="SP2D-CONTOH",
    )


def judge_scores(judge: str, entry: InnovationPlan) -> tuple[Score, ...]:
    """What a judge (username) gives an entry: the stronger its claims, the better, and taste."""
    strength = sum(claim.level for claim in entry.claims)
    return tuple(
        Score(each.code, Decimal(50 + strength // 2 + draw(20, judge, entry.code, each.code)))
        for each in CRITERIA
    )
