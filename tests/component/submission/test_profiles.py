"""A draft is saved field by field; two people who type at once both keep their text."""

import asyncio
from typing import Any

import httpx

from services.submission.api.bodies import MAX_PROFILE_BYTES
from tests.apps import key
from tests.component.submission.conftest import Headers, opened, shown
from tests.component.submission.test_way_of_an_innovation import PROFILE, drafted

Api = httpx.AsyncClient
NOT_A_PROFILE: tuple[dict[str, Any], ...] = (
    {"unknown": 1},
    {"title": ""},
    {"title": "   "},
    {"title": "x" * 251},
    {"title": "tersem\u0000bunyi"},
    {"title": "\u202a\u001b[31mmerah"},
    {"title": 7},
    {"design_narrative": "x" * 20_001},
    {"purpose": "x" * 5_001},
    {"purpose": "a\u0007b"},
    {"purpose": ["tujuan"]},
    {"stage": "selesai"},
    {"implemented_on": "2024-02-31"},
    {"implemented_on": "2024-5-1"},
    {"implemented_on": "2024-05-01T00:00:00"},
    {"implemented_on": 1714521600},
    {"implemented_on": "1714521600"},
    {"implemented_on": "besok"},
    {"latitude": "91"},
    {"latitude": "-2.1234567"},
    {"latitude": "NaN"},
    {"latitude": "1e-999999999"},
    {"latitude": True},
    {"longitude": "180.000001"},
    {"longitude": "Infinity"},
    {"budget_rupiah": -1},
    {"budget_rupiah": 1.5},
    {"budget_rupiah": "1000"},
    {"budget_rupiah": True},
    {"related_affairs": "kesehatan"},
    {"related_affairs": ["x" * 61]},
    {"related_affairs": ["kesehatan"] * 61},
    {"collaborators": [""]},
    {"collaborators": ["x"] * 101},
    {"intellectual_property": [{"kind": "patent"}]},
    {"intellectual_property": [{"kind": "idea", "number": "1"}]},
    {"intellectual_property": [{"kind": "patent", "number": "1", "owner": "x"}]},
    {"intellectual_property": [{"kind": "patent", "number": "1", "registered_on": "1/2/24"}]},
    {"change_project": "pkx"},
)


async def patched(
    api: Api, person: Headers, innovation: str, version: int, **fields: Any
) -> httpx.Response:
    return await api.patch(
        f"/innovations/{innovation}/profile",
        json=fields,
        headers={**person, "If-Match": f'"{version}"'},
    )


