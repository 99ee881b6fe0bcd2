"""Scored innovations, a competition with two rounds, its results, and a fund."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from services.awards.domain.competition import (
    Announce,
    CloseJudgedRound,
    CloseRound,
    DraftResults,
    Enrol,
    OpenObjectionWindow,
    OpenRound,
    decider,
)
from services.awards.domain.fund import Allocate, Line, RegisterFund
from services.awards.domain.known import KnownFund
from services.awards.domain.rules import asked_of
from shared.decider import Decider
from shared.events.awards import CategoryRule, CompetitionRules, Prize, RoundRule
from shared.events.base import Fact
from shared.events.scoring import (
    Criterion,
    CriterionScore,
    EntryMean,
    InnovationScored,
    JudgeScore,
    ScoredRow,
)

AT = datetime(2026, 9, 1, 1, tzinfo=UTC)
COMPETITION_ID, SEASON, PANEL_ID = "kia-2026", "2026", "panel-final"
CHAIR, MEMBER, TREASURER, SYSTEM = "person-chair", "person-member", "person-bpp", "system:awards"
PATH = ("kalsel", "hss", "dinkes")
FUND_ID = "apbd-2026"
DAY = timedelta(days=1)

CommandT = TypeVar("CommandT")
StateT = TypeVar("StateT")
FactT = TypeVar("FactT", bound=Fact)


def happened(
    decider: Decider[CommandT, StateT, FactT], *commands: CommandT, before: Sequence[FactT] = ()
) -> tuple[FactT, ...]:
    """The facts that follow from these commands, one after the other."""
    facts = list(before)
    for command in commands:
        facts += decider.decide(command, decider.replay(facts))
    return tuple(facts)


def row(indicator: str = "SID-16", claimed: int = 3, granted: int = 3) -> ScoredRow:
    return ScoredRow(
        indicator=indicator,
        weight=Decimal(3),
        mandatory=False,
        claimed_level=claimed,
        claimed_score=Decimal(3 * claimed),
        granted_level=granted,
        verified_score=Decimal(3 * granted),
        reason_code=None if granted >= claimed else "evidence_weak",
        evidence=("1" * 64,),
        decided_by="person-verifier",
    )


def scored(innovation: str = "inov-1", maturity: str = "80", **changes: Any) -> InnovationScored:
    values: dict[str, Any] = {
        "by": "system:scoring",
        "at": AT,
        "scorecard_id": innovation,
        "number": 1,
        "innovation_id": innovation,
        "title": f"Inovasi {innovation}",
        "season_id": SEASON,
        "edition_id": "2026-r1",
        "edition_digest": "e" * 64,
        "training": False,
        "agency_id": "dinkes",
        "agency_path": PATH,
        "region_id": "hss",
        "main_affair": "kesehatan",
        "initiator": "perangkat_daerah",
        "round": 1,
        "rows": (row("SID-01", 3, 3), row("SID-16", 3, 1)),
        "claimed_maturity": Decimal(100),
        "verified_maturity": Decimal(maturity),
        "counts_for_index": True,
        "drafters": ("person-drafter",),
        "deciders": ("person-verifier",),
        "competition_id": None,
        "objection_id": None,
    }
    return InnovationScored(**{**values, **changes})


ADMINISTRATION = RoundRule(
    code="administrasi", name="Seleksi administrasi", scored_by="maturity", weight=40, advance=3
)
NOVELTY = Criterion(code="kebaruan", name="Kebaruan", weight=60, scale=10)
BENEFIT = Criterion(code="manfaat", name="Kemanfaatan", weight=40, scale=10)
FINAL = RoundRule(
    code="presentasi",
    name="Presentasi dan wawancara",
    scored_by="panel",
    weight=60,
    criteria=(NOVELTY, BENEFIT),
    judges=("judge-1", "judge-2"),
)


def prize(rank: int, amount_rupiah: int, **changes: Any) -> Prize:
    values = {"rank": rank, "label": f"Juara {rank}", "fund_id": FUND_ID}
    return Prize(**{**values, "amount_rupiah": amount_rupiah, **changes})


PRIZES = (prize(1, 5_000_000), prize(2, 4_000_000), prize(3, 3_000_000))


def category(code: str = "skpd", **changes: Any) -> CategoryRule:
    values: dict[str, Any] = {
        "code": code,
        "name": f"Kategori {code}",
        "within": "hss",
        "initiators": (),
        "minimum_maturity": Decimal(0),
        "rounds": (ADMINISTRATION, FINAL),
        "prizes": PRIZES,
    }
    return CategoryRule(**{**values, **changes})


def rules(*categories: CategoryRule, **changes: Any) -> CompetitionRules:
    values: dict[str, Any] = {
        "categories": categories or (category(),),
        "tie_breaks": ("last_round", "first_criterion", "verified_maturity", "evidence_acceptance"),
        "objection_days": 3,
    }
    return CompetitionRules(**{**values, **changes})


MATURITY_ONLY = category(
    rounds=(ADMINISTRATION.model_copy(update={"advance": None}),), rounds_total=40
)
"""One round, scored by maturity alone, from which everybody goes on."""


def announce(*categories: CategoryRule, **changes: Any) -> Announce:
    announced = rules(*categories, **changes)
    return Announce(
        by=CHAIR,
        at=AT,
        competition_id=COMPETITION_ID,
        name="Kalsel Innovation Award 2026",
        season_id=SEASON,
        rules=announced,
        funds=rich(announced),
    )


def rich(announced: CompetitionRules) -> tuple[KnownFund, ...]:
    """Every fund that the rules name, with more in it than they ask."""
    return tuple(
        KnownFund(fund_id=fund_id, fiscal_year=2026, available_rupiah=10**12)
        for fund_id in asked_of(announced)
    )


def enrol(*scorecards: InnovationScored) -> Enrol:
    return Enrol(by=SYSTEM, at=AT, scorecards=scorecards)


def open_round(code: str = "administrasi", category: str = "skpd") -> OpenRound:
    return OpenRound(by=CHAIR, at=AT, category=category, round=code, panel_id=PANEL_ID)


def close_round(code: str = "administrasi", category: str = "skpd") -> CloseRound:
    return CloseRound(by=CHAIR, at=AT, category=category, round=code)


def mean(innovation: str, points: str, judges: int = 2) -> EntryMean:
    return EntryMean(innovation_id=innovation, judges=judges, mean=Decimal(points))


def judged(innovation: str, judge: str, novelty: str, benefit: str = "5") -> JudgeScore:
    """One judge's points, of 10 each."""
    return JudgeScore(
        judge_id=judge,
        innovation_id=innovation,
        scores=(
            CriterionScore(criterion="kebaruan", score=Decimal(novelty)),
            CriterionScore(criterion="manfaat", score=Decimal(benefit)),
        ),
        nonce="n" * 32,
        total=Decimal(0),
    )


