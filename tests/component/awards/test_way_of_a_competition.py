"""From scored innovations to allocated money, through the API and the real servers."""

from datetime import timedelta

import httpx

from shared.history import HistoryLog
from tests.builders.awards import PATH, scored
from tests.component.awards.course import (
    ANNOUNCE,
    BRIDA,
    DECREE,
    RULES,
    URL,
    current,
    drafted,
    entered,
    funded,
    judged_to_the_end,
    no,
    ok,
    shown,
    signed,
    versions,
)
from tests.component.awards.world import Clock, People, score
from tests.component.scoring.world import eventually

LATER = timedelta(days=3)


async def test_a_competition_goes_from_scorecards_to_allocated_money(
    people: People, scoring: HistoryLog, clock: Clock, api: httpx.AsyncClient
) -> None:
    chair = people("person-chair", "committee", path=BRIDA)
    member = people("person-member", "committee")
    head = people("person-head", "skpd_head", path=PATH)
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock() + LATER)

    await score(scoring, scored("inov-1", "80"), scored("inov-2", "90"))
    rehearsed = await chair.post("/competitions?dry_run=1", ANNOUNCE)
    assert (rehearsed.status_code, rehearsed.json()["dry_run"]) == (201, True)
    ok(await chair.post("/competitions", ANNOUNCE))
    await score(scoring, scored("inov-3", "70"), scored("inov-4", "39.99"))
    await entered(chair, "inov-1", "inov-2", "inov-3")
    await judged_to_the_end(chair, scoring)

    drafted = await chair.post(f"{URL}/results")
    seen = await shown(chair, drafted)
    assert (await head.get(f"{URL}/versions")).status_code == 404
    early = await chair.post(f"{URL}/objection-window", {"version": 1})
    assert no(early) == (409, "minutes_unsigned")
    await signed(1, chair)
    opened = await chair.post(f"{URL}/objection-window", {"version": 1})
    await shown(chair, opened)
    first = ok(await head.get(f"{URL}/versions"))["versions"]
    assert [(p["innovation_id"], p["rank"]) for p in first[0]["ranking"]] == [
        ("inov-1", 1),
        ("inov-2", 2),
        ("inov-3", 3),
    ]
    assert (await api.get(f"{URL}/results")).status_code == 404

    # An objection of the agency: granted, corrected elsewhere, and version 2 follows.
    objection = {
        "innovation_id": "inov-2",
        "indicator": "SID-16",
        "level_sought": 3,
        "reason": "Perda terlampir",
    }
    filed = await head.post(f"{URL}/objections", objection)
    again = await head.post(f"{URL}/objections", objection)
    assert no(again) == (409, "already_objected")
    seen = await shown(chair, filed)
    decision = {"granted": True, "reason": "Perda memang berlaku"}
    where = f"{URL}/objections/{filed.json()['objection_id']}/decision"
    assert (await member.post(where, decision)).status_code == 428
    decided = await member.post(where, decision, **seen)
    seen = await shown(chair, decided)
    waiting = await chair.post(f"{URL}/determination", DECREE, **seen)
    assert no(waiting) == (409, "window_open")
    better = scored(
        "inov-2",
        "111",
        number=2,
        competition_id="kia-2026",
        objection_id=filed.json()["objection_id"],
    )
    await score(scoring, better)
    second = await versions(chair, 2)
    assert (second[1]["cause"], second[1]["cause_id"]) == (
        "objection",
        filed.json()["objection_id"],
    )
    assert [c["score"] for c in second[1]["changes"]] == ["82.00"]

    # A disqualification makes version 3, and the decree fixes it once the window is over.
    out = {"innovation_id": "inov-1", "ground": "Tidak orisinal", "reason": "Uji publik"}
    stale = await member.post(f"{URL}/disqualifications", out, **seen)
    assert stale.status_code == 412
    disqualified = await member.post(f"{URL}/disqualifications", out, **await current(chair))
    seen = await shown(chair, disqualified)
    assert disqualified.json()["happened"] == ["EntryDisqualified", "ResultsDrafted"]
    clock.ahead = LATER
    unsigned = await chair.post(f"{URL}/determination", DECREE, **seen)
    assert no(unsigned) == (409, "minutes_unsigned")
    await signed(3, chair)
    determined = await chair.post(f"{URL}/determination", DECREE, **await current(chair))
    seen = await shown(chair, determined)
    await shown(chair, await chair.post(f"{URL}/publication"))

    public = ok(await api.get(f"{URL}/results"))
    assert [(p["innovation_id"], p["rank"], p["prizes"]) for p in public["ranking"]] == [
        ("inov-2", 1, ["Juara I", "Bonus"]),
        ("inov-3", 2, ["Juara II"]),
    ]
    assert [each["cause"] for each in public["versions"]] == [
        "first",
        "objection",
        "disqualification",
    ]
    assert [each["innovation_id"] for each in public["disqualified"]] == ["inov-1"]
    assert not any(name in str(public) for name in ("person-", "judge-"))
    assert [r["version"] for r in ok(await api.get("/results"))["items"]] == [3]

    # Uang pembinaan: fund by fund, all lines or none.
    told = ok(await chair.post(f"{URL}/allocations"))["funds"]
    assert [(each["fund_id"], each["outcome"], each["asked_rupiah"]) for each in told] == [
        ("apbd", "allocated", 9_000_000),
        ("bank", "allocated", 1_000_000),
    ]
    assert await people("person-inspektur", "auditor").listed("/faults", "key") == []


