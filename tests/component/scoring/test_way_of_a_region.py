"""A region over its days: entered, counted, compared, simulated and explained, on real servers."""

import httpx

from tests.apps import Issuer
from tests.builders.scoring import (
    INNOVATION,
    LEVELS,
    PATH,
    government_rows,
    profile,
    subject,
    verdict,
    verified,
)
from tests.component.scoring.world import Person, Voice, person

CARD = f"/scorecards/{INNOVATION}"
REGION_PATH = "/regions/2026/hss"
ASPECT_PATH = f"{REGION_PATH}/government-aspect"
LOWER = verified(LEVELS, {**LEVELS, "SID-01": 2})
ASPECT = {
    "edition": "2026-r1",
    "rows": [row.model_dump(mode="json") for row in government_rows(2)],
}
ENGLISH = {"Accept-Language": "en"}


async def test_the_form_of_the_government_aspect_is_filled_in(admin: Person):
    assert (await admin.get(ASPECT_PATH)).json()["code"] == "region_unknown"
    empty = (await admin.get(ASPECT_PATH, edition="2026")).json()
    assert (len(empty["rows"]), empty["total"], empty["highest"]) == (20, "0", "63")
    written = await admin.put(ASPECT_PATH, ASPECT)
    await admin.see(REGION_PATH, written)
    answer = await admin.get(ASPECT_PATH)
    form = answer.json()
    assert (form["total"], form["recorded_by"]) == ("42", "person-admin")
    assert {row["source"] for row in form["rows"]} == {"LKPD 2025"}
    better = {**ASPECT, "rows": [row.model_dump(mode="json") for row in government_rows(3)]}
    stale = await admin.put(ASPECT_PATH, better)
    assert stale.json()["code"] == "aspect_already_recorded"
    fresh = await admin.put(ASPECT_PATH, better, **{"If-Match": answer.headers["ETag"]})
    assert fresh.status_code == 200


async def test_a_form_that_nobody_published_is_refused_by_its_name(admin: Person):
    answer = await admin.get(ASPECT_PATH, edition="2027")
    assert (answer.status_code, answer.json()["code"]) == (409, "constant_unpublished")
    assert answer.json()["params"] == {"constant": "spd_rows", "edition": "2027-r1"}
    refused = await admin.put(ASPECT_PATH, {**ASPECT, "edition": "2027"})
    assert refused.json()["params"]["constant"] == "spd_weights"


async def test_the_claims_stand_beside_the_index(verification: Voice, admin: Person):
    await verification.verify(LOWER)
    region = await admin.see(REGION_PATH, index="3.60")
    assert region["claimed"] == {
        "index": "3.70",
        "maturity_sum": "111",
        "difference": "0.10",
        "is_official": False,
        "sentence": "Dihitung dari parameter yang diklaim; bukan indeks resmi dan tidak mempunyai"
        " predikat.",
    }
    assert region["contributions"][0]["claimed_maturity"] == "111"


async def test_the_index_over_time_and_over_seasons(verification: Voice, admin: Person):
    await verification.verify(LOWER)
    await admin.see(REGION_PATH, index="3.60")
    written = await admin.put(ASPECT_PATH, ASPECT)
    await admin.see(REGION_PATH, written, index="20.40")
    older = subject(innovation_id="inov-9", season_id="2025")
    await verification.verify(verified(LEVELS, about=older))
    await admin.see("/regions/2025/hss", index="3.70")

    newest = (await admin.get(f"{REGION_PATH}/history", limit=1)).json()
    assert [(each["cause"], each["index"], each["change"]) for each in newest["items"]] == [
        ("government_aspect", "20.40", "16.80")
    ]
    rest = await admin.get(f"{REGION_PATH}/history", cursor=newest["next_cursor"])
    told = rest.json()
    assert (told["next_cursor"], len(told["items"]), rest.headers["ETag"]) == (None, 1, '"2"')
    assert (told["items"][0]["innovation_id"], told["items"][0]["band"]) == (
        INNOVATION,
        "kurang_inovatif",
    )
    assert (await admin.get(f"{REGION_PATH}/history", cursor="x")).status_code == 422
    assert (await admin.get("/regions/2026/tapin/history")).json()["code"] == "region_unknown"
    assert await admin.listed("/regions", "season_id", region_id="hss") == ["2025", "2026"]
    assert await admin.listed("/regions", "season_id", region_id="tapin") == []


