"""What blocks, what costs points and what only advises, on real servers and real files."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
from pymongo import MongoClient

from deploy.local.stack import Addresses
from services.submission.app import create_app
from services.submission.settings import Settings
from tests.apps import Issuer, serving, settings_for
from tests.builders.files import jpeg, mp4, pdf
from tests.component.submission.conftest import PATH
from tests.component.submission.offices import Json, Office, office, open_season, register, verify
from tests.component.submission.uploading import Files

TITLE = "SIP PUTIH"
HELD = "kader mencatat, bidan memeriksa, dinas melihat hasilnya pada hari itu juga. "
NARRATIVE = (
    "Dasar hukum, permasalahan, isu strategis, metode pembaruan, kebaruan, cara kerja: " + HELD * 40
)


@pytest.fixture
async def admin_office(api: httpx.AsyncClient, issuer: Issuer) -> Office:
    """Who opens the season; the tree of agencies is there."""
    admin = office(api, issuer, "pemda_admin", "kalsel-brida")
    for number, kind in enumerate(("province", "regency", "agency")):
        await register(admin, *PATH[: number + 1], kind=kind)
    await register(admin, "kalsel", "hss", "hss-dinsos")
    return admin


@pytest.fixture
async def operators(
    api: httpx.AsyncClient, issuer: Issuer, admin_office: Office
) -> tuple[Office, Office]:
    """Of two agencies that do not see one another's."""
    await open_season(admin_office)
    return (
        office(api, issuer, "skpd_operator", *PATH),
        office(api, issuer, "skpd_operator", "kalsel", "hss", "hss-dinsos"),
    )


def files(who: Office, innovation: str) -> Files:
    return Files(who.api, who.headers, innovation)


async def preflight(who: Office, innovation: str) -> Json:
    return await who.read(f"/innovations/{innovation}/preflight")


def codes(told: Json, severity: str) -> set[tuple[str, str | None]]:
    """Without the mandatory indicators that nobody claims in these tests."""
    found = (each for each in told["findings"] if each["severity"] == severity)
    return {
        (each["code"], each["indicator"] or each["field"] or None)
        for each in found
        if each["code"] != "mandatory_unclaimed"
    }


async def claim(who: Office, innovation: str, indicator: str, level: int, **more: Any) -> None:
    answer = await who.api.put(
        f"/innovations/{innovation}/claims/{indicator}",
        json={"level": level, **more},
        headers=who.headers,
    )
    assert answer.status_code == 200, answer.text


async def test_an_empty_draft_hears_what_blocks_and_what_it_could_have(
    operators: tuple[Office, Office],
) -> None:
    operator, _ = operators
    innovation = await operator.draft(PATH[-1], TITLE, design_narrative="", purpose="", kind=None)
    told = await preflight(operator, innovation)
    assert (told["can_submit"], told["refusal"]["code"]) == (False, "profile_incomplete")
    assert codes(told, "blocks") == {
        ("field_missing", "kind"),
        ("field_missing", "purpose"),
        ("design_narrative_too_short", "design_narrative"),
    }
    assert (told["blocks"], told["costs"]) == (3, 5)
    assert codes(told, "advises") == {("nothing_claimed", None), ("no_evidence", None)}
    words = next(each for each in told["findings"] if each["code"] == "design_narrative_too_short")
    assert words["what"] == "Rancang bangun baru 0 kata; sedikitnya 300 kata diminta."
    assert (words["params"], words["severity"]) == (
        {"found": 0, "needed": 300, "lacking": 300},
        "blocks",
    )
    assert words["source"].startswith("Edition")
    english = await preflight(operator.english, innovation)
    assert english["findings"][0]["what"] == "A required field is empty: kind."


async def test_evidence_that_is_good_leaves_nothing_but_hints(
    operators: tuple[Office, Office],
) -> None:
    operator, _ = operators
    innovation = await operator.draft(PATH[-1], TITLE, design_narrative=NARRATIVE)
    mine = files(operator, innovation)
    letter = {"number": "188/1", "signed_on": "2024-05-02", "subject": TITLE}
    await mine.accepted(pdf(f"Keputusan {TITLE}"), indicators=["SID-01", "SID-02"], letter=letter)
    clip = {"media_type": "video/mp4", "file_name": "v.mp4", "letter": None}
    await mine.accepted(mp4(200), indicators=["SID-20"], evidence_kind="video_file", **clip)
    cover = {"media_type": "image/jpeg", "file_name": "s.jpg", "letter": None}
    await mine.accepted(jpeg(1280, 720), indicators=["SID-20"], evidence_kind="thumbnail", **cover)
    for indicator, level in (("SID-01", 1), ("SID-02", 2), ("SID-20", 3)):
        await claim(operator, innovation, indicator, level)
    told = await preflight(operator, innovation)
    assert (told["can_submit"], told["refusal"], told["unread"]) == (True, None, [])
    assert codes(told, "blocks") | codes(told, "costs") == set()
    assert codes(told, "advises") == {("video_parts", "SID-20"), ("file_shared", None)}
    assert (told["claimed_maturity"], told["maturity_at_risk"]) == ("19", "0")
    receipt = await operator.post(f"/innovations/{innovation}/submissions")
    assert receipt.status_code == 200, receipt.text
    after = await preflight(operator, innovation)
    assert (after["can_submit"], after["refusal"]["code"]) == (False, "innovation_locked")


