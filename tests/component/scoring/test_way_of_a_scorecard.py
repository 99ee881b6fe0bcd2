"""What verification says becomes scorecards and a region's index, through the real servers."""

import httpx

from services.scoring.domain import region
from shared.events.scoring import REGION, SCORECARD
from tests.apps import Issuer, key
from tests.builders.scoring import (
    INNOVATION,
    LEVELS,
    PATH,
    REGION_KEY,
    corrected,
    government_rows,
    subject,
    verified,
)
from tests.component.scoring.world import Person, Voice, person

LOWER = verified(LEVELS, {**LEVELS, "SID-01": 2})
CARD = f"/scorecards/{INNOVATION}"
REGION_PATH = "/regions/2026/hss"
ASPECT = {
    "edition": "2026-r1",
    "rows": [row.model_dump(mode="json") for row in government_rows()],
}


async def test_a_verified_dossier_becomes_a_scorecard_and_enters_the_index(
    verification: Voice, admin: Person
):
    await verification.verify(LOWER)
    card = await admin.see(CARD, number=1)
    assert (card["claimed_maturity"], card["verified_maturity"]) == ("111", "108")
    assert card["rows"][0] == {
        "indicator": "SID-01",
        "weight": "3",
        "mandatory": True,
        "claimed_level": 3,
        "claimed_score": "9",
        "granted_level": 2,
        "verified_score": "6",
        "reason_code": "lower_level_proven",
        "evidence": ["1" * 64],
        "decided_by": "person-verifier",
        "decided_at": "2026-08-04T01:00:00.000000Z",
        "basis": None,
        "subtype": None,
        "note": "",
    }
    found = await admin.see(REGION_PATH, index="3.60")
    assert (found["band"], found["figures"]["maturity_sum"]) == ("kurang_inovatif", "108")


async def test_a_granted_objection_gives_the_next_number_and_the_index_follows(
    verification: Voice, admin: Person
):
    await verification.verify(LOWER)
    await verification.verify(corrected(LOWER, "objection-1", "SID-01", 3))
    card = await admin.see(CARD, number=2)
    assert [(each["number"], each["objection_id"]) for each in card["numbers"]] == [
        (1, None),
        (2, "objection-1"),
    ]
    found = await admin.see(REGION_PATH, index="3.70")
    assert [(point["cause"], point["index"]) for point in found["points"]] == [
        (INNOVATION, "3.60"),
        (INNOVATION, "3.70"),
    ]


async def test_the_innovation_office_records_the_government_aspect(
    verification: Voice, admin: Person
):
    path = f"{REGION_PATH}/government-aspect"
    rehearsed = await admin.put(f"{path}?dry_run=1", ASPECT)
    assert (rehearsed.status_code, rehearsed.json()["happened"]) == (
        200,
        ["GovernmentAspectRecorded"],
    )
    assert (await admin.put(path, ASPECT)).json()["version"] == 1
    assert (await admin.put(path, ASPECT)).json()["version"] == 1
    await verification.verify(LOWER)
    found = await admin.see(REGION_PATH, index="28.80")
    assert found["government_aspect"]["recorded_by"] == "person-admin"
    less = {**ASPECT, "rows": ASPECT["rows"][:3]}
    blind = await admin.put(path, less)
    assert (blind.status_code, blind.json()["code"]) == (409, "aspect_already_recorded")
    stale = await admin.put(path, less, **{"If-Match": '"1"'})
    assert stale.status_code == 412
    replaced = await admin.put(path, less, **{"If-Match": '"2"'})
    assert replaced.json()["version"] == 3, replaced.text
    await admin.see(REGION_PATH, index="7.20")


async def test_a_government_aspect_with_unknown_rows_or_fields_is_refused(admin: Person):
    path = f"{REGION_PATH}/government-aspect"
    row = {"indicator": "SPD-99", "level": 1, "source": "LKPD"}
    unknown = await admin.put(path, {"edition": "2026-r1", "rows": [row]})
    assert (unknown.status_code, unknown.json()["code"]) == (409, "row_unknown")
    other = await admin.put(path, {**ASPECT, "edition": "1999-r1"})
    assert (other.status_code, other.json()["code"]) == (409, "edition_unknown")
    assert (await admin.put(path, {**ASPECT, "more": 1})).status_code == 422
    assert (await admin.get(REGION_PATH)).status_code == 404