async def test_a_field_is_saved_and_the_others_stay(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    saved = await patched(api, operator, innovation, 1, purpose="Menurunkan stunting.")
    assert (saved.headers["ETag"], saved.json()["happened"]) == ('"2"', ["ProfileRevised"])
    before = {**PROFILE, "design_narrative": "kata " * 300}
    profile = (await shown(api, operator, innovation, saved))["profile"]
    assert {name: profile[name] for name in before} == {
        **before,
        "purpose": "Menurunkan stunting.",
    }


async def test_null_clears_a_field_and_the_title_stays(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    fields = {
        "theme": None,
        "stage": None,
        "purpose": None,
        "related_affairs": None,
        "implemented_on": None,
    }
    cleared = await patched(api, operator, innovation, 1, **fields)
    seen = await shown(api, operator, innovation, cleared)
    profile = {name: seen["profile"][name] for name in fields}
    assert profile == {
        "theme": None,
        "stage": None,
        "purpose": "",
        "related_affairs": [],
        "implemented_on": None,
    }
    assert seen["missing"] == ["stage", "purpose"]
    untitled = await patched(api, operator, innovation, 2, title=None)
    assert (untitled.status_code, untitled.json()["code"]) == (422, "request_invalid")
    assert "The title can be changed, not cleared" in untitled.json()["detail"]


async def test_a_conflict_gives_both_texts_of_the_fields_that_were_sent(
    api: Api, season: str, operator: Headers, head: Headers
) -> None:
    innovation = await drafted(api, operator)
    first = await patched(api, operator, innovation, 1, purpose="teks pertama", benefit="lain")
    assert first.status_code == 200
    clash = await patched(api, head, innovation, 1, purpose="teks kedua", budget_rupiah=5)
    assert (clash.status_code, clash.json()["code"]) == (412, "version_changed")
    told = clash.json()["params"]
    assert (told["yours"], told["current"]) == (
        {"purpose": "teks kedua", "budget_rupiah": 5},
        {"purpose": "teks pertama", "budget_rupiah": None},
    )
    assert (await patched(api, head, innovation, 2, purpose="teks kedua")).status_code == 200


async def test_of_two_who_save_at_once_one_is_told_and_nothing_is_mixed(
    api: Api, season: str, operator: Headers, head: Headers
) -> None:
    innovation = await drafted(api, operator)
    answers = await asyncio.gather(
        patched(api, operator, innovation, 1, purpose="satu"),
        patched(api, head, innovation, 1, benefit="dua"),
    )
    assert sorted(each.status_code for each in answers) == [200, 412]
    saved = next(each for each in answers if each.status_code == 200)
    profile = (await shown(api, operator, innovation, saved))["profile"]
    pairs = {("satu", PROFILE["benefit"]), (PROFILE["purpose"], "dua")}
    assert (profile["purpose"], profile["benefit"]) in pairs


async def test_the_same_change_sent_again_happens_once(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    first = await patched(api, operator, innovation, 1, purpose="sekali")
    again = await patched(api, operator, innovation, 1, purpose="sekali")
    assert (again.status_code, again.json()) == (200, first.json())
    nothing = await patched(api, operator, innovation, 2)
    assert (nothing.json()["version"], nothing.json()["happened"]) == (2, [])


async def test_a_rehearsed_change_is_answered_and_not_stored(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    tried = await api.patch(
        f"/innovations/{innovation}/profile",
        params={"dry_run": 1},
        json={"purpose": "coba"},
        headers={**operator, "If-Match": '"1"'},
    )
    assert (tried.json()["happened"], tried.json()["dry_run"]) == (["ProfileRevised"], True)
    seen = await api.get(f"/innovations/{innovation}", headers=operator)
    assert seen.json()["profile"]["purpose"] == PROFILE["purpose"]


async def test_a_change_needs_the_version_that_was_seen(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    url = f"/innovations/{innovation}/profile"
    for seen in ({}, {"If-Match": "*"}):
        answer = await api.patch(url, json={"purpose": "x"}, headers={**operator, **seen})
        assert (answer.status_code, answer.json()["code"]) == (428, "if_match_missing")


async def test_text_is_composed_and_cleaned_where_nothing_is_lost(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    saved = await patched(
        api,
        operator,
        innovation,
        1,
        title="  SIP\n PUTIH Cafe\u0301 ",
        purpose=" baris satu\r\nbaris\tdua ",
        collaborators=[" Dinas Sosial "],
        latitude="-2.594712",
        longitude=115.25,
    )
    profile = (await shown(api, operator, innovation, saved))["profile"]
    names = ("title", "purpose", "collaborators", "latitude", "longitude")
    assert [profile[name] for name in names] == [
        "SIP PUTIH Café",
        " baris satu\nbaris\tdua ",
        ["Dinas Sosial"],
        "-2.594712",
        "115.25",
    ]


async def test_what_no_profile_can_hold_is_a_problem(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    for fields in NOT_A_PROFILE:
        answer = await patched(api, operator, innovation, 1, **fields)
        told = (fields, answer.status_code, answer.json()["code"])
        assert told == (fields, 422, "request_invalid"), answer.text
        field = answer.json()["params"]["faults"][0]["field"]
        assert field.startswith(f"body.{next(iter(fields))}")
        whole = await api.put(
            f"/innovations/{innovation}/profile",
            json={**PROFILE, **fields},
            headers={**operator, "If-Match": '"1"'},
        )
        assert (fields, whole.status_code) == (fields, 422), whole.text
    assert (await api.get(f"/innovations/{innovation}", headers=operator)).headers["ETag"] == '"1"'


async def test_a_profile_that_no_fact_can_hold_is_refused_with_the_limit(
    api: Api, season: str, operator: Headers
) -> None:
    innovation = await drafted(api, operator)
    long = {"design_narrative": "😀" * 20_000, "purpose": "😀" * 5_000, "benefit": "😀" * 5_000}
    answer = await patched(api, operator, innovation, 1, **long)
    told = answer.json()
    assert (answer.status_code, told["code"]) == (422, "profile_too_long")
    assert told["params"]["max_bytes"] == MAX_PROFILE_BYTES
    assert told["params"]["bytes"] > MAX_PROFILE_BYTES


async def test_what_is_saved_in_training_says_so(
    api: Api, season: str, admin: Headers, operator: Headers
) -> None:
    await opened(api, admin, "latihan-2026", training=True)
    body = {"season_id": "latihan-2026", "agency_id": "hss-dinkes", "profile": PROFILE}
    begun = await api.post("/innovations", json=body, headers={**operator, **key()})
    innovation = begun.json()["id"]
    saved = await patched(api, operator, innovation, 1, purpose="latihan")
    seen = await shown(api, operator, innovation, saved)
    real = await drafted(api, operator)
    assert [begun.json()["training"], saved.json()["training"], seen["training"]] == [True] * 3
    assert seen["clock"]["training"]
    assert seen["clock"]["sentence"].startswith("LATIHAN. ")
    listed = await api.get("/innovations", headers=operator)
    marks = {each["innovation_id"]: each["training"] for each in listed.json()["items"]}
    assert marks == {innovation: True, real: False}
