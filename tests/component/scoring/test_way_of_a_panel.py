"""Judges seal, a committee reveals, and nobody reads a score before that: on real servers."""

from dataclasses import replace

import httpx

from shared.events.scoring import PANEL, PanelEvent, ScoreSealed, ScoresRevealed
from tests.apps import Issuer
from tests.builders.scoring import ANI, BUDI, FIRST, PANEL_ID, PATH, SECOND, Judge, round_opened
from tests.component.scoring.world import SCORES, Person, Voice, judge

PANEL_PATH = f"/panels/{PANEL_ID}"
TIED = replace(ANI, agency="dinkes", agency_path=PATH)
OUTSIDER = Judge("judge-citra")


def _scores(novelty: str, benefit: str) -> dict[str, object]:
    given = {"kebaruan": novelty, "kemanfaatan": benefit}
    return {"scores": [{"criterion": code, "score": score} for code, score in given.items()]}


def _mean(innovation_id: str, mean: str, lowest: str, highest: str) -> dict[str, object]:
    return {
        "innovation_id": innovation_id,
        "judges": 2,
        "mean": mean,
        "lowest": lowest,
        "highest": highest,
        "third_reading": False,
        "adjusted": None,
    }


async def _facts(voice: Voice) -> list[PanelEvent]:
    return [event.fact for event in await voice.history.facts(PANEL.subject(PANEL_ID))]


async def _sealed(who: Person, innovation_id: str, body: dict[str, object]) -> httpx.Response:
    return await who.post(f"{PANEL_PATH}/scores/{innovation_id}", body)


async def test_a_panel_goes_from_its_opening_to_its_means(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, budi = judge(api, issuer, ANI), judge(api, issuer, BUDI)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH, state="open")
    for who, innovation, body in (
        (ani, FIRST, _scores("80", "9")),
        (budi, FIRST, _scores("70.5", "8")),
        (ani, SECOND, _scores("60", "7")),
    ):
        answer = await _sealed(who, innovation, body)
        assert (answer.status_code, answer.json()["happened"]) == (201, ["ScoreSealed"])
    early = await committee.post(f"{PANEL_PATH}/reveal", **{"If-Match": '"4"'})
    assert (early.status_code, early.json()["code"]) == (409, "scores_awaited")
    assert early.json()["params"]["awaited"] == [f"{BUDI.id}/{SECOND}"]
    last = await _sealed(budi, SECOND, _scores("61", "7"))
    seen = await committee.see(PANEL_PATH, last, awaited=[])
    assert len(seen["seals"]) == 4
    assert (seen["scores"], seen["means"]) == ([], [])

    unread = await committee.post(f"{PANEL_PATH}/reveal")
    assert unread.status_code == 428
    stale = await committee.post(f"{PANEL_PATH}/reveal", **{"If-Match": '"4"'})
    assert stale.status_code == 412
    once = {"If-Match": last.headers["ETag"], "Idempotency-Key": "reveal-of-panel-1"}
    revealed = await committee.post(f"{PANEL_PATH}/reveal", **once)
    assert revealed.json()["happened"] == ["ScoresRevealed"], revealed.text
    assert (await committee.post(f"{PANEL_PATH}/reveal", **once)).json() == revealed.json()
    shown = await committee.see(PANEL_PATH, revealed, state="revealed")
    assert shown["means"] == [
        _mean(FIRST, "79.15", "74.30", "84.00"),
        _mean(SECOND, "64.30", "64.00", "64.60"),
    ]
    assert [each["spread"] for each in shown["results"]] == ["9.70", "0.60"]
    assert [(seat["judge_id"], seat["sealed"], seat["due"]) for seat in shown["seats"]] == [
        (ANI.id, 2, 2),
        (BUDI.id, 2, 2),
    ]
    late = await _sealed(ani, FIRST, _scores("99", "9"))
    assert (late.status_code, late.json()["code"]) == (409, "panel_revealed")


async def test_the_stream_does_not_show_a_score_before_the_reveal(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani = judge(api, issuer, ANI)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH)
    await _sealed(ani, FIRST, _scores("73.25", "9"))
    facts = [fact for fact in await _facts(awards) if isinstance(fact, ScoreSealed)]
    assert [fact.judge_id for fact in facts] == [ANI.id]
    assert not any("73.25" in fact.model_dump_json() for fact in facts)
    own = (await ani.get(f"{PANEL_PATH}/my-scores")).json()["items"]
    assert [(each["innovation_id"], each["commitment"]) for each in own] == [
        (FIRST, facts[0].commitment)
    ]
    assert {each["criterion"]: each["score"] for each in own[0]["scores"]} == {
        "kebaruan": "73.25",
        "kemanfaatan": "9",
    }
    budi = judge(api, issuer, BUDI)
    assert (await budi.get(f"{PANEL_PATH}/my-scores")).json() == {"items": []}


