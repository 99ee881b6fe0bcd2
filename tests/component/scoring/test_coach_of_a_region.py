"""What the coach of a region says is what the region's own index becomes, on real servers."""

from decimal import Decimal

from shared.editions import index, load
from tests.builders.scoring import LEVELS, government_rows, profile, subject, verified
from tests.component.scoring.world import Person, Voice

REGION_PATH = "/regions/2026/hss"
E2026 = load("2026-r1")
ASPECT = {
    "edition": "2026-r1",
    "rows": [row.model_dump(mode="json") for row in government_rows()],
}


async def test_the_coach_begins_where_the_region_stands(verification: Voice, admin: Person):
    await admin.put(f"{REGION_PATH}/government-aspect", ASPECT)
    await verification.verify(verified({**LEVELS, "SID-01": 2}))
    region = await admin.see(REGION_PATH, index="28.80")
    coach = await admin.see(f"{REGION_PATH}/coach", index="28.80")
    assert (coach["band"], coach["innovations"], coach["divisor"]) == (
        region["band"],
        region["figures"]["innovations"],
        region["figures"]["divisor"],
    )
    covered = [each["affair"] for each in coach["affairs"] if each["is_covered"]]
    assert (covered, coach["affairs_needed"]) == (["kesehatan"], 5)
    spd = Decimal(region["figures"]["government_aspect"])
    now = Decimal(region["index"])
    for option in coach["options"]:
        maturities = [Decimal(108), *[Decimal(option["maturity"])] * option["innovations"]]
        if option["kind"] == "raise_lowest":
            maturities = [Decimal(option["maturity"])]
        then = index(E2026, spd, maturities, 1 + len(option["affairs"])).index
        assert (option["index"], option["gain"]) == (str(then), str(then - now)), option
    best = coach["options"][0]
    assert best["kind"] == "divisor_floor"
    assert best["sentence"].startswith("11 inovasi lagi dengan kematangan 108, sampai pembagi")


async def test_what_the_coach_foretold_is_what_comes(verification: Voice, admin: Person):
    await verification.verify(verified(LEVELS))
    await admin.see(REGION_PATH, index="3.70")
    coach = await admin.see(f"{REGION_PATH}/coach", index="3.70")
    foretold = next(
        each["index"]
        for each in coach["options"]
        if each["kind"] == "missing_affair" and each["affairs"] == ["sosial"]
    )
    second = subject(innovation_id="inov-2", profile=profile(main_affair="sosial"))
    await verification.verify(verified(LEVELS, about=second))
    after = await admin.see(REGION_PATH, index=foretold)
    assert after["figures"]["basic_service_affairs"] == 2


async def test_english_for_those_who_prefer_it(verification: Voice, admin: Person):
    await verification.verify(verified(LEVELS))
    await admin.see(REGION_PATH, index="3.70")
    answer = await admin.api.get(
        f"{REGION_PATH}/coach", headers={**admin.headers, "Accept-Language": "en, id;q=0.5"}
    )
    assert answer.headers["ETag"] == '"1"'
    assert "the index becomes" in answer.json()["options"][0]["sentence"]


async def test_a_constant_that_nobody_published_is_named_and_nothing_is_guessed(
    verification: Voice, admin: Person
):
    older = subject(season_id="2023", edition_id="2023-r1")
    await verification.verify(verified(LEVELS, about=older))
    await admin.see("/regions/2023/hss", index=None)
    answer = await admin.get("/regions/2023/hss/coach")
    told = answer.json()
    assert (answer.status_code, told["code"]) == (409, "constant_unpublished")
    assert told["params"]["constant"] == "min_basic_service_affairs"


async def test_where_nothing_was_scored_there_is_nothing_to_raise(admin: Person):
    answer = await admin.get("/regions/2026/tapin/coach")
    assert (answer.status_code, answer.json()["code"]) == (404, "region_unknown")
