"""Uang pembinaan from the decree to the recipient and back, through the API and real servers."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from shared.events.awards import COMPETITION
from shared.history import HistoryLog
from tests.component.awards.money import (
    CIVIC,
    MEMBERS,
    TEAM,
    URL,
    Office,
    decreed,
    fund,
    no,
    ok,
    payment,
    today,
)
from tests.component.awards.world import People, say


@pytest.fixture
async def office(people: People, awards: HistoryLog) -> Office:
    """The decree is there, and two funds that suffice."""
    await say(awards, COMPETITION, "kia-2026", decreed())
    office = Office.of(people)
    ok(await office.treasurer.post("/funds", fund("apbd", 20_000_000)))
    ok(await office.treasurer.post("/funds", fund("bank", 6_000_000)))
    return office


def by_fund(answer: httpx.Response) -> dict[str, Any]:
    return {each["fund_id"]: each for each in ok(answer)["funds"]}


def due(outcome: dict[str, Any]) -> list[tuple[Any, ...]]:
    fields = ("category", "amount_rupiah", "tax_rupiah", "net_rupiah", "tax_table")
    return [
        (line["recipient"]["recipient_id"], *(line[name] for name in fields))
        for line in outcome["lines"]
    ]


async def allocation_of(office: Office, recipient: str, state: str = "allocated") -> str:
    """The path of a recipient's allocation in that state."""
    listed = ok(await office.auditor.get("/funds/apbd/allocations", state=state))["items"]
    (found,) = [
        each["allocation_id"] for each in listed if each["recipient"]["recipient_id"] == recipient
    ]
    return f"/funds/apbd/allocations/{found}"


async def allocated(office: Office, **body: Any) -> dict[str, Any]:
    answer = await office.chair.post(f"{URL}/allocations", body)
    told = by_fund(answer)
    sequence = max(each["sequence"] for each in told.values())
    if sequence:
        ok(await office.auditor.get("/funds/apbd", min_seq=sequence))
    return told


async def test_agency_team_and_body_receive_theirs_net_of_tax_and_to_the_rupiah(
    office: Office,
) -> None:
    missing = await office.chair.post(f"{URL}/allocations")
    assert no(missing) == (409, "recipients_missing")
    await office.team_named()
    waiting = await allocated(office)
    assert {each["code"] for each in waiting.values()} == {"tax_table_not_adopted"}
    ok(await office.chair.post("/tax-tables/2024-r1/adoption"))

    told = await allocated(office)
    assert due(told["apbd"]) == [
        ("dinkes", "skpd", 5_000_000, 0, 5_000_000, None),
        ("warga-1", "masyarakat", 6_666_667, 333_333, 6_333_334, "2024-r1"),
        ("warga-2", "masyarakat", 3_333_334, 166_666, 3_166_668, "2024-r1"),
    ]
    assert (told["apbd"]["asked_rupiah"], told["apbd"]["tax_rupiah"]) == (15_000_001, 499_999)
    # The net prize is grossed up to the smallest gross that leaves it; the pool is gross.
    assert due(told["bank"]) == [
        ("pt-lab", "badan", 4_999_999, 749_999, 4_250_000, "2024-r1"),
        ("pt-lab", "badan", 1_000_000, 150_000, 850_000, "2024-r1"),
    ]
    assert {each["outcome"] for each in (await allocated(office)).values()} == {"already_so"}


async def test_taxed_money_is_paid_once_the_treasurer_confirmed_the_table(office: Office) -> None:
    await office.team_named()
    ok(await office.chair.post("/tax-tables/2024-r1/adoption"))
    await allocated(office)
    agency, person = (
        await allocation_of(office, "dinkes"),
        await allocation_of(office, "warga-1"),
    )
    pay = f"{person}/payment"
    assert no(await office.treasurer.post(pay, payment("SP2D-1"))) == (409, "not_approved")
    assert no(await office.chair.post(f"{person}/approval")) == (409, "second_person_needed")
    for each in (agency, person):
        ok(await office.member.post(f"{each}/approval"))
    ok(await office.treasurer.post(f"{agency}/payment", payment("SP2D-1")))
    unconfirmed = await office.treasurer.post(pay, payment("SP2D-1"))
    assert no(unconfirmed) == (409, "tax_table_unconfirmed")

    (table,) = ok(await office.auditor.get("/tax-tables"))["items"]
    assert (table["status"], table["sentence"]) == (
        "unconfirmed",
        "Menunggu konfirmasi bendahara.",
    )
    note = {"note": "Sesuai PMK 168/2023"}
    assert (await office.chair.post("/tax-tables/2024-r1/confirmation", note)).status_code == 403
    confirmed = await office.treasurer.post("/tax-tables/2024-r1/confirmation", note)
    sequence = ok(confirmed)["sequence"]
    (table,) = ok(await office.auditor.get("/tax-tables", min_seq=sequence))["items"]
    assert (table["status"], table["confirmed"]["note"]) == ("confirmed", note["note"])
    assert table["table"]["recipients"][0]["source"] == ["S-82", "S-83"]

    last_year = {"reference": "SP2D-1", "paid_on": f"{today().year - 1}-12-31"}
    assert no(await office.treasurer.post(pay, last_year)) == (409, "other_fiscal_year")
    paid = await office.treasurer.post(pay, payment("SP2D-1"))
    assert ok(paid)["happened"] == ["AllocationPaid"]
    assert ok(await office.treasurer.post(pay, payment("SP2D-1")))["happened"] == []
    assert no(await office.treasurer.post(pay, payment("SP2D-2"))) == (409, "already_paid")
    shown = await office.auditor.see("/funds/apbd", paid, paid_rupiah=11_666_667)
    assert (shown["paid_tax_rupiah"], shown["available_rupiah"]) == (333_333, 4_999_999)