async def test_a_retried_seal_is_one_seal_and_a_new_one_replaces_it(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani = judge(api, issuer, ANI)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH)
    path, once = f"{PANEL_PATH}/scores/{FIRST}", {"Idempotency-Key": "ani-seals-once"}
    first = await ani.post(path, _scores("80", "9"), **once)
    assert (await ani.post(path, _scores("80", "9"), **once)).json() == first.json()
    other = await ani.post(path, _scores("81", "9"), **once)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert (await ani.post(path, _scores("90", "9"))).json()["version"] == 3
    back = await ani.post(path, _scores("80", "9"))
    assert back.json()["version"] == 4
    seen = await ani.see(PANEL_PATH, back)
    assert [(seal["judge_id"], seal["innovation_id"]) for seal in seen["seals"]] == [
        (ANI.id, FIRST)
    ]


async def test_a_judge_sees_only_what_they_may_judge(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani, tied, budi = (judge(api, issuer, who) for who in (ANI, TIED, BUDI))
    outsider = judge(api, issuer, OUTSIDER)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH)

    async def entries(who: Person) -> list[str]:
        return [each["innovation_id"] for each in (await who.see(PANEL_PATH))["entries"]]

    assert await entries(ani) == [FIRST, SECOND]
    assert await entries(tied) == [SECOND]
    assert (await outsider.get(PANEL_PATH)).status_code == 404
    assert await outsider.listed("/panels", "panel_id") == []
    assert await ani.listed("/panels", "panel_id", state="open") == [PANEL_ID]
    assert (await _sealed(tied, FIRST, _scores("80", "9"))).status_code == 404
    assert (await _sealed(outsider, FIRST, _scores("80", "9"))).status_code == 404
    assert (await outsider.get(f"{PANEL_PATH}/my-scores")).status_code == 404

    declared = await _sealed(tied, SECOND, _scores("80", "9"))
    assert declared.json()["happened"] == ["ScoreSealed", "JudgeRecused"]
    last = await _sealed(budi, SECOND, _scores("80", "9"))
    seen = await committee.see(PANEL_PATH, last)
    assert seen["awaited"] == [{"judge_id": BUDI.id, "innovation_id": FIRST}]
    assert {seal["judge_id"] for seal in seen["seals"]} == {ANI.id, BUDI.id}
    alone = await budi.see(PANEL_PATH, last)
    assert {seal["judge_id"] for seal in alone["seals"]} == {BUDI.id}


async def test_a_conflict_is_declared_by_the_judge_or_recorded_by_the_committee(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani = judge(api, issuer, ANI)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH)
    recusal = {"innovation_id": FIRST, "reason": "My sister leads it."}
    assert (await ani.post(f"{PANEL_PATH}/recusals", recusal)).status_code == 201
    assert (await _sealed(ani, FIRST, _scores("80", "9"))).json()["code"] == "judge_recused"
    of_another = {**recusal, "judge_id": BUDI.id}
    assert (await ani.post(f"{PANEL_PATH}/recusals", of_another)).status_code == 403
    recorded = await committee.post(f"{PANEL_PATH}/recusals", of_another)
    assert recorded.status_code == 201, recorded.text
    stuck = await committee.post(
        f"{PANEL_PATH}/reveal?dry_run=1", **{"If-Match": recorded.headers["ETag"]}
    )
    assert stuck.json()["code"] == "scores_awaited"
    seen = await committee.see(PANEL_PATH, recorded)
    assert [(each["judge_id"], each["recorded_by"]) for each in seen["recusals"]] == [
        (ANI.id, ANI.id),
        (BUDI.id, "person-committee"),
    ]


async def test_scores_out_of_scale_never_reach_the_history(
    awards: Voice, committee: Person, api: httpx.AsyncClient, issuer: Issuer
):
    ani = judge(api, issuer, ANI)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH)
    above = await _sealed(ani, FIRST, _scores("80", "10.5"))
    assert (above.status_code, above.json()["code"]) == (409, "score_out_of_scale")
    missing = await _sealed(ani, FIRST, {"scores": SCORES[:1]})
    assert (missing.status_code, missing.json()["code"]) == (409, "criteria_incomplete")
    for broken in ("NaN", "-1", "1.234", "Infinity"):
        assert (await _sealed(ani, FIRST, _scores(broken, "9"))).status_code == 422
    assert len(await _facts(awards)) == 1


async def test_a_maturity_round_opens_no_panel(awards: Voice, committee: Person):
    by_maturity = round_opened(round="administrasi", scored_by="maturity", panel_id=None)
    await awards.open_round(by_maturity)
    await awards.open_round(round_opened())
    await committee.see(PANEL_PATH)
    assert await committee.listed("/panels", "panel_id") == [PANEL_ID]
    assert not any(isinstance(fact, ScoresRevealed) for fact in await _facts(awards))
