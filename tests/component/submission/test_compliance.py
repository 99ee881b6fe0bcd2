"""The board: who owes an innovation this year, who has one, how far it is; and the counts."""

from itertools import chain, cycle, islice
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from tests.apps import Issuer
from tests.component.submission.offices import Office, office, open_season, register, verify

HSS = ("kalsel", "hss")
BANJAR = ("kalsel", "banjar")
BOARD = "/seasons/2026/compliance"
SUCCESSION: dict[str, Any] = {
    "successors": ["hss-brida"],
    "effective_on": "2026-01-02",
    "letter_number": "Perbup 31/2025",
    "reason": "Penataan perangkat daerah.",
}


@pytest.fixture
async def admin(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    """The office, with a season and two regencies."""
    admin = office(api, issuer, "pemda_admin", "kalsel", "kalsel-brida")
    await open_season(admin)
    await register(admin, "kalsel", kind="province")
    await register(admin, *HSS, kind="regency")
    await register(admin, *BANJAR, kind="regency")
    return admin


async def states(person: Office, **params: Any) -> dict[str, str]:
    """Every agency of the board with its state, over all pages."""
    found: dict[str, str] = {}
    while True:
        page = await person.read(BOARD, **params)
        rows = {each["agency_id"]: each["state"] for each in page["items"]}
        assert not rows.keys() & found.keys()
        found |= rows
        if page["next_cursor"] is None:
            return found
        params["cursor"] = page["next_cursor"]


async def promise(head: Office, agency_id: str, number: int) -> None:
    body = {
        "season_id": "2026",
        "innovations_promised": number,
        "letter_number": "188/7",
        "signed_on": "2026-01-19",
    }
    await head.write(f"/agencies/{agency_id}/commitments", body)


async def test_a_row_tells_how_far_an_agency_is_on_its_way(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office, fresh_servers: Addresses
) -> None:
    await register(admin, *HSS, "hss-dinkes", name="Dinas Kesehatan")
    await promise(admin, "hss-dinkes", 2)
    operator = office(api, issuer, "skpd_operator", *HSS, "hss-dinkes")
    assert await states(operator) == {"hss-dinkes": "owing"}
    first = await operator.draft("hss-dinkes", "SIP PUTIH")
    assert await states(operator) == {"hss-dinkes": "drafting"}
    await operator.api.put(
        f"/innovations/{first}/claims/SID-01", json={"level": 1}, headers=operator.headers
    )
    await operator.write(f"/innovations/{first}/submissions")
    assert await states(operator) == {"hss-dinkes": "owing"}
    second = await operator.hand_in("hss-dinkes", "PADAT LANGSING")
    assert await states(operator) == {"hss-dinkes": "submitted"}
    await verify(fresh_servers, operator, first)
    (row,) = (await operator.read(BOARD))["items"]
    assert row == {
        "agency_id": "hss-dinkes",
        "name": "Dinas Kesehatan",
        "short_name": "",
        "kind": "agency",
        "region_id": "hss",
        "path": ["kalsel", "hss", "hss-dinkes"],
        "promised": 2,
        "letter_number": "188/7",
        "drafts": 0,
        "reopened": 0,
        "submitted": 1,
        "verified": 1,
        "rejected": 0,
        "state": "verified",
        "owes": False,
        "furthest": "verified",
        "indicators_claimed": 1,
    }
    await verify(fresh_servers, operator, second)
    assert await states(operator) == {"hss-dinkes": "fulfilled"}
    third = await operator.draft("hss-dinkes", "TERNYATA GANDA")
    await operator.write(f"/innovations/{third}/withdrawal", {"reason": "Ganda."})
    (row,) = (await operator.read(BOARD))["items"]
    assert (row["drafts"], row["state"]) == (0, "fulfilled")


async def test_only_open_agencies_of_the_obliged_kinds_are_on_the_board(admin: Office) -> None:
    await register(admin, *HSS, "hss-dinkes")
    await register(admin, *HSS, "hss-forum", kind="community")
    await register(admin, *HSS, "hss-tutup")
    await admin.write("/agencies/hss-tutup/closing", {"reason": "Digabung."})
    assert await states(admin) == {"hss-dinkes": "owing"}
    await open_season(admin, "2027", obliged_kinds=["community"])
    page = await admin.read("/seasons/2027/compliance")
    assert [each["agency_id"] for each in page["items"]] == ["hss-forum"]
    assert (await admin.get("/seasons/2099/compliance")).json()["code"] == "season_unknown"


async def test_people_of_an_agency_see_it_and_those_below_and_overseers_see_all(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office
) -> None:
    await register(admin, *HSS, "hss-dinkes")
    await register(admin, *HSS, "hss-dinkes", "hss-pkm", kind="health_centre")
    await register(admin, *BANJAR, "banjar-dinkes")
    everybody = {"hss-dinkes", "hss-pkm", "banjar-dinkes"}
    for role, path, seen in (
        ("skpd_operator", (*HSS, "hss-dinkes"), {"hss-dinkes", "hss-pkm"}),
        ("skpd_head", (*HSS, "hss-dinkes", "hss-pkm"), {"hss-pkm"}),
        ("skpd_operator", BANJAR, {"banjar-dinkes"}),
        ("skpd_operator", (), set[str]()),
        ("auditor", (), everybody),
        ("leader", BANJAR, everybody),
    ):
        person = office(api, issuer, role, *path)
        assert (role, path, set(await states(person))) == (role, path, seen)
        summary = await person.read(f"{BOARD}/summary")
        assert summary["agencies"] == len(seen)
    judge = office(api, issuer, "judge")
    assert (await judge.get(BOARD)).status_code == 403


async def test_what_a_predecessor_reported_counts_for_those_who_carry_on(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office
) -> None:
    for agency_id in ("hss-bappeda", "hss-litbang", "hss-brida"):
        await register(admin, *HSS, agency_id)
    before = office(api, issuer, "skpd_operator", *HSS, "hss-litbang")
    await before.hand_in("hss-litbang", "RENCANA KITA")
    assert (await states(admin))["hss-brida"] == "owing"
    to_bappeda = {**SUCCESSION, "successors": ["hss-bappeda"]}
    await admin.write("/agencies/hss-litbang/succession", to_bappeda)
    await admin.write("/agencies/hss-bappeda/succession", SUCCESSION)
    assert await states(admin) == {"hss-brida": "submitted"}
    heir = office(api, issuer, "skpd_operator", *HSS, "hss-brida")
    counts = await heir.read("/seasons/2026/counts")
    assert (counts["innovations"], counts["agencies"]) == (1, 1)


async def test_the_board_is_filtered_and_goes_on_where_its_page_ended(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office
) -> None:
    kinds = ("agency", "village", "district")
    owing: set[str] = set()
    for number, kind in enumerate(islice(cycle(kinds), 12)):
        path = (*(HSS if number % 2 else BANJAR), f"unit-{number:02}")
        await register(admin, *path, kind=kind)
        owing.add(path[-1])
        if number % 3 == 0:
            operator = office(api, issuer, "skpd_operator", *path)
            await operator.hand_in(path[-1], f"INOVASI {number}")
            owing.discard(path[-1])
    every = await states(admin, limit=5)
    assert list(every) == [f"unit-{number:02}" for number in range(12)]
    for limit in (1, 2, 3, 200):
        found = await states(admin, state="owing", limit=limit)
        assert (limit, set(found)) == (limit, owing)
    assert await states(admin, state="fulfilled") == {}
    below = await states(admin, below="hss", kind="village")
    assert set(below) == {"unit-01", "unit-07"}
    assert set(await states(admin, region="banjar", state="submitted")) == {"unit-00", "unit-06"}
    summary = await admin.read(f"{BOARD}/summary", region="banjar")
    assert summary == {
        "season_id": "2026",
        "training": False,
        "agencies": 6,
        "owes": 4,
        "promised": 6,
        "states": standings(owing=4, submitted=2),
        "kinds": [
            {"kind": "agency", "agencies": 2, "owes": 0, "states": standings(submitted=2)},
            {"kind": "district", "agencies": 2, "owes": 2, "states": standings(owing=2)},
            {"kind": "village", "agencies": 2, "owes": 2, "states": standings(owing=2)},
        ],
    }


def standings(**numbers: int) -> dict[str, int]:
    names = ("owing", "drafting", "submitted", "verified", "fulfilled")
    return {name: numbers.get(name, 0) for name in names}


LAUNCHED = {
    "agency": 15,
    "secretariat_division": 3,
    "district": 6,
    "urban_village": 1,
    "health_centre": 5,
}
"""Kabupaten Banjar, 5 December 2024: from how many units of each kind its 74 innovations came."""

INITIATORS: dict[str, tuple[int, dict[str, str]]] = {
    "asn": (49, {"initiator": "asn"}),
    "pkp": (21, {"initiator": "asn", "change_project": "pkp"}),
    "pka": (4, {"initiator": "asn", "change_project": "pka"}),
}


async def test_innovations_are_counted_as_kabupaten_banjar_published_them(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office
) -> None:
    units = [f"{kind}-{number}" for kind, count in LAUNCHED.items() for number in range(count)]
    units = [each.replace("_", "-") for each in units]
    for unit, kind in zip(units, chain(*([k] * n for k, n in LAUNCHED.items())), strict=True):
        await register(admin, *BANJAR, unit, kind=kind)
    operator = office(api, issuer, "skpd_operator", *BANJAR)
    profiles = chain(*([profile] * count for count, profile in INITIATORS.values()))
    for number, (unit, profile) in enumerate(zip(cycle(units), profiles, strict=False)):
        await operator.hand_in(unit, f"INOVASI {number}", **profile)
    await operator.draft("agency-0", "MASIH DRAF")
    counts = await admin.read("/seasons/2026/counts", region="banjar")
    assert (counts["innovations"], counts["agencies"]) == (74, 30)
    assert counts["by_initiator"] == [
        {"initiator": name, "innovations": count} for name, (count, _) in INITIATORS.items()
    ]
    assert {each["kind"]: each["agencies"] for each in counts["by_kind"]} == LAUNCHED
    assert sum(each["innovations"] for each in counts["by_kind"]) == 74
    everything = await admin.read("/seasons/2026/counts", state="all", below="banjar")
    assert everything["innovations"] == 75
    elsewhere = await admin.read("/seasons/2026/counts", region="hss")
    assert (elsewhere["innovations"], elsewhere["by_kind"]) == (0, [])
    one = office(api, issuer, "skpd_operator", *BANJAR, "urban-village-0")
    mine = await one.read("/seasons/2026/counts")
    assert [(each["kind"], each["agencies"]) for each in mine["by_kind"]] == [("urban_village", 1)]