async def test_what_a_verifier_would_reject_is_told_with_the_points_it_costs(
    operators: tuple[Office, Office],
) -> None:
    operator, _ = operators
    innovation = await operator.draft(PATH[-1], TITLE, design_narrative=NARRATIVE)
    mine = files(operator, innovation)
    letter = {"number": "188/1", "signed_on": "2021-05-02", "subject": "Panitia"}
    await mine.accepted(
        pdf("Keputusan tentang Panitia Hari Jadi"), indicators=["SID-01", "SID-02"], letter=letter
    )
    clip = {"media_type": "video/mp4", "file_name": "v.mp4", "letter": None}
    await mine.accepted(mp4(900), indicators=["SID-20"], evidence_kind="video_file", **clip)
    for indicator, level in (("SID-01", 3), ("SID-02", 1), ("SID-13", 3), ("SID-20", 3)):
        await claim(operator, innovation, indicator, level)
    told = await preflight(operator, innovation)
    assert told["can_submit"]
    assert codes(told, "costs") == {
        ("claim_without_evidence", "SID-13"),
        ("evidence_carries_less", "SID-01"),
        ("decree_of_another_year", "SID-01"),
        ("innovation_not_named", "SID-01"),
        ("no_letter_in_years", "SID-02"),
        ("video_too_long", "SID-20"),
        ("thumbnail_missing", "SID-20"),
    }
    assert (told["claimed_maturity"], told["safe_maturity"], told["maturity_at_risk"]) == (
        "29",
        "0",
        "29",
    )


async def test_what_is_typed_is_tried_without_a_key_and_nothing_is_saved(
    operators: tuple[Office, Office],
) -> None:
    operator, _ = operators
    innovation = await operator.draft(PATH[-1], TITLE, design_narrative="", implemented_on=None)
    url = f"/innovations/{innovation}/preflight"
    body: Json = {
        "profile": {"design_narrative": NARRATIVE, "implemented_on": "2024-05-01"},
        "claims": [{"indicator": "SID-13", "level": 2}],
    }
    answer = await operator.api.post(url, json=body, headers=operator.headers)
    assert answer.status_code == 200, answer.text
    tried = answer.json()
    assert (tried["can_submit"], tried["save_refusal"], tried["version"]) == (True, None, 1)
    assert codes(tried, "blocks") == set()
    assert codes(tried, "costs") == {("claim_without_evidence", "SID-13")}
    saved = await preflight(operator, innovation)
    assert (saved["can_submit"], saved["version"]) == (False, 1)
    half = {"profile": {"latitude": "-2.7"}, "claims": [{"indicator": "SID-18", "level": 1}]}
    answer = await operator.api.post(url, json=half, headers=operator.headers)
    refused = answer.json()
    assert refused["save_refusal"]["code"] == "coordinates_incomplete"
    assert ("basis_missing", "SID-18") in codes(refused, "costs")
    for wrong in ({"profile": {"title": None}}, {"claims": [{"indicator": "SID-99", "level": 1}]}):
        answer = await operator.api.post(url, json=wrong, headers=operator.headers)
        assert (answer.status_code, answer.json()["code"]) == (422, "request_invalid")


async def test_the_same_elsewhere_is_told_to_those_who_may_see_it_by_name(
    operators: tuple[Office, Office], issuer: Issuer
) -> None:
    operator, other = operators
    shared, letter = pdf(f"Keputusan {TITLE}"), {"signed_on": "2024-05-02", "number": "1"}
    body = " ".join(f"pasal {number} ayat satu dan dua" for number in range(40))
    first = await other.draft("hss-dinsos", TITLE.lower())
    theirs = files(other, first)
    declared = {"letter": {**letter, "subject": TITLE}}
    await theirs.accepted(shared, **declared)
    await theirs.accepted(
        pdf(f"Nomor 1 {body}"), evidence_kind="sop", indicators=["SID-13"], **declared
    )
    second = await operator.draft(PATH[-1], TITLE)
    mine = files(operator, second)
    await mine.accepted(shared, **declared)
    await mine.accepted(
        pdf(f"Nomor 2 {body}"), evidence_kind="sop", indicators=["SID-13"], **declared
    )
    told = await after_all_writes(operator, second)
    found = {each["code"]: each["params"] for each in told["findings"]}
    for code in ("title_taken", "file_elsewhere", "near_copy_elsewhere"):
        assert found[code]["other"] == "", code
        assert "other_id" not in found[code]
    leader = office(operator.api, issuer, "leader", "kalsel")
    seen = {each["code"]: each for each in (await preflight(leader, second))["findings"]}
    assert seen["title_taken"]["params"] == {"other": TITLE.lower(), "other_id": first}
    assert "sip putih" in seen["file_elsewhere"]["what"]