async def test_everybody_sees_the_scorecards_that_their_role_shows(
    verification: Voice, admin: Person, api: httpx.AsyncClient, issuer: Issuer
):
    other_path = ("kalsel", "hss", "disdag")
    other = subject(innovation_id="inov-2", agency_id="disdag", agency_path=other_path)
    await verification.verify(LOWER)
    await verification.verify(verified(LEVELS, {}, about=other))
    await admin.see("/scorecards/inov-2", number=1)
    await admin.see(CARD, number=1)

    async def seen(name: str, *roles: str, path: tuple[str, ...] = (), **filters: str) -> list[str]:
        who = person(api, issuer, name, *roles, path=path)
        listed = await who.listed("/scorecards", "innovation_id", **filters)
        for innovation in (INNOVATION, "inov-2"):
            status = (await who.get(f"/scorecards/{innovation}")).status_code
            assert status == 200 if innovation in listed or filters else status == 404
        return listed

    assert await seen("leader", "leader") == [INNOVATION, "inov-2"]
    assert await seen("leader", "leader", agency_id="disdag") == ["inov-2"]
    assert await seen("leader", "leader", agency_id="hss") == [INNOVATION, "inov-2"]
    assert await seen("leader", "leader", season_id="2025") == []
    assert await seen("leader", "leader", counts="false") == []
    assert await seen("operator", "skpd_operator", path=PATH) == [INNOVATION]
    assert await seen("head", "skpd_head", path=PATH[:2]) == [INNOVATION, "inov-2"]
    assert await seen("verifier", "verifier", path=("uni",)) == [INNOVATION, "inov-2"]
    assert await seen("verifier", "verifier", path=PATH) == ["inov-2"]
    assert await seen("verifier", "verifier", path=(*PATH, "puskesmas")) == ["inov-2"]
    assert await seen("verifier", "verifier", path=PATH[:1]) == []
    assert await seen("person-drafter", "verifier") == []
    assert await seen("verifier", "verifier", "pemda_admin", path=PATH) == ["inov-2"]


async def test_a_list_goes_on_behind_its_cursor(verification: Voice, admin: Person):
    for number in range(3):
        about = subject(innovation_id=f"inov-{number}")
        await verification.verify(verified({"SID-01": number + 1}, about=about))
    for number in range(3):
        await admin.see(f"/scorecards/inov-{number}")
    first = (await admin.get("/scorecards", limit=2)).json()
    rest = (await admin.get("/scorecards", limit=2, cursor=first["next_cursor"])).json()
    assert [each["verified_maturity"] for each in (*first["items"], *rest["items"])] == [
        "9",
        "6",
        "3",
    ]
    assert rest["next_cursor"] is None


async def test_the_stream_alone_gives_the_index_that_is_served(verification: Voice, admin: Person):
    await verification.verify(LOWER)
    served = await admin.see(REGION_PATH, index="3.60")
    facts = await verification.history.facts(REGION.subject(REGION_KEY))
    state = region.decider.replay(event.fact for event in facts)
    assert list(state.counted) == [INNOVATION]
    assert str(facts[-1].fact.figures.index) == served["index"]
    scored = await verification.history.facts(SCORECARD.subject(INNOVATION))
    assert [event.causation_id for event in facts] == [event.id for event in scored]


async def test_a_retry_of_a_write_is_the_same_write(admin: Person):
    path = f"{REGION_PATH}/government-aspect"
    once = key()
    first, again = await admin.put(path, ASPECT, **once), await admin.put(path, ASPECT, **once)
    assert first.json() == again.json()
    assert first.json()["happened"] == ["GovernmentAspectRecorded"]
    assert (await admin.put(path, ASPECT)).json()["happened"] == []
