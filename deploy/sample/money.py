"""The sample money: funds that just fit, prize tables, other tables to compare. Pure.

Amounts follow Kota Cilegon 2024 (domain, section 6.2); funds, sponsor and references are sample.
"""

from datetime import date

from deploy.sample.people import COMMITTEE, TREASURER
from deploy.sample.plan import FundPlan, HoldPlan, MoneyPlan, ScenarioPlan
from shared.events.awards import Prize

TAX_TABLE = "2024-r1"
ACCOUNT = "5.1.02.05.01.0001"
APBD_CEILING, SPONSOR_CEILING = 38_000_000, 10_600_000
"""All prizes fit, also with the taxes that are borne; not one more of the smallest of a fund."""
FINALIST_RUPIAH = 200_000


def apbd(year: int) -> str:
    return f"apbd-{year}"


def sponsor(year: int) -> str:
    return f"sponsor-{year}"


def prizes(year: int) -> tuple[Prize, ...]:
    """Three winners from the regional budget, two runners-up and all other finalists sponsored."""
    budget, gift = apbd(year), sponsor(year)
    return (
        Prize(rank=1, label="Juara I", fund_id=budget, amount_rupiah=5_000_000),
        Prize(rank=2, label="Juara II", fund_id=budget, amount_rupiah=4_000_000),
        Prize(rank=3, label="Juara III", fund_id=budget, amount_rupiah=3_000_000),
        Prize(rank=4, label="Harapan I", fund_id=gift, amount_rupiah=1_500_000),
        Prize(rank=5, label="Harapan II", fund_id=gift, amount_rupiah=1_000_000),
        Prize(
            rank=0,
            label="Finalis",
            fund_id=gift,
            amount_rupiah=FINALIST_RUPIAH,
            to="other_finalists",
        ),
    )


def prizes_of_people(year: int) -> tuple[Prize, ...]:
    """The same; what other finalists keep is the whole amount, and the sponsor bears the tax."""
    *ranked, finalists = prizes(year)
    return (*ranked, finalists.model_copy(update={"amount_is": "net"}))


def prizes_with_cup(year: int) -> tuple[Prize, ...]:
    """The same, and a thing that is worth no rupiah."""
    cup = Prize(
        rank=1,
        label="Piala bergilir",
        fund_id=sponsor(year),
        amount_rupiah=0,
        in_kind="Piala bergilir (contoh)",
    )
    return (*prizes(year), cup)


def money(year: int) -> MoneyPlan:
    return MoneyPlan(
        funds=_funds(year),
        tax_table=TAX_TABLE,
        confirmed_because="[CONTOH] Sesuai surat bendahara CONTOH/900/001.",
        scenarios=_scenarios(year),
        allocated_by=COMMITTEE[0].username,
        approved_by=COMMITTEE[1].username,
        hold=HoldPlan(
            held_by=TREASURER.username,
            reason="[CONTOH] Nomor rekening dicocokkan kembali dengan buku tabungan.",
            released_by=COMMITTEE[0].username,
            release="[CONTOH] Nomor rekening sudah cocok.",
        ),
        payment_reference="SP2D-CONTOH",
        handover_reference="BAST-CONTOH",
    )


def _funds(year: int) -> tuple[FundPlan, ...]:
    return (
        FundPlan(
            fund_id=apbd(year),
            name="Belanja Hadiah yang Bersifat Perlombaan",
            source_kind="apbd",
            account_code=ACCOUNT,
            fiscal_year=year,
            ceiling_rupiah=APBD_CEILING,
            cut_off=date(year, 12, 20),
        ),
        FundPlan(
            fund_id=sponsor(year),
            name="Sponsor contoh",
            source_kind="sponsor",
            account_code="non-apbd",
            fiscal_year=year,
            ceiling_rupiah=SPONSOR_CEILING,
            cut_off=None,
        ),
    )


def _scenarios(year: int) -> tuple[ScenarioPlan, ...]:
    """One third prize too many, and third prizes that are smaller."""
    first, second, third, *rest = prizes(year)
    twice = (first, second, third, third.model_copy(update={"label": "Juara III kedua"}), *rest)
    smaller = (first, second, third.model_copy(update={"amount_rupiah": 2_500_000}), *rest)
    return (
        ScenarioPlan("satu Juara III lagi", {"asn": twice}, fits=False),
        ScenarioPlan("Juara III Rp 2,5 juta", {"asn": smaller}, fits=True),
    )