async def after_all_writes(who: Office, innovation: str) -> Json:
    """Neighbours come from read models, which follow the history."""
    written = await who.get(f"/innovations/{innovation}/preflight")
    asked = {"min_seq": written.headers["Inda-Sequence"]}
    return await who.read(f"/innovations/{innovation}/preflight", **asked)


async def test_the_clock_and_files_that_have_not_come(
    api: httpx.AsyncClient, issuer: Issuer, admin_office: Office
) -> None:
    soon = (datetime.now(UTC) + timedelta(hours=5)).isoformat()
    await open_season(
        admin_office, "2026", deadline=soon, grace_minutes=60, endorsement_required=True
    )
    operator = office(api, issuer, "skpd_operator", *PATH)
    innovation = await operator.draft(PATH[-1], TITLE, design_narrative=NARRATIVE)
    await files(operator, innovation).declared(pdf("belum datang"))
    told = await preflight(operator, innovation)
    assert codes(told, "blocks") == {("endorsement_missing", None)}
    assert told["refusal"]["code"] == "endorsement_missing"
    advised = {code for code, _ in codes(told, "advises")}
    assert {"deadline_near", "files_may_finish"} <= advised
    assert told["clock"]["phase"] == "open"


async def test_a_paper_that_is_not_in_the_cache_is_read_when_it_is_asked_about(
    fresh_servers: Addresses, operators: tuple[Office, Office], issuer: Issuer
) -> None:
    operator, _ = operators
    innovation = await operator.draft(PATH[-1], TITLE)
    mine = files(operator, innovation)
    for number in range(5):
        await mine.accepted(pdf(f"Surat {number} {TITLE}"))
    await forget(fresh_servers)
    first = await preflight(operator, innovation)
    second = await preflight(operator, innovation)
    assert (len(first["unread"]), second["unread"]) == (2, [])


async def forget(servers: Addresses) -> None:
    """Drops the cache, which is no read model: nothing else knows of it."""
    with MongoClient[dict[str, Any]](servers.mongo_urls["submission"]) as client:
        database = client.get_database("submission")
        assert database["contents"].count_documents({}) == 5
        database["contents"].drop()


async def test_nobody_else_reads_it(operators: tuple[Office, Office], issuer: Issuer) -> None:
    operator, other = operators
    innovation = await operator.draft(PATH[-1], TITLE)
    url = f"/innovations/{innovation}/preflight"
    for answer in (
        await other.get(url),
        await other.api.post(url, json={}, headers=other.headers),
        await operator.get("/innovations/none/preflight"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    judge = office(operator.api, issuer, "judge", *PATH)
    assert (await judge.get(url)).status_code == 403


async def test_it_is_asked_again_after_a_restart_and_says_the_same(
    operators: tuple[Office, Office], fresh_servers: Addresses, issuer: Issuer
) -> None:
    operator, _ = operators
    innovation = await operator.draft(PATH[-1], TITLE)
    await files(operator, innovation).accepted(pdf(TITLE))
    await claim(operator, innovation, "SID-01", 1)
    before = await preflight(operator, innovation)
    settings = settings_for(Settings, "submission", fresh_servers, issuer)
    async with serving(create_app, settings) as again:
        after = await preflight(Office(again, operator.headers), innovation)
    assert after["findings"] == before["findings"]


async def test_verified_levels_are_what_the_earlier_edition_is_held_against(
    operators: tuple[Office, Office], fresh_servers: Addresses, admin_office: Office
) -> None:
    operator, _ = operators
    earlier = "2025-01-01T00:00:00+08:00"
    await open_season(admin_office, "2023", edition="2023", opens_at=earlier)
    old = {"season": "2023", "implemented_on": "2022-05-01"}
    innovation = await operator.hand_in(PATH[-1], TITLE, **old)
    await verify(fresh_servers, operator, innovation)
    answer = await operator.write(f"/innovations/{innovation}/developments", {"season_id": "2026"})
    told = await preflight(operator, answer.json()["id"])
    assert codes(told, "blocks") == {
        ("outside_window", "implemented_on"),
        ("development_note_missing", "development_note"),
    }
    advised = {code for code, _ in codes(told, "advises")}
    assert "narrative_unchanged" in advised
    assert "title_taken" not in advised
