"""What dies is restarted and reported, and nothing acknowledged is lost or done twice."""

import json
import re
from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from deploy.drive.people import Person, World
from deploy.drive.sample import ACCOUNTS, world_of
from deploy.sample.people import ADMIN, AUDITOR, COMMITTEE
from deploy.sample.script import small_season
from shared.events.base import Recorded
from tests.e2e.auditing import assert_sound, history_of
from tests.e2e.load import Acknowledged, Finished, Load
from tests.e2e.program import MARKS, Program, program, until

FILES_PER_INNOVATION = 3
WRITES_BETWEEN_KILLS = 3
LEAST_INNOVATIONS = 5


@pytest.mark.timeout(240)
async def test_whatever_is_killed_comes_back_and_nothing_acknowledged_is_lost(
    tmp_path: Path,
) -> None:
    with program(tmp_path / "inda", "--no-sample") as running:
        running.start()
        await running.until_ready()
        people = ACCOUNTS.validate_json((running.folder / "issuer/accounts.json").read_bytes())
        world = world_of(running.urls, running.issuer, people)
        async with world.http:
            load = Load(world, small_season(FILES_PER_INNOVATION))
            async with load.running():
                for name in MARKS:
                    await kill(running, name, load)
            await assert_nothing_lost(running, world, load)
        assert await running.stop() == 0


async def kill(running: Program, name: str, load: Load) -> None:
    """Ends when it serves again and the load has gone on."""
    running.processes()[name].kill()
    await running.until_says(f"  {name} ended with signal 9 (SIGKILL); restart 1")
    await running.until_says(f"  {name} serves again after")
    before = len(load.acknowledged)
    await until(lambda: len(load.acknowledged) >= before + WRITES_BETWEEN_KILLS, 60)


async def assert_nothing_lost(running: Program, world: World, load: Load) -> None:
    ended = re.findall(r"  (\S+) ended with (.+?);", running.said())
    assert ended == [(name, "signal 9 (SIGKILL)") for name in MARKS], "others died too"
    assert len(load.finished) >= LEAST_INNOVATIONS
    admin = await world.person(ADMIN.username)
    for each in load.finished:
        path = f"/scorecards/{each.innovation_id}"
        await admin.until(f"scorecard of {each.plan.code}", "scoring", path)
    nats_url, admin_seed = entrance(running)
    history = await history_of(nats_url, admin_seed)
    assert_once(load.acknowledged, history)
    await assert_sound(world, history)
    await assert_as_planned(world, load)


def entrance(running: Program) -> tuple[str, str]:
    """The address of NATS and the admin's seed, as the stack wrote them down."""
    nats = json.loads((running.folder / "context.json").read_text())["nats"]
    return ",".join(nats["urls"]), Path(nats["seeds"]["admin"]).read_text()


def assert_once(acknowledged: Sequence[Acknowledged], history: Sequence[Recorded[Any]]) -> None:
    """Each is where its answer said, and the facts of each command stand together, once."""
    places = {event.sequence: event for event in history}
    for each in acknowledged:
        event = places[each.sequence]
        assert (each.route, event.version) == (each.route, each.version)
        if each.command is not None:
            mine = [event for event in history if event.command_id == each.command]
            versions = [event.version for event in mine]
            assert versions == list(range(each.version - len(mine) + 1, each.version + 1)), each


async def assert_as_planned(world: World, load: Load) -> None:
    admin, auditor = await world.person(ADMIN.username), await world.person(AUDITOR.username)
    ids = Counter(each.innovation_id for each in load.finished)
    listed = await admin.all("submission", "/innovations", limit=200)
    assert Counter(each["innovation_id"] for each in listed) == ids
    for each in load.finished:
        await assert_reviewed(auditor, each)
    await assert_evidence_whole(world, load.finished[-1])
    chair = await world.person(COMMITTEE[0].username)
    funds = await chair.all("awards", "/funds", limit=200)
    assert Counter(fund["fund_id"] for fund in funds) == Counter(load.funds)


async def assert_reviewed(auditor: Person, finished: Finished) -> None:
    reply = await auditor.get("verification", f"/dossiers/{finished.innovation_id}")
    dossier = reply.needed("dossier").body
    granted = {
        each.indicator: each.granted_level
        for each in finished.plan.review.verdicts
        if each.claimed_level
    }
    assert dossier["state"] == "verified"
    rows = {each["indicator"]: each["verdict"]["granted_level"] for each in dossier["indicators"]}
    assert rows == granted


async def assert_evidence_whole(world: World, finished: Finished) -> None:
    """Every stored file is what its digest says."""
    verifier = await world.person(finished.plan.review.verifier)
    path = f"/dossiers/{finished.innovation_id}"
    dossier = (await verifier.get("verification", path)).needed("dossier").body
    digests = {
        each["content"]["sha256"]
        for each in dossier["manifest"]
        if each["content"]["kind"] == "file" and each["accepted"]
    }
    assert digests
    for digest in digests:
        link = await verifier.get("verification", f"{path}/evidence/{digest}")
        content = (await world.http.get(link.needed("evidence").body["url"])).content
        assert sha256(content).hexdigest() == digest
