"""An auditor's day on real servers: identical, then one flipped value, found and named."""

import asyncio
import json
from typing import Any

import httpx

from tests.apps import Issuer, key
from tests.integration.audit.world import World

EVENTS, AGGREGATES = 94, 19


async def test_what_is_served_is_what_the_history_says(world: World):
    code, out, error = await world.inda("audit", "replay", "--digests")
    assert (code, out.strip()) == (
        0,
        f"replay identical: {EVENTS} events, {AGGREGATES} aggregates",
    ), error
    assert "Rp9.000.000" in error


async def test_two_seasons_are_served_as_their_history_says(sequel_world: World):
    code, out, error = await sequel_world.inda("audit", "replay")
    assert (code, out.strip().partition(":")[0]) == (0, "replay identical"), error


async def test_reviews_looked_at_again_are_served_as_their_history_says(checked_world: World):
    code, out, error = await checked_world.inda("--json", "audit", "replay")
    report = json.loads(out)
    assert (code, report["findings"], report["differences"]) == (0, [], []), error
    assert report["reviews"] == [
        {
            "season_id": "2026",
            "ended": 7,
            "drawn": 6,
            "sample": 5,
            "large_change": 1,
            "rejection": 2,
            "decided": 6,
            "agreeing": 3,
            "disputed": 3,
            "resolved": 3,
        }
    ]
    _, _, shown = await checked_world.inda("audit", "replay")
    assert "Quality checks" in shown


async def test_shared_taxed_and_disputed_prizes_are_served_as_their_history_says(
    prized_world: World,
):
    code, out, error = await prized_world.inda("--json", "audit", "replay")
    report = json.loads(out)
    assert (code, report["findings"], report["differences"]) == (0, [], []), error
    assert report["funds"][0] == {
        "fund_id": "apbd-2026",
        "ceiling_rupiah": 40_000_000,
        "allocated_rupiah": 14_000_000,
        "held_rupiah": 4_000_000,
        "paid_rupiah": 6_000_000,
        "returned_rupiah": 5_000_000,
        "tax_withheld_rupiah": 300_000,
    }
    main = report["competitions"][1]
    assert (main["signatures"], main["documents"]) == (2, 6)
    assert main["disputes"] == {
        "objections": 1,
        "granted": 0,
        "dismissed": 0,
        "lapsed": 1,
        "doubts": 3,
        "doubts_upheld": 1,
        "doubts_lapsed": 1,
    }
    _, _, shown = await prized_world.inda("audit", "replay")
    assert ("Tax withheld" in shown, "Rp300.000" in shown, "Minutes signed" in shown) == (
        True,
        True,
        True,
    )


async def test_one_flipped_value_is_found_and_named(world: World):
    world.change("submission", "innovations", "inov-2", {"profile.title": "SIP HITAM"})
    world.change("scoring", "scorecards", "inov-1", {"rows.0.granted_level": 1})
    world.change("awards", "funds", "apbd-2026", {"sequence": 10_000})
    world.remove("submission", "agencies", "brida")
    code, out, error = await world.inda("--json", "audit", "replay")
    report = json.loads(out)
    assert (code, report["is_identical"], report["finding_count"]) == (1, False, 0), error
    found = {(each["mismatch"], each["what"]) for each in report["differences"]}
    assert found == {
        ("missing", "submission agencies brida: in the history, not served"),
        (
            "digest",
            "submission innovations inov-2: profile.title:"
            " 'SIP PUTIH inov-2' in the history, 'SIP HITAM' served",
        ),
        (
            "digest",
            "scoring scorecards inov-1: rows[0].granted_level: 3 in the history, 1 served",
        ),
        (
            "ahead",
            f"awards funds apbd-2026: version 6 at sequence {EVENTS} in the history,"
            " version 6 at sequence 10000 served",
        ),
    }
    assert error.strip().endswith("replay differs: 4 findings")


async def test_a_named_user_takes_the_place_of_the_ready_made_auditor(world: World):
    accounts = [{"username": "ready-made", "password": "p", "roles": ["auditor"]}]
    (world.context.parent / "accounts.json").write_text(json.dumps(accounts))
    told = json.loads(world.context.read_text())
    told |= {"accounts": "accounts.json", "issuer": "http://127.0.0.1:9"}
    world.context.write_text(json.dumps(told))
    code, _, error = await world.inda("audit", "replay")
    assert (code, "The issuer does not answer." in error) == (2, True)
    code, out, error = await world.inda("--as", "auditor", "audit", "replay")
    assert (code, "replay identical" in out) == (0, True), error