def reveal(means: Mapping[str, str], *scores: JudgeScore) -> CloseJudgedRound:
    return CloseJudgedRound(
        by=SYSTEM,
        at=AT,
        category="skpd",
        round="presentasi",
        panel_id=PANEL_ID,
        means=tuple(mean(innovation, points) for innovation, points in means.items()),
        scores=scores,
    )


DRAFT = DraftResults(by=CHAIR, at=AT)
OPEN_WINDOW = OpenObjectionWindow(by=CHAIR, at=AT, version=1)
ANNOUNCED = happened(decider, announce())
ENTERED = happened(
    decider,
    enrol(scored("inov-1", "80"), scored("inov-2", "90"), scored("inov-3", "70")),
    before=ANNOUNCED,
)
JUDGED = happened(
    decider,
    open_round(),
    close_round(),
    open_round("presentasi"),
    reveal({"inov-1": "90.00", "inov-2": "70.00", "inov-3": "60.00"}),
    before=ENTERED,
)
DRAFTED = happened(decider, DRAFT, before=JUDGED)
OBJECTING = happened(decider, OPEN_WINDOW, before=DRAFTED)
TIED = happened(
    decider,
    announce(MATURITY_ONLY),
    enrol(scored("inov-1", "80"), scored("inov-2", "80"), scored("inov-3", "70")),
    open_round(),
    close_round(),
    DRAFT,
)
"""inov-1 and inov-2 share rank 1, and no rule sets them apart."""


def register_fund(ceiling_rupiah: int = 10_000_000, **changes: Any) -> RegisterFund:
    values: dict[str, Any] = {
        "by": TREASURER,
        "at": AT,
        "fund_id": FUND_ID,
        "name": "APBD Kabupaten",
        "source_kind": "apbd",
        "account_code": "5.1.02.05.01.0001",
        "fiscal_year": 2026,
        "ceiling_rupiah": ceiling_rupiah,
    }
    return RegisterFund(**{**values, **changes})


def line(allocation: str = "alloc-1", amount_rupiah: int = 5_000_000, **changes: Any) -> Line:
    values: dict[str, Any] = {
        "allocation_id": allocation,
        "competition_id": COMPETITION_ID,
        "results_version": 1,
        "category": "skpd",
        "rank": 1,
        "label": "Juara 1",
        "innovation_id": "inov-1",
        "agency_id": "dinkes",
        "agency_path": PATH,
        "amount_rupiah": amount_rupiah,
        "in_kind": "",
    }
    return Line(**{**values, **changes})


def allocate(*lines: Line, by: str = CHAIR) -> Allocate:
    return Allocate(by=by, at=AT, lines=lines)
