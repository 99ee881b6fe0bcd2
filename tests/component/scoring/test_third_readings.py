"""A panel that needs a third reading, from the first seals to the reveal: on real servers."""

import asyncio
from decimal import Decimal

import httpx

from services.scoring.app import create_app
from services.scoring.settings import Settings
from shared.events.scoring import PanelRule, ThirdReadingAsked
from tests.apps import Issuer, serving
from tests.builders.panels import CITRA, DEWI, THIRD_READING, reading
from tests.builders.scoring import ANI, BUDI, FIRST, PATH, SECOND, Judge
from tests.component.scoring.judged import (
    PANEL_PATH,
    asked_to_score,
    facts_of,
    points_round,
    refusal,
    reveals,
    scores,
    seats,
    unseats,
)
from tests.component.scoring.world import Person, Voice, judge, person


async def _first_readings(ani: Person, budi: Person) -> httpx.Response:
    """Ten points and more apart on the first entry, near each other on the second."""
    await scores(ani, FIRST, "91.25")
    await scores(budi, FIRST, "60.75")
    await scores(ani, SECOND, "70")
    return await scores(budi, SECOND, "66")


async def test_judges_who_differ_call_a_third_reader_without_a_score_being_opened(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, budi, citra = (judge(api, issuer, who) for who in (ANI, BUDI, CITRA))
    await awards.open_round(points_round(panel_rule=THIRD_READING))
    await committee.see(PANEL_PATH)
    assert (await citra.get(PANEL_PATH)).status_code == 404
    last = await _first_readings(ani, budi)

    once = {"Idempotency-Key": "reveal-of-panel-1"}
    asked = await reveals(committee, last, **once)
    assert asked.json()["happened"] == ["ThirdReadingAsked"], asked.text
    assert (await reveals(committee, last, **once)).json() == asked.json()
    seen = await committee.see(PANEL_PATH, asked, state="open")
    assert seen["awaited"] == [{"judge_id": CITRA.id, "innovation_id": FIRST}]
    assert (seen["scores"], seen["means"], seen["results"]) == ([], [], [])
    told = "".join(fact.model_dump_json() for fact in await facts_of(awards))
    assert not any(score in told for score in ("91.25", "60.75"))

    fixed = await asked_to_score(ani, FIRST, "75")
    assert refusal(fixed) == (409, "seal_fixed")
    assert refusal(await unseats(committee, BUDI.id)) == (409, "seal_fixed")
    waiting = await reveals(committee, asked)
    assert refusal(waiting) == (409, "scores_awaited")

    shown = await citra.see(PANEL_PATH, asked)
    assert [entry["innovation_id"] for entry in shown["entries"]] == [FIRST]
    assert [seat["judge_id"] for seat in shown["seats"]] == [CITRA.id]
    assert (shown["seals"], len(shown["third_readings"])) == ([], 1)
    assert (await citra.get(f"{PANEL_PATH}/my-scores")).json() == {"items": []}
    assert (await ani.see(PANEL_PATH, asked))["third_readings"] == []
    assert (await asked_to_score(citra, SECOND, "80")).status_code == 404

    third = await scores(citra, FIRST, "76")
    revealed = await reveals(committee, third)
    assert revealed.json()["happened"] == ["ScoresRevealed"], revealed.text
    found = await committee.see(PANEL_PATH, revealed, state="revealed")
    assert found["results"][0] == {
        "innovation_id": FIRST,
        "totals": [
            {"judge_id": ANI.id, "total": "91.25", "third_reading": False},
            {"judge_id": BUDI.id, "total": "60.75", "third_reading": False},
            {"judge_id": CITRA.id, "total": "76.00", "third_reading": True},
        ],
        "combined": "76.00",
        "spread": "30.50",
        "third_reading": True,
        "adjusted": None,
        "adjusted_is": None,
    }
    assert [mean["third_reading"] for mean in found["means"]] == [True, False]


async def test_the_next_in_reserve_follows_a_third_reader_who_may_not_or_does_not(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    """Citra is of the entry's own agency; Dewi never answers; then nobody is left."""
    ani, budi = judge(api, issuer, ANI), judge(api, issuer, BUDI)
    citra = judge(api, issuer, Judge(CITRA.id, "dinkes", PATH))
    await awards.open_round(points_round(panel_rule=THIRD_READING))
    await committee.see(PANEL_PATH)
    asked = await reveals(committee, await _first_readings(ani, budi))
    assert (await asked_to_score(citra, FIRST, "76")).status_code == 404
    assert (await citra.see(PANEL_PATH, asked))["entries"] == []
    recusal = {"innovation_id": FIRST, "reason": "It is of my own agency."}
    stepped_back = await citra.post(f"{PANEL_PATH}/recusals", recusal)
    assert stepped_back.status_code == 201, stepped_back.text

    again = await reveals(committee, stepped_back)
    assert again.json()["happened"] == ["ThirdReadingAsked"], again.text
    left = await unseats(committee, DEWI.id)
    revealed = await reveals(committee, left)
    assert revealed.json()["happened"] == ["ScoresRevealed"], revealed.text
    asked_of = [
        [reading.judge_id for reading in fact.readings]
        for fact in await facts_of(awards)
        if isinstance(fact, ThirdReadingAsked)
    ]
    assert asked_of == [[CITRA.id], [DEWI.id]]
    found = await committee.see(PANEL_PATH, revealed, state="revealed")
    assert [(mean["mean"], mean["third_reading"]) for mean in found["means"]] == [
        ("76.00", False),
        ("68.00", False),
    ]
    assert [row["stands"] for row in found["third_readings"]] == [False, False]


async def test_two_replicas_that_reveal_at_once_ask_once(
    settings: Settings, awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, budi = judge(api, issuer, ANI), judge(api, issuer, BUDI)
    async with serving(create_app, settings) as other:
        beside = person(other, issuer, "person-committee-2", "committee")
        await awards.open_round(points_round(panel_rule=THIRD_READING))
        await committee.see(PANEL_PATH)
        last = await _first_readings(ani, budi)
        answers = await asyncio.gather(reveals(committee, last), reveals(beside, last))
    assert sorted(answer.status_code for answer in answers) == [200, 412]
    asked = [fact for fact in await facts_of(awards) if isinstance(fact, ThirdReadingAsked)]
    assert [fact.readings for fact in asked] == [(reading(CITRA, FIRST),)]


async def test_a_dry_run_of_the_reveal_stores_nothing(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, budi = judge(api, issuer, ANI), judge(api, issuer, BUDI)
    await awards.open_round(points_round(panel_rule=THIRD_READING))
    await committee.see(PANEL_PATH)
    last = await _first_readings(ani, budi)
    dry = await committee.post(f"{PANEL_PATH}/reveal?dry_run=1", **{"If-Match": '"5"'})
    assert (dry.json()["happened"], dry.json()["dry_run"]) == (["ThirdReadingAsked"], True)
    assert (await committee.see(PANEL_PATH, last))["third_readings"] == []


async def test_a_judge_who_never_answers_is_replaced(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, budi, citra = (judge(api, issuer, who) for who in (ANI, BUDI, CITRA))
    await awards.open_round(points_round(panel_rule=PanelRule(combine="median")))
    await committee.see(PANEL_PATH)
    await scores(ani, FIRST, "80")
    await scores(budi, FIRST, "20")
    half = await scores(ani, SECOND, "70")
    assert refusal(await reveals(committee, half)) == (409, "scores_awaited")

    left = await unseats(committee, BUDI.id)
    assert left.json()["happened"] == ["JudgeUnseated"], left.text
    assert (await budi.get(PANEL_PATH, min_seq=left.headers["Inda-Sequence"])).status_code == 404
    assert (await asked_to_score(budi, SECOND, "70")).status_code == 404
    assert refusal(await seats(committee, ANI.id)) == (409, "judge_seated")
    assert refusal(await seats(committee, CITRA.id, "inov-9")) == (404, "not_found")
    assert (await seats(committee, CITRA.id, reason="")).status_code == 422
    assert refusal(await seats(committee, CITRA.id, reason=" ")) == (409, "reason_missing")
    assert refusal(await unseats(committee, "nobody")) == (404, "not_found")
    assert (await seats(ani, CITRA.id)).status_code == 403
    assert (await unseats(ani, BUDI.id)).status_code == 403

    seated = await seats(committee, CITRA.id)
    assert seated.json()["happened"] == ["JudgeSeated"], seated.text
    await scores(citra, FIRST, "90")
    last = await scores(citra, SECOND, "60")
    seen = await committee.see(PANEL_PATH, last)
    assert [(seat["judge_id"], seat["sealed"], seat["due"]) for seat in seen["seats"]] == [
        (ANI.id, 2, 2),
        (CITRA.id, 2, 2),
    ]
    assert [row["judge_id"] for row in seen["removals"]] == [BUDI.id]
    revealed = await reveals(committee, last)
    found = await committee.see(PANEL_PATH, revealed, state="revealed")
    assert [mean["mean"] for mean in found["means"]] == ["85.00", "65.00"]
    assert refusal(await seats(committee, DEWI.id)) == (409, "panel_revealed")
    assert refusal(await unseats(committee, ANI.id)) == (409, "panel_revealed")


async def test_an_entry_that_nobody_may_score_gets_another_judge(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, citra = judge(api, issuer, ANI), judge(api, issuer, CITRA)
    await awards.open_round(points_round(judges=(ANI.id,)))
    await committee.see(PANEL_PATH)
    sealed = await scores(ani, SECOND, "70")
    recusal = {"innovation_id": FIRST, "reason": "My sister leads it."}
    alone = await ani.post(f"{PANEL_PATH}/recusals", recusal)
    assert int(alone.headers["Inda-Sequence"]) > int(sealed.headers["Inda-Sequence"])
    assert refusal(await reveals(committee, alone)) == (409, "entry_without_score")
    await seats(committee, CITRA.id, FIRST)
    last = await scores(citra, FIRST, "64")
    revealed = await reveals(committee, last)
    found = await committee.see(PANEL_PATH, revealed, state="revealed")
    assert [mean["mean"] for mean in found["means"]] == ["64.00", "70.00"]


async def test_severity_stands_beside_the_raw_scores_as_information(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, budi = judge(api, issuer, ANI), judge(api, issuer, BUDI)
    rule = PanelRule(minimum_sample=2, third_reading_above=Decimal(50))
    await awards.open_round(points_round(panel_rule=rule))
    await committee.see(PANEL_PATH)
    revealed = await reveals(committee, await _first_readings(ani, budi))
    found = await committee.see(PANEL_PATH, revealed, state="revealed")
    assert found["severities"] == [
        {"judge_id": ANI.id, "entries": 2, "severity": "8.63"},
        {"judge_id": BUDI.id, "entries": 2, "severity": "-8.62"},
    ]
    assert [
        (each["combined"], each["spread"], each["adjusted"], each["adjusted_is"])
        for each in found["results"]
    ] == [
        ("76.00", "30.50", "76.00", "information"),
        ("68.00", "4.00", "68.00", "information"),
    ]
    own = await ani.see(PANEL_PATH, revealed)
    assert [each["judge_id"] for each in own["severities"]] == [ANI.id]
