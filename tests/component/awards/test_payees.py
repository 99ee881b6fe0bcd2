"""Recipients by their ids in the history; their names and accounts beside it, erasable."""

from typing import Any

import httpx
import pytest

from services.awards.settings import Settings
from shared.events.awards import COMPETITION, RecipientsNamed
from shared.history import HistoryLog
from shared.views import Database
from tests.component.awards.money import BODY, CIVIC, MEMBERS, TEAM, URL, Office, drafted, no, ok
from tests.component.awards.world import People, say

PAYEE = {
    "name": "Siti Aminah",
    "tax_id": "6307.0141.0490.0002",
    "bank": "Bank Kalsel",
    "account_number": "001-03-01-12345-6",
    "account_holder": "Siti Aminah",
}
TEAM_URL = f"{URL}/recipients/{TEAM}"


@pytest.fixture
async def office(people: People, awards: HistoryLog) -> Office:
    await say(awards, COMPETITION, "kia-2026", drafted())
    return Office.of(people)


async def test_an_agency_names_the_members_of_its_team(office: Office, awards: HistoryLog) -> None:
    asked = ok(await office.citizen.get(TEAM_URL))
    assert (asked["recipient"], asked["are_named"], asked["recipients"]) == ("team", False, [])
    ok(await office.citizen.put("/payees/warga-1", PAYEE))
    assert ok(await office.citizen.put(TEAM_URL, {"recipients": MEMBERS}))["happened"] == [
        "RecipientsNamed"
    ]
    again = await office.citizen.put(TEAM_URL, {"recipients": MEMBERS})
    assert ok(again)["happened"] == []
    told = ok(await office.auditor.get(TEAM_URL))
    assert told["are_named"]
    assert told["recipients"] == [
        {**MEMBERS[0], "has_payee": True},
        {**MEMBERS[1], "has_payee": False},
    ]
    events = await awards.facts(COMPETITION.subject("kia-2026"))
    fact = events[-1].fact
    assert isinstance(fact, RecipientsNamed)
    assert (fact.by, fact.by_agency) == ("person-umum", "umum")
    assert "Siti" not in str([event.fact for event in events])


async def test_who_receives_by_itself_needs_no_naming(office: Office, people: People) -> None:
    dinkes = people("person-dinkes", "skpd_head", path=("kalsel", "hss", "dinkes"))
    told = ok(await dinkes.get(f"{URL}/recipients/inov-agency"))
    assert (told["are_named"], told["recipients"]) == (
        False,
        [
            {
                "recipient_id": "dinkes",
                "kind": "agency",
                "taxed_as": "agency",
                "parts": 1,
                "has_payee": False,
            }
        ],
    )
    assert ok(await office.chair.get(f"{URL}/recipients/{BODY}"))["are_named"]


async def test_only_those_of_the_entry_and_the_unconflicted_name_its_recipients(
    office: Office, people: People
) -> None:
    told = {"recipients": MEMBERS}
    own = people("person-panitia", "committee", path=CIVIC)
    drafter = people("person-drafter", "committee")
    for person in (office.stranger, own, drafter):
        assert (await person.put(TEAM_URL, told)).status_code == 404
    assert (await office.stranger.get(TEAM_URL)).status_code == 404
    assert (await office.treasurer.put(TEAM_URL, told)).status_code == 403
    ok(await office.member.put(TEAM_URL, told))
    wrong = {"recipients": [{**MEMBERS[0], "kind": "body", "taxed_as": "body"}]}
    assert no(await office.member.put(TEAM_URL, wrong)) == (409, "recipient_kind")
    assert (await office.member.put(f"{URL}/recipients/inov-9", told)).status_code == 404
    for broken in ([], [{**MEMBERS[0], "parts": 0}], [{**MEMBERS[0], "name": "Siti"}]):
        answer = await office.member.put(TEAM_URL, {"recipients": broken})
        assert answer.status_code == 422


def numbers(answer: httpx.Response) -> tuple[Any, ...]:
    told = ok(answer)
    return told["tax_id"], told["account_number"], told["is_masked"], told["agency_id"]


async def test_only_the_treasurer_reads_the_numbers_whole(office: Office, people: People) -> None:
    masked = ("*" * 12 + "0002", "*" * 9 + "3456", True, "umum")
    assert numbers(await office.citizen.put("/payees/warga-1", PAYEE)) == masked
    assert numbers(await office.citizen.get("/payees/warga-1")) == masked
    assert numbers(await office.chair.get("/payees/warga-1")) == masked
    assert numbers(await office.treasurer.get("/payees/warga-1")) == (
        "6307014104900002",
        "0010301123456",
        False,
        "umum",
    )
    assert (await office.stranger.get("/payees/warga-1")).status_code == 404
    assert (await office.auditor.get("/payees/warga-1")).status_code == 403
    head = people("person-kades", "skpd_head", path=CIVIC)
    assert numbers(await head.get("/payees/warga-1")) == masked


async def test_nobody_changes_a_payee_of_another_agency(office: Office) -> None:
    ok(await office.citizen.put("/payees/warga-1", PAYEE))
    theirs = {**PAYEE, "account_number": "999999999"}
    assert (await office.stranger.put("/payees/warga-1", theirs)).status_code == 404
    # What the committee corrects stays the agency's, and says who changed it.
    told = ok(await office.chair.put("/payees/warga-1", theirs))
    assert (told["agency_id"], told["changed_by"]) == ("umum", "person-chair")
    ok(await office.chair.put("/payees/pt-lab", {**PAYEE, "name": "PT Lab"}))
    assert (await office.citizen.get("/payees/pt-lab")).status_code == 404
    rehearsed = await office.chair.put("/payees/pt-x?dry_run=1", PAYEE)
    assert ok(rehearsed)["dry_run"]
    assert (await office.chair.get("/payees/pt-x")).status_code == 404


async def test_a_payee_is_erased_without_a_trace(
    office: Office, settings: Settings, capfd: pytest.CaptureFixture[str]
) -> None:
    ok(await office.citizen.put("/payees/warga-1", PAYEE))
    api, url = office.chair.api, "/payees/warga-1"
    assert (await api.delete(url, headers=office.citizen.headers)).status_code == 403
    rehearsed = await api.delete(f"{url}?dry_run=1", headers=office.chair.headers)
    assert rehearsed.status_code == 204
    ok(await office.chair.get(url))
    assert (await api.delete(url, headers=office.chair.headers)).status_code == 204
    assert (await office.treasurer.get(url)).status_code == 404
    assert (await api.delete(url, headers=office.chair.headers)).status_code == 404
    database = Database(settings.mongo_url.get_secret_value(), settings.mongo_database)
    try:
        for name in await database.names():
            assert "Siti" not in str(await database.collection(name).all())
    finally:
        database.close()
    told = capfd.readouterr()
    assert "Siti" not in told.out + told.err
    assert "0103011" not in told.out + told.err


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("tax_id", "123"),
        ("tax_id", "63070141049000020"),
        ("tax_id", "************0002"),
        ("account_number", "12"),
        ("account_number", "*********3456"),
        ("name", "  "),
        ("name", "Siti\u0000"),
        ("bank", ""),
        ("account_holder", "x" * 121),
    ],
)
async def test_what_is_no_name_or_number_is_not_kept(
    office: Office, field: str, value: str
) -> None:
    answer = await office.citizen.put("/payees/warga-1", {**PAYEE, field: value})
    assert answer.status_code == 422
    assert value.strip("* ") == "" or value not in answer.text
    assert (await office.treasurer.get("/payees/warga-1")).status_code == 404