async def test_what_was_simulated_is_what_comes(verification: Voice, admin: Person):
    await verification.verify(LOWER)
    await admin.see(REGION_PATH, index="3.60")
    written = await admin.put(ASPECT_PATH, ASPECT)
    before = await admin.see(REGION_PATH, written, index="20.40")
    asked = {
        "government_aspect": {row.indicator: 3 for row in government_rows()},
        "added": [{"levels": LEVELS, "affair": "sosial"}],
        "changed": [{"innovation_id": INNOVATION, "levels": {"SID-01": 3}}],
    }
    answer = await admin.api.post(
        f"{REGION_PATH}/simulation", json=asked, headers={**admin.headers, **ENGLISH}
    )
    told = answer.json()
    assert (told["before"], told["is_official"]) == (before["figures"], False)
    assert [each["subject"] for each in told["effects"][-2:]] == ["+1", INNOVATION]
    assert (await admin.get(REGION_PATH)).json() == before

    best = {**ASPECT, "rows": [row.model_dump(mode="json") for row in government_rows(3)]}
    await admin.put(ASPECT_PATH, best, **{"If-Match": '"2"'})
    again = verified(LEVELS, round=2)
    await verification.verify(again)
    second = subject(innovation_id="inov-2", profile=profile(main_affair="sosial"))
    await verification.verify(verified(LEVELS, about=second))
    after = await admin.see(REGION_PATH, index=told["after"]["index"])
    assert after["figures"] == told["after"]


async def test_what_cannot_be_simulated_is_refused_by_its_name(verification: Voice, admin: Person):
    await verification.verify(LOWER)
    await admin.see(REGION_PATH, index="3.60")

    async def refused(body: object, path: str = REGION_PATH) -> tuple[int, str]:
        answer = await admin.post(f"{path}/simulation", body)
        return answer.status_code, answer.json()["code"]

    assert await refused({"removed": ["inov-77"]}) == (409, "innovation_unknown")
    assert await refused({"government_aspect": {"SPD-99": 1}}) == (409, "change_impossible")
    assert await refused({"government_aspect": {"SPD-12": 4}}) == (422, "request_invalid")
    assert await refused({"added": [{"maturity": "112"}]}) == (409, "change_impossible")
    assert await refused({"more": 1}) == (422, "request_invalid")
    assert await refused({}, "/regions/2026/tapin") == (404, "region_unknown")
    older = subject(innovation_id="inov-3", season_id="2023", edition_id="2023-r1")
    await verification.verify(verified(LEVELS, about=older))
    await admin.see("/regions/2023/hss", index=None)
    assert await refused({}, "/regions/2023/hss") == (409, "constant_unpublished")


async def test_every_row_of_a_scorecard_is_explained(
    verification: Voice, admin: Person, api: httpx.AsyncClient, issuer: Issuer
):
    told = (verdict("SID-01", 3, 2, note="Hanya Perkada."), verdict("SID-18", 3, 1, basis="a"))
    await verification.verify(verified({"SID-01": 3, "SID-18": 3}, verdicts=told))
    await admin.see(CARD, number=1)
    explanation = await admin.see(f"{CARD}/explanation")
    assert explanation["summary"] == "Klaim 18, terverifikasi 9: berkurang 9 pada 2 indikator."
    assert [each["indicator"] for each in explanation["differences"]] == ["SID-18", "SID-01"]
    first = explanation["rows"][0]
    assert (first["granted"]["rule"], first["note"], first["evidence"]) == (
        "bobot 3 x parameter 2 = 6",
        "Hanya Perkada.",
        ["1" * 64],
    )
    english = await admin.api.get(f"{CARD}/explanation", headers={**admin.headers, **ENGLISH})
    assert english.json()["rows"][0]["granted"]["rule"] == "weight 3 x level 2 = 6"
    assert english.headers["ETag"] == '"1"'
    tied = person(api, issuer, "verifier", "verifier", path=PATH)
    own = person(api, issuer, "operator", "skpd_operator", path=PATH)
    seen = [(await who.get(f"{CARD}/explanation")).status_code for who in (tied, own)]
    assert seen == [404, 200]