async def test_held_money_waits_and_returned_money_goes_out_again(office: Office) -> None:
    await office.team_named()
    await office.taxes_confirmed()
    await allocated(office)
    person = await allocation_of(office, "warga-1")
    ok(await office.member.post(f"{person}/approval"))
    why = {"reason": "Rekening atas nama orang lain"}
    held = await office.treasurer.post(f"{person}/hold", why)
    await office.auditor.see("/funds/apbd", held, held_rupiah=6_666_667)
    pay = f"{person}/payment"
    assert no(await office.treasurer.post(pay, payment("SP2D-1"))) == (409, "allocation_held")
    ok(await office.chair.post(f"{person}/release", {"reason": "Rekening sudah benar"}))
    ok(await office.treasurer.post(pay, payment("SP2D-1")))

    back = {
        "reference": "STS-1",
        "returned_on": today().isoformat(),
        "reason": "Rekening ditolak bank",
    }
    tomorrow = {**back, "returned_on": (today() + timedelta(days=1)).isoformat()}
    assert no(await office.treasurer.post(f"{person}/return", tomorrow))[1] == "returned_in_future"
    ok(await office.treasurer.post(f"{person}/return", back))
    assert (await allocated(office))["apbd"]["outcome"] == "already_so"

    # Once more, because it is asked for: another allocation, with two people and a number anew.
    old = person.rsplit("/", 1)[1]
    anew = await allocated(office, again=[old])
    assert anew["apbd"]["outcome"] == "allocated"
    assert (await allocated(office, again=[old]))["apbd"]["outcome"] == "already_so"
    second = await allocation_of(office, "warga-1")
    assert second != person
    ok(await office.member.post(f"{second}/approval"))
    ok(await office.treasurer.post(f"{second}/payment", payment("SP2D-9")))
    assert no(await office.treasurer.post(pay, payment("SP2D-9"))) == (409, "allocation_returned")

    entries = await ledger(office)
    assert [(each["entry"], each["allocated_change_rupiah"]) for each in entries] == [
        ("registered", 0),
        ("allocated", 5_000_000),
        ("allocated", 6_666_667),
        ("allocated", 3_333_334),
        ("paid", 0),
        ("returned", -6_666_667),
        ("allocated", 6_666_667),
        ("paid", 0),
    ]
    last = entries[-1]
    assert (last["allocated_rupiah"], last["paid_rupiah"], last["available_rupiah"]) == (
        15_000_001,
        6_666_667,
        4_999_999,
    )
    assert (entries[5]["reference"], entries[5]["reason"]) == ("STS-1", "Rekening ditolak bank")


async def ledger(office: Office) -> list[dict[str, Any]]:
    """All entries, three a page."""
    entries: list[dict[str, Any]] = []
    cursor: str | None = None
    while True:
        asked = {"limit": 3} if cursor is None else {"limit": 3, "cursor": cursor}
        page = ok(await office.auditor.get("/funds/apbd/ledger", **asked))
        assert page["ceiling_rupiah"] == 20_000_000
        entries += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            return entries


async def test_another_recipient_has_it_only_after_the_former_gave_it_up(office: Office) -> None:
    await office.team_named()
    await office.taxes_confirmed()
    await allocated(office)
    alone = {"recipients": [MEMBERS[1]]}
    ok(await office.citizen.put(f"{URL}/recipients/{TEAM}", alone))
    # The id is that of the same recipient, the sum is another.
    refused = (await allocated(office))["apbd"]
    assert (refused["outcome"], refused["code"]) == ("refused", "allocation_differs")
    third = {**MEMBERS[0], "recipient_id": "warga-3"}
    ok(await office.citizen.put(f"{URL}/recipients/{TEAM}", {"recipients": [third]}))
    refused = (await allocated(office))["apbd"]
    assert (refused["outcome"], refused["code"]) == ("refused", "held_by_another")
    for name in ("warga-1", "warga-2"):
        path = await allocation_of(office, name)
        ok(await office.chair.post(f"{path}/reversal", {"reason": "Penerima diganti"}))
    told = (await allocated(office))["apbd"]
    assert told["outcome"] == "allocated"
    assert due(told)[1] == ("warga-3", "masyarakat", 10_000_001, 500_000, 9_500_001, "2024-r1")


