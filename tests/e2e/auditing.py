"""What must hold after any story: nothing parked, no gap, and a replay that finds no difference."""

import asyncio
from collections import defaultdict
from itertools import count
from typing import Any

from deploy.drive.people import Person, World
from deploy.sample.people import AUDITOR
from shared.bus import SERVICES
from shared.events.base import Recorded
from shared.history import connect
from shared.history.envelope import recorded
from shared.history.reader import last_sequence, read_all

REPLAY_SECONDS = 90.0
_numbers = count(1)


async def assert_sound(world: World, history: list[Recorded[Any]]) -> None:
    auditor = await world.person(AUDITOR.username)
    for service in SERVICES:
        faults = (await auditor.get(service, "/faults")).needed(f"faults of {service}").body
        assert (service, faults["items"]) == (service, [])
    for subject, versions in versions_of(history).items():
        assert (subject, versions) == (subject, list(range(1, len(versions) + 1)))
    assert len({event.id for event in history}) == len(history)
    report = await replayed(auditor)
    assert (report["findings"], report["differences"], report["outstanding"]) == ([], [], [])
    assert report["is_identical"]
    assert report["compared"] == report["documents"] > 0


def versions_of(history: list[Recorded[Any]]) -> dict[str, list[int]]:
    versions: dict[str, list[int]] = defaultdict(list)
    for event in history:
        versions[event.subject].append(event.version)
    return versions


async def replayed(auditor: Person) -> Any:
    """The report of a whole replay by the audit service, once no reaction is on its way."""
    end = asyncio.get_running_loop().time() + REPLAY_SECONDS
    while True:
        key = f"e2e-replay-{next(_numbers):04d}"
        asked = (await auditor.post("audit", "/replays", {}, key=key)).needed("replay").body
        path = f"/replays/{asked['replay_id']}"
        done = await auditor.until(
            "a replay", "audit", path, lambda body: body["state"] in ("done", "failed")
        )
        assert done.body["state"] == "done", done.body["failed_because"]
        report = done.body["report"]
        if report["is_identical"] and not report["outstanding"]:
            return report
        if asyncio.get_running_loop().time() > end:
            return report


async def history_of(nats_url: str, admin_seed: str) -> list[Recorded[Any]]:
    """Every fact of the stream, in order."""
    servers = tuple(nats_url.split(","))
    connection = await connect(servers, "admin", admin_seed, admin=True)
    try:
        last = await last_sequence(connection)
        return [recorded(message) async for message in read_all(connection, 1, last)]
    finally:
        await connection.close()
