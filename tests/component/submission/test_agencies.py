"""Agencies are found by name and in the tree, renamed, succeeded, closed; nobody is left over."""

from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from shared.events.submission import AGENCY, AgencySucceeded
from tests.apps import Issuer, key
from tests.component.submission.offices import Office, office, open_season, register
from tests.voices import Voice, speaking_as
from tests.waiting import holds

HSS = ("kalsel", "hss")
DAY = "2026-01-02"
SUCCESSION: dict[str, Any] = {
    "successors": ["hss-brida"],
    "effective_on": DAY,
    "letter_number": "Perbup 31/2025",
    "reason": "Penataan perangkat daerah.",
}


@pytest.fixture
async def admin(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    """The office, with a small tree of agencies."""
    admin = office(api, issuer, "pemda_admin", "kalsel", "kalsel-brida")
    await register(admin, "kalsel", kind="province", name="Provinsi Kalimantan Selatan")
    await register(admin, *HSS, kind="regency", name="Kabupaten Hulu Sungai Selatan")
    await register(admin, *HSS, "hss-dinkes", name="Dinas Kesehatan")
    await register(admin, *HSS, "hss-disdik", name="dinas pendidikan")
    await register(admin, *HSS, "hss-bappeda", name="Bappelitbangda")
    await register(admin, *HSS, "hss-brida", name="Badan Riset dan Inovasi Daerah")
    await register(
        admin,
        *(*HSS, "hss-dinkes", "hss-pkm-ambah"),
        kind="health_centre",
        name="UPTD Puskesmas Ambah",
    )
    return admin


async def names(person: Office, **params: Any) -> list[str]:
    found = await person.read("/agencies", **params)
    return [each["agency_id"] for each in found["items"]]


async def test_agencies_are_found_by_the_beginnings_of_words_and_sorted_by_name(
    admin: Office,
) -> None:
    assert await names(admin, text="DIN") == ["hss-dinkes", "hss-disdik"]
    assert await names(admin, text="din pend") == ["hss-disdik"]
    assert await names(admin, text="inas") == []
    assert await names(admin, text=".*") == await names(admin)
    assert await names(admin, kind="health_centre") == ["hss-pkm-ambah"]
    assert await names(admin, below="hss-dinkes") == ["hss-dinkes", "hss-pkm-ambah"]
    assert await names(admin, region="hss", text="badan") == ["hss-brida"]
    assert await names(admin, region="kalsel") == ["kalsel"]


async def test_a_list_of_agencies_goes_on_where_its_page_ended(admin: Office) -> None:
    whole, seen = await names(admin), []
    params: dict[str, Any] = {"limit": 3}
    while True:
        page = await admin.read("/agencies", **params)
        seen += [each["agency_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        params["cursor"] = page["next_cursor"]
    assert seen == whole
    assert len(whole) == 7


async def test_the_tree_tells_how_many_are_below_each(admin: Office) -> None:
    await admin.write("/agencies/hss-bappeda/closing", {"reason": "Digabung."})
    tree = await admin.read("/agencies/hss/tree", limit=3)
    assert tree["agency"]["open_children"] == 3
    assert [(each["agency_id"], each["open_children"]) for each in tree["children"]] == [
        ("hss-brida", 0),
        ("hss-bappeda", 0),
        ("hss-dinkes", 1),
    ]
    rest = await admin.read("/agencies/hss/tree", limit=3, cursor=tree["next_cursor"])
    assert [each["agency_id"] for each in rest["children"]] == ["hss-disdik"]
    assert (await admin.get("/agencies/none/tree")).status_code == 404
    assert "hss-bappeda" not in await names(admin, open_only=True)


async def test_a_name_is_changed_by_letter_and_the_former_one_kept(admin: Office) -> None:
    body = {
        "name": "Dinas Kesehatan dan KB",
        "short_name": "DKKB",
        "letter_number": "Perbup 3/2026",
        "effective_on": DAY,
    }
    renamed = await admin.api.put(
        "/agencies/hss-dinkes/name", json=body, headers={**admin.headers, "If-Match": '"1"'}
    )
    assert renamed.json()["happened"] == ["AgencyRenamed"], renamed.text
    await admin.shown(renamed)
    agency = await admin.read("/agencies/hss-dinkes")
    assert (agency["name"], agency["former_names"]) == (
        "Dinas Kesehatan dan KB",
        [
            {
                "name": "Dinas Kesehatan",
                "short_name": "",
                "letter_number": "Perbup 3/2026",
                "changed_on": DAY,
            }
        ],
    )
    assert await names(admin, text="dkkb") == ["hss-dinkes"]


async def test_others_carry_on_and_see_what_was_reported(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office
) -> None:
    await open_season(admin)
    before = office(api, issuer, "skpd_operator", *HSS, "hss-bappeda")
    innovation = await before.draft("hss-bappeda", "RENCANA KITA")
    heir = office(api, issuer, "skpd_operator", *HSS, "hss-brida")
    assert (await heir.get(f"/innovations/{innovation}")).status_code == 404
    succeeded = await admin.write("/agencies/hss-bappeda/succession", SUCCESSION)
    assert succeeded.json()["happened"] == ["AgencySucceeded"]
    agency = await admin.read("/agencies/hss-bappeda")
    assert (agency["is_closed"], agency["successors"], agency["closed_because"]) == (
        True,
        ["hss-brida"],
        "Penataan perangkat daerah.",
    )
    assert agency["succession"] == {"effective_on": DAY, "letter_number": "Perbup 31/2025"}
    assert (await heir.read(f"/innovations/{innovation}"))["title"] == "RENCANA KITA"
    listed = await heir.read("/innovations")
    assert [each["innovation_id"] for each in listed["items"]] == [innovation]
    stranger = office(api, issuer, "skpd_operator", *HSS, "hss-disdik")
    assert (await stranger.get(f"/innovations/{innovation}")).status_code == 404
    assert (await stranger.read("/innovations"))["items"] == []
    more_time = {"agency_id": "hss-bappeda", "until": "2099-09-07T23:59:00+08:00", "reason": "x"}
    await admin.write("/seasons/2026/late-exceptions", more_time)
    granted = (await admin.read("/seasons/2026"))["exceptions"]
    assert [each["agency_id"] for each in granted] == ["hss-bappeda"]
    profile = {"season_id": "2026", "agency_id": "hss-bappeda", "profile": {"title": "BARU"}}
    assert await before.refused("/innovations", profile) == (409, "agency_unknown")


async def test_a_circle_of_successions_ends_and_another_process_may_have_told_of_it(
    api: httpx.AsyncClient, issuer: Issuer, admin: Office, fresh_servers: Addresses
) -> None:
    await open_season(admin)
    before = office(api, issuer, "skpd_operator", *HSS, "hss-bappeda")
    innovation = await before.draft("hss-bappeda", "RENCANA KITA")
    chain = ("hss-bappeda", "hss-brida", "hss-disdik", "hss-bappeda")
    async with speaking_as(Voice, fresh_servers, "submission") as replica:
        for ended, heir in pairwise(chain):
            await replica.say(AGENCY, ended, succeeded(ended, heir))
    last = office(api, issuer, "skpd_operator", *HSS, "hss-disdik")
    assert (await last.get(f"/innovations/{innovation}")).status_code == 200
    stranger = office(api, issuer, "skpd_operator", *HSS, "hss-dinkes")
    assert (await stranger.get(f"/innovations/{innovation}")).status_code == 404

    async def is_listed() -> bool:
        return [each["innovation_id"] for each in (await last.read("/innovations"))["items"]] == [
            innovation
        ]

    await holds(is_listed)
    assert (await stranger.read("/innovations"))["items"] == []


def succeeded(agency_id: str, successor: str) -> AgencySucceeded:
    return AgencySucceeded(
        by="admin",
        at=datetime(2026, 1, 3, tzinfo=UTC),
        agency_id=agency_id,
        successors=(successor,),
        effective_on=date(2026, 1, 2),
        letter_number="Perbup 31/2025",
        reason="Penataan.",
    )


REFUSED_SUCCESSIONS: tuple[tuple[dict[str, Any], int, str], ...] = (
    ({"successors": ["nobody"]}, 409, "successor_unknown"),
    ({"successors": ["hss-bappeda"]}, 409, "successor_is_own"),
    ({"successors": ["hss-brida", "hss-brida"]}, 409, "successor_twice"),
    ({"successors": []}, 422, "request_invalid"),
    ({"effective_on": "2099-01-01"}, 409, "effective_in_future"),
    ({"effective_on": "2026-02-30"}, 422, "request_invalid"),
    ({"letter_number": ""}, 422, "request_invalid"),
)


async def test_a_succession_that_cannot_be_is_refused(admin: Office) -> None:
    path = "/agencies/hss-bappeda/succession"
    for changes, status, code in REFUSED_SUCCESSIONS:
        told = await admin.refused(path, {**SUCCESSION, **changes})
        assert (changes, *told) == (changes, status, code)
    assert not (await admin.read("/agencies/hss-bappeda"))["is_closed"]


async def test_nobody_is_left_below_an_agency_that_ends(admin: Office) -> None:
    closing = await admin.post("/agencies/hss-dinkes/closing", {"reason": "Digabung."})
    assert (closing.status_code, closing.json()["code"], closing.json()["params"]) == (
        409,
        "children_open",
        {"agencies": ["hss-pkm-ambah"]},
    )
    assert await admin.refused("/agencies/hss-dinkes/succession", SUCCESSION) == (
        409,
        "children_open",
    )
    await admin.write("/agencies/hss-pkm-ambah/closing", {"reason": "Tutup."})
    await admin.write("/agencies/hss-dinkes/succession", SUCCESSION)
    fresh = {
        "agency_id": "hss-pkm-baru",
        "name": "PKM Baru",
        "kind": "health_centre",
        "parent_id": "hss-dinkes",
    }
    assert await admin.refused("/agencies", fresh) == (409, "parent_unknown")


async def test_a_child_that_was_registered_a_moment_ago_is_not_overlooked(admin: Office) -> None:
    """The read models may be behind: the route waits for them."""
    body = {"name": "Pustu", "kind": "health_centre", "parent_id": "hss-brida"}
    for number in range(5):
        child = {**body, "agency_id": f"hss-pustu-{number}"}
        sent = await admin.api.post("/agencies", json=child, headers={**admin.headers, **key()})
        assert sent.status_code == 201, sent.text
        closing = await admin.post("/agencies/hss-brida/closing", {"reason": "x"})
        assert closing.json()["code"] == "children_open", closing.text
        assert f"hss-pustu-{number}" in closing.json()["params"]["agencies"]
