"""The rules of the competitions in `prized`: who enters, what they win, and how it ends."""

from datetime import date
from decimal import Decimal

from shared.events.awards import (
    CategoryRule,
    CompetitionRules,
    PastWinnerRule,
    Pool,
    Prize,
    RoundRule,
)
from shared.events.scoring import Criterion, PanelRule

EARLIER, MAIN = "awal-2026", "kia-2026"
APBD, BANK = "apbd-2026", "bank-2026"
HOLIDAY = date(2026, 3, 4)

EARLIER_RULES = CompetitionRules(
    categories=(
        CategoryRule(
            code="awal",
            name="Awal",
            within="hss",
            initiators=(),
            minimum_maturity=Decimal(1),
            rounds=(RoundRule(code="satu", name="Satu", scored_by="maturity", weight=100),),
            prizes=(),
        ),
    ),
    tie_breaks=(),
    objection_days=1,
)
AGENCIES = CategoryRule(
    code="skpd",
    name="Perangkat daerah",
    within="hss-dinkes",
    initiators=(),
    minimum_maturity=Decimal(1),
    rounds=(
        RoundRule(
            code="final",
            name="Final",
            scored_by="panel",
            weight=100,
            criteria=(Criterion(code="kebaruan", name="Kebaruan", weight=100, scale=10),),
            judges=("judge-1", "judge-2"),
            panel=PanelRule(
                third_reading_above=Decimal(10),
                reserve_judges=("judge-3",),
                minimum_sample=2,
            ),
        ),
    ),
    prizes=(
        Prize(rank=1, label="Juara I", fund_id=APBD, amount_rupiah=5_000_000, in_kind="Piala"),
        Prize(rank=2, label="Juara II", fund_id=APBD, amount_rupiah=4_000_000),
    ),
    past_winners=PastWinnerRule(competitions=(EARLIER,), up_to_rank=1),
)
TEAMS = CategoryRule(
    code="tim",
    name="Tim",
    within="hss-disdag",
    initiators=(),
    minimum_maturity=Decimal(1),
    rounds=(RoundRule(code="satu", name="Satu", scored_by="maturity", weight=100),),
    prizes=(
        Prize(rank=1, label="Terbaik", fund_id=APBD, amount_rupiah=6_000_000),
        Prize(rank=2, label="Kedua", fund_id=APBD, amount_rupiah=3_000_000),
        Prize(
            rank=0,
            label="Apresiasi",
            fund_id=BANK,
            amount_rupiah=95_000,
            to="finalists",
            amount_is="net",
        ),
    ),
    pools=(
        Pool(
            label="Hadiah bersama",
            fund_id=BANK,
            amount_rupiah=400_001,
            by="shares",
            to_rank=2,
            shares=(2, 1),
        ),
    ),
    recipient="team",
)
RULES = CompetitionRules(
    categories=(AGENCIES, TEAMS),
    tie_breaks=(),
    objection_days=3,
    objection_calendar="working_days",
    holidays=(HOLIDAY,),
    public_test_days=2,
    decision_days=3,
    minutes_signatures=2,
    ties="promote",
    fiscal_year=2026,
    cap_per_recipient_rupiah=7_000_000,
)