async def test_a_competition_that_is_announced_late_finds_all_that_was_scored(
    people: People, scoring: HistoryLog, clock: Clock
) -> None:
    chair = people("person-chair", "committee", path=BRIDA)
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    names = [f"inov-{number}" for number in range(30)]
    await score(scoring, *(scored(name) for name in names))
    ok(await chair.post("/competitions", ANNOUNCE))
    await entered(chair, *names)
    assert ok(await chair.post("/competitions", ANNOUNCE))["happened"] == []
    listed = ok(await chair.get("/competitions", season_id="2026"))["items"]
    assert [(each["competition_id"], each["entries"]) for each in listed] == [("kia-2026", 30)]


async def test_who_has_a_stake_sees_no_entry_and_no_objection_of_their_own(
    people: People, scoring: HistoryLog, clock: Clock
) -> None:
    chair = people("person-chair", "committee", path=BRIDA)
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    head = people("person-head", "skpd_head", path=PATH)
    await drafted(chair, scoring, ANNOUNCE)
    await signed(1, chair)
    ok(await chair.post(f"{URL}/objection-window", {"version": 1}))
    objection = {
        "innovation_id": "inov-2",
        "indicator": "SID-16",
        "level_sought": 2,
        "reason": "Perda terlampir",
    }
    stranger = people("person-other", "skpd_operator", path=("kalsel", "hss", "rsud"))
    assert (await stranger.post(f"{URL}/objections", objection)).status_code == 404
    filed = await head.post(f"{URL}/objections", objection)
    seen = await shown(chair, filed)
    where = f"{URL}/objections/{filed.json()['objection_id']}/decision"
    decision = {"granted": False, "reason": "Tidak cukup"}

    conflicted = (
        people("person-dinkes", "committee", path=PATH),
        people("person-bupati", "leader", path=("kalsel", "hss")),
        people("person-drafter", "committee"),
        people("person-verifier", "committee"),
    )
    for person in conflicted:
        assert ok(await person.get(f"{URL}/objections"))["items"] == []
        assert (await person.post(where, decision, **seen)).status_code == 404
    for judge in (people("judge-1", "judge", path=PATH), *conflicted[:1]):
        answer = ok(await judge.get(URL))
        assert answer["entries"] == []
        assert [each["scores"] for each in answer["rounds"]] == [[], []]
    assert len(ok(await head.get(f"{URL}/objections"))["items"]) == 1
    assert ok(await stranger.get(f"{URL}/objections"))["items"] == []
    out = {"innovation_id": "inov-1", "ground": "x", "reason": "y"}
    assert (await conflicted[0].post(f"{URL}/disqualifications", out, **seen)).status_code == 404
    assert (await chair.post(where, decision, **seen)).status_code == 200


async def test_the_committee_enters_by_hand_what_no_rule_invites(
    people: People, scoring: HistoryLog, clock: Clock
) -> None:
    chair = people("person-chair", "committee", path=BRIDA)
    await funded(people("person-bpp", "treasurer", path=BRIDA), clock())
    await score(scoring, scored("inov-4", "12"))
    announced = await chair.post("/competitions", ANNOUNCE)
    await shown(chair, announced)
    entry = {"innovation_id": "inov-4", "category": "skpd", "reason": "Keputusan pleno"}
    own = people("person-dinkes", "committee", path=PATH)

    async def is_known() -> bool | None:
        rehearsed = await chair.post(f"{URL}/entries?dry_run=1", entry)
        return True if rehearsed.status_code == 201 else None

    await eventually(is_known)
    assert (await own.post(f"{URL}/entries", entry)).status_code == 404
    by_hand = await chair.post(f"{URL}/entries", entry)
    await shown(chair, by_hand)
    (found,) = ok(await chair.get(URL))["entries"]
    assert (found["reason"], found["enrolled"]["by"]) == ("Keputusan pleno", "person-chair")
    unknown = {**entry, "innovation_id": "inov-9"}
    assert (await chair.post(f"{URL}/entries", unknown)).status_code == 404


async def test_rules_with_a_field_that_nobody_knows_are_not_announced(people: People) -> None:
    chair = people("person-chair", "committee")
    unknown = {**ANNOUNCE, "rules": {**RULES, "pemenang": "saya"}}
    assert (await chair.post("/competitions", unknown)).status_code == 422
    none = {**ANNOUNCE, "rules": {**RULES, "categories": []}}
    answer = await chair.post("/competitions", none)
    assert (answer.status_code, answer.json()["code"]) == (409, "category_missing")