async def test_nobody_approves_what_they_receive(office: Office, people: People) -> None:
    own = {"recipients": [{**MEMBERS[0], "recipient_id": "person-member"}]}
    ok(await office.citizen.put(f"{URL}/recipients/{TEAM}", own))
    await office.taxes_confirmed()
    await allocated(office)
    path = await allocation_of(office, "person-member")
    assert (await office.member.post(f"{path}/approval")).status_code == 404
    neighbour = people("person-camat", "leader", path=CIVIC)
    assert (await neighbour.post(f"{path}/approval")).status_code == 404
    ok(await people("person-other", "committee").post(f"{path}/approval"))


async def test_a_fund_of_another_year_gives_nothing(people: People, awards: HistoryLog) -> None:
    await say(awards, COMPETITION, "kia-2026", decreed())
    office = Office.of(people)
    await office.team_named()
    await office.taxes_confirmed()
    year = today().year
    ok(await office.treasurer.post("/funds", fund("apbd", 20_000_000, fiscal_year=year - 1)))
    ok(await office.treasurer.post("/funds", fund("bank", 5_999_998)))
    told = await allocated_raw(office)
    assert told == {
        "apbd": ("fiscal_year_over", {"fund_id": "apbd", "fiscal_year": year - 1, "year": year}),
        "bank": (
            "over_ceiling",
            {"fund_id": "bank", "available_rupiah": 5_999_998, "asked_rupiah": 5_999_999},
        ),
    }


async def allocated_raw(office: Office) -> dict[str, tuple[str, Any]]:
    told = by_fund(await office.chair.post(f"{URL}/allocations"))
    return {key: (each["code"], each["params"]) for key, each in told.items()}


async def test_a_fund_is_registered_for_what_it_is(office: Office) -> None:
    malformed = fund("apbd-2", 1, source_kind="apbd", account_code="5.1.02")
    assert no(await office.treasurer.post("/funds", malformed)) == (409, "account_code_malformed")
    late = fund("bank-2", 1, cut_off=f"{today().year + 1}-01-01")
    assert no(await office.treasurer.post("/funds", late)) == (409, "cut_off_of_another_year")
    assert (await office.auditor.get("/funds/none/ledger")).status_code == 404
    assert (await office.auditor.get("/funds/none/allocations")).status_code == 404


async def test_a_fund_warns_of_its_cut_off_in_the_language_of_the_reader(
    people: People, awards: HistoryLog
) -> None:
    await say(awards, COMPETITION, "kia-2026", decreed())
    office = Office.of(people)
    await office.team_named()
    await office.taxes_confirmed()
    told = fund("apbd", 20_000_000, cut_off=today().isoformat())
    ok(await office.treasurer.post("/funds", told))
    ok(await office.treasurer.post("/funds", fund("bank", 6_000_000)))
    await allocated(office)
    held = await allocation_of(office, "warga-1")
    sequence = ok(await office.treasurer.post(f"{held}/hold", {"reason": "Diperiksa"}))["sequence"]
    shown = ok(await office.auditor.get("/funds/apbd", min_seq=sequence))
    assert [(each["code"], each["params"]["count"]) for each in shown["warnings"]] == [
        ("cut_off_near", 3),
        ("unapproved_near_cut_off", 2),
        ("held_near_cut_off", 1),
    ]
    assert shown["warnings"][2]["sentence"] == "1 alokasi masih ditahan."
    english = {**office.auditor.headers, "Accept-Language": "en"}
    listed = (await office.auditor.api.get("/funds", headers=english)).json()["items"]
    assert listed[0]["warnings"][2]["sentence"] == "1 allocations are still held."


async def test_a_ledger_is_read_page_by_page_and_filtered(office: Office) -> None:
    await office.team_named()
    await office.taxes_confirmed()
    await allocated(office)
    path = "/funds/apbd/allocations"
    first = ok(await office.auditor.get(path, limit=2))
    assert [each["amount_rupiah"] for each in first["items"]] == [5_000_000, 6_666_667]
    rest = ok(await office.auditor.get(path, limit=2, cursor=first["next_cursor"]))
    assert ([each["amount_rupiah"] for each in rest["items"]], rest["next_cursor"]) == (
        [3_333_334],
        None,
    )
    assert ok(await office.auditor.get(path, competition_id="other"))["items"] == []
    assert ok(await office.auditor.get(path, state="paid"))["items"] == []
    assert no(await office.auditor.get(path, cursor="x")) == (422, "cursor_broken")
    assert (await office.auditor.get(path, state="nothing")).status_code == 422
    assert (await office.stranger.get(path)).status_code == 403
