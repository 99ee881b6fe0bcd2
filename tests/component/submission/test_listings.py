"""Lists of innovations: a line each, found by what people ask for."""

from typing import Any

import httpx
import pytest

from tests.apps import Issuer, key
from tests.component.submission.conftest import Headers, opened, registered, shown
from tests.component.submission.test_way_of_an_innovation import PROFILE

Api = httpx.AsyncClient
TWO = {"title": "Posyandu Céria", "initiator": "asn", "main_affair": "sosial"}
THREE = {"title": "Lapor Banjir", "kind": "non_digital"}


async def draft_of(
    api: Api, person: Headers, season: str, agency: str, **profile: Any
) -> tuple[str, httpx.Response]:
    body = {"season_id": season, "agency_id": agency, "profile": {**PROFILE, **profile}}
    written = await api.post("/innovations", json=body, headers={**person, **key()})
    assert written.status_code == 201, written.text
    return written.json()["id"], written


async def titles(api: Api, person: Headers, **filters: Any) -> list[str]:
    answer = await api.get("/innovations", params=filters, headers=person)
    assert answer.status_code == 200, answer.text
    return [each["title"] for each in answer.json()["items"]]


@pytest.fixture
async def three(
    api: Api, season: str, admin: Headers, operator: Headers, issuer: Issuer
) -> tuple[str, str, str]:
    """One of the operator's agency, one of its neighbour, one of the operator's training."""
    await registered(api, admin, ("kalsel", "hss", "hss-dinsos"))
    await opened(api, admin, "latihan-2026", training=True)
    neighbour = issuer.headers("operator-3", "skpd_operator", agency="hss-dinsos")
    first, _ = await draft_of(api, operator, "2026", "hss-dinkes")
    second, _ = await draft_of(api, neighbour, "2026", "hss-dinsos", **TWO)
    third, written = await draft_of(api, operator, "latihan-2026", "hss-dinkes", **THREE)
    await shown(api, operator, third, written)
    return first, second, third


async def test_each_filter_finds_what_it_names(
    api: Api, three: tuple[str, str, str], operator: Headers, admin: Headers
) -> None:
    everything = ["Lapor Banjir", "Posyandu Céria", "SIP PUTIH"]
    assert await titles(api, admin) == everything
    assert await titles(api, operator) == ["Lapor Banjir", "SIP PUTIH"]
    for filters, found in (
        ({"season_id": "2026"}, ["Posyandu Céria", "SIP PUTIH"]),
        ({"season_id": "2031"}, []),
        ({"agency_id": "hss-dinsos"}, ["Posyandu Céria"]),
        ({"agency_id": "hss"}, []),
        ({"region_id": "hss"}, everything),
        ({"region_id": "kalsel"}, []),
        ({"state": "draft"}, everything),
        ({"state": "submitted"}, []),
        ({"initiator": "asn"}, ["Posyandu Céria"]),
        ({"main_affair": "kesehatan"}, ["Lapor Banjir", "SIP PUTIH"]),
        ({"training": True}, ["Lapor Banjir"]),
        ({"training": False}, ["Posyandu Céria", "SIP PUTIH"]),
        ({"training": False, "season_id": "2026", "initiator": "asn"}, ["Posyandu Céria"]),
        ({"season_id": "2026", "text": "posyandu"}, ["Posyandu Céria"]),
        ({"season_id": "2026", "text": "YANDU  cÉR"}, ["Posyandu Céria"]),
        ({"season_id": "2026", "text": "ceria posyandu"}, []),
        ({"season_id": "2026", "text": ".*"}, None),
        ({"agency_id": "hss-dinkes", "text": "banjir"}, ["Lapor Banjir"]),
    ):
        if found is None:
            answer = await api.get("/innovations", params=filters, headers=admin)
            assert (answer.status_code, answer.json()["code"]) == (422, "text_empty")
            continue
        assert (filters, await titles(api, admin, **filters)) == (filters, found)


async def test_a_search_by_text_stays_within_something_small(
    api: Api, three: tuple[str, str, str], operator: Headers, admin: Headers
) -> None:
    assert await titles(api, operator, text="banjir") == ["Lapor Banjir"]
    wide = await api.get("/innovations", params={"text": "banjir"}, headers=admin)
    assert (wide.status_code, wide.json()["code"]) == (409, "text_too_wide")


async def test_a_line_tells_how_far_it_is(
    api: Api, three: tuple[str, str, str], operator: Headers
) -> None:
    first, _, _ = three
    for indicator, level in (("SID-01", 2), ("SID-02", 0)):
        await api.put(
            f"/innovations/{first}/claims/{indicator}", json={"level": level}, headers=operator
        )
    link = {"url": "https://hss.go.id/x", "evidence_kind": "screenshot", "indicators": ["SID-04"]}
    declared = await api.post(
        f"/innovations/{first}/links", json=link, headers={**operator, **key()}
    )
    await shown(api, operator, first, declared)
    answer = await api.get("/innovations", params={"season_id": "2026"}, headers=operator)
    (line,) = answer.json()["items"]
    assert line["progress"] == {"claims": 1, "evidence": 1, "pending": 0, "narrative_words": 300}
    assert "evidence" not in line
    assert "profile" not in line
    assert (line["stage"], line["initiator"], line["is_endorsed"], line["revise_until"]) == (
        "implementation",
        "perangkat_daerah",
        False,
        None,
    )
    assert (answer.headers["Inda-Phase"], answer.headers["Inda-Deadline"]) == (
        "open",
        "2099-08-31T15:59:59.000Z",
    )


async def test_a_filtered_list_goes_on_where_its_page_ended(
    api: Api, season: str, operator: Headers
) -> None:
    made = [
        (await draft_of(api, operator, season, "hss-dinkes", title=f"Inovasi {n}"))
        for n in range(5)
    ]
    await shown(api, operator, *made[-1])
    params: dict[str, Any] = {"season_id": season, "text": "inovasi", "limit": 2}
    seen: list[str] = []
    while True:
        page = (await api.get("/innovations", params=params, headers=operator)).json()
        seen += [each["innovation_id"] for each in page["items"]]
        if page["next_cursor"] is None:
            break
        params["cursor"] = page["next_cursor"]
    assert seen == [innovation for innovation, _ in made][::-1]
