"""The sample competition: categories, judges, an objection, a doubt, a disqualification.

Criteria and weights of the presentation are the national ones of 2023 (domain, section 5); that
ten go on is KIA's rule. All else is sample. Pure.
"""

from collections.abc import Set
from decimal import Decimal

from deploy.sample import money
from deploy.sample.chance import draw
from deploy.sample.people import COMMITTEE, LEADER, person_id
from deploy.sample.plan import (
    CompetitionPlan,
    DisqualificationPlan,
    DoubtPlan,
    InnovationPlan,
    JudgeRecusal,
    ObjectionPlan,
    Score,
    SignaturePlan,
    StrictJudge,
)
from shared.events.awards import CategoryRule, CompetitionRules, RoundRule
from shared.events.scoring import Criterion, PanelRule

SCALE = 100
FINALISTS = 10
CRITERIA = (
    Criterion(code="kebaruan", name="Kebaruan", weight=30, scale=SCALE),
    Criterion(code="kemanfaatan", name="Kemanfaatan", weight=25, scale=SCALE),
    Criterion(code="replikasi", name="Replikasi dan aplikatif", weight=20, scale=SCALE),
    Criterion(code="kewenangan", name="Kewenangan dan kolaborasi", weight=15, scale=SCALE),
    Criterion(code="penguasaan", name="Penguasaan materi dan penyajian", weight=10, scale=SCALE),
)
# Two readers of one entry more than 15 points apart: the judge in reserve reads it too.
READ_AGAIN = PanelRule(
    combine="median",
    third_reading_above=Decimal(15),
    reserve_judges=(person_id("juri-5"),),
)


def _rounds(*judges: str, panel: PanelRule | None = None) -> tuple[RoundRule, ...]:
    return (
        RoundRule(
            code="administrasi",
            name="Penilaian administrasi",
            scored_by="maturity",
            weight=40,
            advance=FINALISTS,
            kind="administrative",
        ),
        RoundRule(
            code="presentasi",
            name="Presentasi dan wawancara",
            scored_by="panel",
            weight=60,
            criteria=CRITERIA,
            judges=tuple(person_id(judge) for judge in judges),
            kind="presentation",
            panel=panel or PanelRule(),
        ),
    )


def _categories(year: int) -> tuple[CategoryRule, ...]:
    """Teams are taxed, employees paid with their salary, agencies by themselves and untaxed.

    Juri 1 sits in two categories, juri 5 in one and in reserve of another.
    """
    return (
        CategoryRule(
            code="masyarakat",
            name="Masyarakat",
            within="kalsel",
            initiators=("masyarakat",),
            minimum_maturity=Decimal(30),
            rounds=_rounds("juri-1", "juri-2"),
            prizes=money.prizes_of_people(year),
            recipient="team",
        ),
        CategoryRule(
            code="asn",
            name="Aparatur Sipil Negara",
            within="kalsel",
            initiators=("asn",),
            minimum_maturity=Decimal(40),
            rounds=_rounds("juri-3", "juri-4", panel=READ_AGAIN),
            prizes=money.prizes(year),
            recipient="person",
        ),
        CategoryRule(
            code="perangkat-daerah",
            name="Perangkat Daerah",
            within="kalsel",
            initiators=("perangkat_daerah", "kepala_daerah", "anggota_dprd"),
            minimum_maturity=Decimal(50),
            rounds=_rounds("juri-5", "juri-1"),
            prizes=money.prizes_with_cup(year),
            recipient="agency",
        ),
    )


def rules(fiscal_year: int) -> CompetitionRules:
    """Holidays are left to the service, which knows them."""
    return CompetitionRules(
        categories=_categories(fiscal_year),
        tie_breaks=("last_round", "first_criterion", "verified_maturity", "evidence_acceptance"),
        objection_days=3,
        objection_calendar="working_days",
        public_test_days=2,
        decision_days=14,
        minutes_signatures=2,
        ties="vote",
        fiscal_year=fiscal_year,
    )


SIGNATURES = (
    SignaturePlan(COMMITTEE[0].username, "Ketua"),
    SignaturePlan(COMMITTEE[2].username, "Anggota"),
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


STRICT = StrictJudge("juri-4", "la-lisa", 25)
DOUBT = DoubtPlan(
    innovation_code="polisi-tapin",
    statement="[CONTOH] Aplikasi dengan alur yang sama sudah dipakai daerah lain sejak tahun lalu.",
    link="https://example.org/contoh/inovasi-serupa",
    decided_by=LEADER.username,
    decision="Alurnya berbeda, dan penerapan di sini lebih dahulu; dokumen menunjukkannya.",
)


def competition(entered: Set[str], fiscal_year: int) -> CompetitionPlan:
    """The competition, with what is planned for the innovations (codes) that take part.

    `fiscal_year` is the one in which its prizes are paid.
    """
    return CompetitionPlan(
        competition_id=f"kia-{fiscal_year}",
        name=f"Kalsel Innovation Award {fiscal_year} (contoh)",
        rules=rules(fiscal_year),
        signatures=SIGNATURES,
        objection=OBJECTION if OBJECTION.innovation_code in entered else None,
        disqualification=DISQUALIFICATION if DISQUALIFICATION.innovation_code in entered else None,
        recusal=RECUSAL if RECUSAL.innovation_code in entered else None,
        strict=STRICT if STRICT.innovation_code in entered else None,
        doubt=DOUBT if DOUBT.innovation_code in entered else None,
        decree_number=f"CONTOH/188.44/001/{fiscal_year}",
        money=money.money(fiscal_year),
    )


def judge_scores(
    judge: str, entry: InnovationPlan, strict: StrictJudge | None
) -> tuple[Score, ...]:
    """What a judge (username) gives an entry: the stronger its claims, the better, and taste."""
    strength = sum(claim.level for claim in entry.claims)
    is_strict = strict is not None and (strict.judge, strict.innovation_code) == (judge, entry.code)
    less = strict.points if strict is not None and is_strict else 0
    return tuple(
        Score(
            each.code, Decimal(50 + strength // 2 + draw(20, judge, entry.code, each.code) - less)
        )
        for each in CRITERIA
    )
