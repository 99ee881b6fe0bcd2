"""The sample money: it fits its funds to the rupiah, and one prize more would not."""

from collections.abc import Mapping

import pytest

from deploy.sample.competition import competition as competition_of
from deploy.sample.plan import RecipientPlan, Script
from deploy.sample.recipients import recipients_of
from services.awards.api.payees import PayeeBody
from services.awards.domain.allocation import Results, lines
from services.awards.domain.fund import Line
from services.awards.domain.known import KnownFund
from services.awards.domain.recipients import check_recipients
from services.awards.domain.rules import asked_of, check_funds
from shared.editions import Edition
from shared.editions.taxes import load_table
from shared.events.awards import Recipient
from tests.unit.sample.play import entries, ranking

APBD, SPONSOR = "apbd-2026", "sponsor-2026"


def named(script: Script, category: str, code: str) -> tuple[RecipientPlan, ...]:
    rule = next(each for each in script.competition.rules.categories if each.code == category)
    return recipients_of(rule, script.innovation(code))


def as_recipients(plans: tuple[RecipientPlan, ...]) -> tuple[Recipient, ...]:
    return tuple(
        Recipient(
            recipient_id=each.payee.payee_id,
            kind="person",
            taxed_as=each.taxed_as,
            parts=each.parts,
        )
        for each in plans
    )


@pytest.fixture(scope="module")
def owed(script: Script, edition: Edition) -> Mapping[str, tuple[Line, ...]]:
    """What each fund owes to whom, by the rules and taxes that the services go by."""
    entered = entries(script, edition)
    by_id = {each.innovation_id: each for each in entered}
    places = [
        place
        for category in script.competition.rules.categories
        for place in ranking(script, entered, category, entered)
    ]
    found = {
        place.innovation_id: as_recipients(named(script, place.category, place.innovation_id))
        for place in places
    }
    recipients = {code: each for code, each in found.items() if each}
    rules = script.competition.rules
    results = Results("kia-2026", 2, rules, places, by_id, recipients)
    return lines(results, identified, load_table(script.competition.money.tax_table))


def identified(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
    return f"{category}-{rank}-{item}-{innovation}-{recipient}"


def test_what_is_allocated_is_known_to_the_rupiah(owed: Mapping[str, tuple[Line, ...]]):
    sums = {
        fund: (
            len(due),
            sum(each.amount_rupiah for each in due),
            sum(each.tax_rupiah for each in due),
        )
        for fund, due in owed.items()
    }
    assert sums == {APBD: (12, 36_000_000, 600_000), SPONSOR: (24, 10_352_628, 177_628)}
    for each in (line for due in owed.values() for line in due):
        assert each.net_rupiah == each.amount_rupiah - each.tax_rupiah


def test_finalists_of_the_people_keep_the_whole_amount(owed: Mapping[str, tuple[Line, ...]]):
    kept: dict[str, int] = {}
    for each in owed[SPONSOR]:
        if (each.category, each.label) == ("masyarakat", "Finalis"):
            assert each.net_rupiah is not None
            kept[each.innovation_id] = kept.get(each.innovation_id, 0) + each.net_rupiah
    assert list(kept.values()) == [200_000] * 5


def test_one_thing_is_worth_no_rupiah(owed: Mapping[str, tuple[Line, ...]]):
    things = [each for each in owed[SPONSOR] if each.in_kind]
    assert [(each.category, each.rank, each.amount_rupiah) for each in things] == [
        ("perangkat-daerah", 1, 0)
    ]


def test_employees_are_taxed_with_their_salary_and_agencies_not_at_all(
    owed: Mapping[str, tuple[Line, ...]],
):
    every = [line for due in owed.values() for line in due]
    assert {each.tax_rupiah for each in every if each.category != "masyarakat"} == {0}
    assert all(each.tax_rupiah > 0 for each in every if each.category == "masyarakat")
    tables = {each.category: each.tax_table for each in every}
    assert tables == {"masyarakat": "2024-r1", "asn": "2024-r1", "perangkat-daerah": None}


def test_all_prizes_fit_their_funds_and_one_more_does_not(script: Script):
    rules, money = script.competition.rules, script.competition.money
    needed = asked_of(rules)
    assert needed == {APBD: 36_000_000, SPONSOR: 10_500_000}
    ceilings = {fund.fund_id: fund.ceiling_rupiah for fund in money.funds}
    smallest = {APBD: 3_000_000, SPONSOR: 200_000}
    for fund, ceiling in ceilings.items():
        assert needed[fund] <= ceiling < needed[fund] + smallest[fund]


def test_scenarios_fit_as_planned(script: Script):
    competition = script.competition
    ceilings = {fund.fund_id: fund.ceiling_rupiah for fund in competition.money.funds}
    for scenario in competition.money.scenarios:
        categories = tuple(
            each.model_copy(update={"prizes": scenario.prizes.get(each.code, each.prizes)})
            for each in competition.rules.categories
        )
        asked = asked_of(competition.rules.model_copy(update={"categories": categories}))
        assert scenario.fits == all(asked[fund] <= ceilings[fund] for fund in ceilings)
    assert {each.fits for each in competition.money.scenarios} == {True, False}


@pytest.mark.parametrize("year", [2026, 2027, 2031])
def test_every_year_has_funds_and_a_competition_of_its_own(year: int):
    competition = competition_of(set(), year)
    assert competition.competition_id == f"kia-{year}"
    assert competition.rules.fiscal_year == year
    assert {fund.fiscal_year for fund in competition.money.funds} == {year}
    known = [
        KnownFund(
            fund_id=each.fund_id,
            fiscal_year=each.fiscal_year,
            available_rupiah=each.ceiling_rupiah,
        )
        for each in competition.money.funds
    ]
    check_funds(competition.rules, known)


def test_whoever_is_named_can_be_and_is_clearly_made_up(script: Script, edition: Edition):
    ids: list[str] = []
    for entry in entries(script, edition):
        category = next(e for e in script.competition.rules.categories if e.code == entry.category)
        plans = recipients_of(category, script.innovation(entry.innovation_id))
        assert bool(plans) == (category.recipient != "agency")
        if plans:
            check_recipients(category, entry, as_recipients(plans))
        for each in plans:
            payee = each.payee
            ids.append(payee.payee_id)
            body = {name: getattr(payee, name) for name in payee.__slots__ if name != "payee_id"}
            assert PayeeBody.model_validate(body).name.startswith("[CONTOH] Penerima")
            assert entry.innovation_id not in payee.payee_id
    assert len(set(ids)) == len(ids)
