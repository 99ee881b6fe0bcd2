"""Other prize tables beside the frozen rules: what they cost, who wins by them, what fits."""

from typing import Any

import pytest

from shared.events.awards import COMPETITION, FUND
from shared.history import HistoryLog
from tests.component.awards.money import BODY, TEAM, URL, Office, drafted, fund, no, ok
from tests.component.awards.world import People, say


@pytest.fixture
async def office(people: People, awards: HistoryLog) -> Office:
    await say(awards, COMPETITION, "kia-2026", drafted())
    office = Office.of(people)
    ok(await office.treasurer.post("/funds", fund("apbd", 16_000_000)))
    return office


async def compared(office: Office, *scenarios: dict[str, Any]) -> dict[str, Any]:
    return ok(await office.chair.post(f"{URL}/scenarios", {"scenarios": scenarios}))


def prize(amount: int, fund_id: str = "apbd") -> dict[str, Any]:
    return {"rank": 1, "label": "Juara 1", "fund_id": fund_id, "amount_rupiah": amount}


def funds_of(scenario: dict[str, Any]) -> dict[str, tuple[Any, ...]]:
    fields = ("asked_rupiah", "available_rupiah", "missing_rupiah", "fits", "difference_rupiah")
    return {each["fund_id"]: tuple(each[name] for name in fields) for each in scenario["funds"]}


async def test_scenarios_stand_beside_the_frozen_rules(office: Office, awards: HistoryLog) -> None:
    answer = await compared(
        office,
        {"name": "hemat", "cap_per_recipient_rupiah": 4_000_000},
        {"name": "murah hati", "categories": {"masyarakat": {"prizes": [prize(12_000_000)]}}},
    )
    assert (answer["results_version"], answer["assumed"]) == (1, [TEAM])
    rules, thrifty, generous = answer["scenarios"]
    assert [each["name"] for each in answer["scenarios"]] == ["aturan", "hemat", "murah hati"]
    assert funds_of(rules) == {
        "apbd": (15_000_001, 16_000_000, 0, True, 0),
        "bank": (5_999_999, None, 5_999_999, False, 0),
    }
    assert (rules["fits"], rules["changes"]) == (False, [])
    assert funds_of(thrifty) == {
        "apbd": (8_000_000, 16_000_000, 0, True, -7_000_001),
        "bank": (4_000_000, None, 4_000_000, False, -1_999_999),
    }
    assert funds_of(generous)["apbd"] == (17_000_000, 16_000_000, 1_000_000, False, 1_999_999)
    assert generous["changes"] == [
        {
            "category": "masyarakat",
            "innovation_id": TEAM,
            "rules_rupiah": 10_000_001,
            "scenario_rupiah": 12_000_000,
        }
    ]
    assert {each["innovation_id"] for each in thrifty["changes"]} == {"inov-agency", TEAM, BODY}
    (line, *_) = thrifty["lines"]["apbd"]
    assert (line["allocation_id"], line["amount_rupiah"], line["uncapped_rupiah"]) == (
        "",
        4_000_000,
        5_000_000,
    )
    assert len(await awards.facts(COMPETITION.subject("kia-2026"))) == len(drafted())
    assert len(await awards.facts(FUND.subject("apbd"))) == 1


async def test_a_scenario_that_cannot_be_worked_with_says_why(office: Office) -> None:
    empty = prize(0)
    answer = await compared(office, {"name": "kosong", "categories": {"skpd": {"prizes": [empty]}}})
    _, scenario = answer["scenarios"]
    assert (scenario["refused"]["code"], scenario["fits"], scenario["lines"]) == (
        "prize_empty",
        False,
        {},
    )


async def test_bad_scenarios_are_refused(office: Office) -> None:
    path, one = f"{URL}/scenarios", {"name": "a"}
    for several in ([], [one] * 11, [{"name": ""}], [{**one, "prizes": []}]):
        answer = await office.chair.post(path, {"scenarios": several})
        assert answer.status_code == 422
    for several in ([one, one], [{"name": "aturan"}]):
        answer = await office.chair.post(path, {"scenarios": several})
        assert no(answer) == (422, "scenario_repeated")
    unknown = {"name": "a", "categories": {"lain": {}}}
    answer = await office.chair.post(path, {"scenarios": [unknown]})
    assert no(answer) == (404, "category_unknown")
    assert (await office.citizen.post(path, {"scenarios": [one]})).status_code == 403
    elsewhere = await office.chair.post("/competitions/none/scenarios", {"scenarios": [one]})
    assert elsewhere.status_code == 404