async def test_a_replay_may_end_earlier_and_a_timeline_tells_who_and_when(world: World):
    code, out, _ = await world.inda("audit", "replay", "--until", "40")
    assert (code, out.strip()) == (0, "replay identical: 40 events, 14 aggregates")
    code, out, _ = await world.inda("--json", "audit", "timeline", "awards.fund.apbd-2026")
    facts = json.loads(out)["inda.v1.awards.fund.apbd-2026"]
    assert code == 0
    assert [(each["fact"], each["by"]) for each in facts] == [
        ("FundRegistered", "treasurer-1"),
        ("MoneyAllocated", "chair-1"),
        ("MoneyAllocated", "chair-1"),
        ("AllocationApproved", "leader-1"),
        ("AllocationPaid", "treasurer-1"),
        ("AllocationReversed", "chair-1"),
    ]
    code, out, _ = await world.inda("--json", "audit", "timeline", "inov-1")
    assert set(json.loads(out)) == {
        "inda.v1.submission.innovation.inov-1",
        "inda.v1.verification.dossier.inov-1",
        "inda.v1.scoring.scorecard.inov-1",
    }


async def test_the_service_replays_for_auditors_and_nobody_else(world: World, issuer: Issuer):
    async with world.auditor() as auditor:
        asking = key()
        started = await auditor.post("/replays", json={}, headers=asking)
        assert started.status_code == 202, started.text
        again = await auditor.post("/replays", json={}, headers=asking)
        assert again.json()["replay_id"] == started.json()["replay_id"]
        done = await finished(auditor, started.json()["replay_id"])
        report = done["report"]
        assert (done["state"], report["is_identical"], report["events"]) == ("done", True, EVENTS)
        assert report["compared"] == report["documents"]
        world.change("verification", "dossiers", "inov-2", {"indicators.0.verdict.note": "x"})
        second = await auditor.post("/replays", json={}, headers=key())
        differing = (await finished(auditor, second.json()["replay_id"]))["report"]
        assert [each["mismatch"] for each in differing["differences"]] == ["digest"]
        listed = await auditor.get("/replays")
        assert [each["replay_id"] for each in listed.json()["items"]] == [
            second.json()["replay_id"],
            started.json()["replay_id"],
        ]
        facts = await auditor.get("/timeline/verification/dossier/inov-2")
        assert facts.json()["items"][0]["fact"] == "DossierOpened"
        assert (await auditor.get("/timeline/verification/dossier/none")).status_code == 404
        assert (await auditor.get("/timeline/portal/page/none")).status_code == 404
        assert (await auditor.get("/health/ready")).status_code == 200
        assert (await auditor.get("/views", params={"min_seq": 5})).json()["position"] == EVENTS
        other = issuer.headers("admin-1", "pemda_admin")
        for path in ("/replays", "/timeline/awards/fund/apbd-2026"):
            assert (await auditor.get(path, headers=other)).status_code == 403
            nobody = await auditor.get(path, headers={"Authorization": ""})
            assert nobody.status_code == 401


async def test_the_service_explains_a_number_or_says_why_it_cannot(world: World):
    async with world.auditor() as auditor:

        async def explained(thing: str) -> dict[str, Any]:
            wish = {"compare": False, "explain": thing}
            asked = await auditor.post("/replays", json=wish, headers=key())
            return await finished(auditor, asked.json()["replay_id"])

        told = await explained("fund/apbd-2026")
        assert (told["state"], told["explained"]["findings"]) == ("done", [])
        step = told["explained"]["step"]
        assert (step["kind"], step["about"]) == ("fund", "fund/apbd-2026")
        unknown = await explained("nothing-of-the-kind")
        assert (unknown["state"], unknown["explained"]) == ("failed", None)
        assert "nothing-of-the-kind" in unknown["failed_because"]


async def finished(auditor: httpx.AsyncClient, replay_id: str) -> dict[str, Any]:
    async with asyncio.timeout(30):
        while True:
            told = (await auditor.get(f"/replays/{replay_id}")).json()
            if told["state"] != "running":
                return told
            await asyncio.sleep(0.05)


async def test_what_cannot_be_asked_ends_with_two(world: World):
    context = json.loads(world.context.read_text())
    context["services"]["scoring"] = "http://127.0.0.1:9"
    world.context.write_text(json.dumps(context))
    code, _, error = await world.inda("audit", "replay")
    assert (code, "scoring does not answer" in error) == (2, True)
