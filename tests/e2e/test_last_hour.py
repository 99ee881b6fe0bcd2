"""The last hour of a season, ten times as busy as expected, with the service killed twice in it.

The size: a province like Kalimantan Selatan reports about 700 innovations a year. In 2023 the
whole country handed in 5 % on the last day (domain, section 7); let a fifth come in the last hour
of a province, 140. Ten times that is handed in here as fast as it goes.
"""

import asyncio
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import pytest

from deploy.drive.opening import open_season
from deploy.drive.people import Person, World
from deploy.drive.sample import ACCOUNTS, world_of
from deploy.sample.plan import InnovationPlan
from deploy.sample.script import small_season
from shared.events.base import Recorded
from shared.events.submission import InnovationSubmitted
from shared.seals import public_keys, verified
from tests.e2e.auditing import assert_sound, history_of
from tests.e2e.program import Program, program, until
from tests.e2e.test_kill import entrance

INNOVATIONS = 1_400
HANDS = 40
KILLS_AFTER = (INNOVATIONS // 4, INNOVATIONS // 2)


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft that only waits to be handed in."""

    operator: Person
    innovation_id: str


@pytest.mark.timeout(300)
async def test_every_receipt_of_the_last_hour_is_in_the_history_once(tmp_path: Path) -> None:
    with program(tmp_path / "inda", "--no-sample") as running:
        running.start()
        await running.until_ready()
        people = ACCOUNTS.validate_json((running.folder / "issuer/accounts.json").read_bytes())
        world = world_of(running.urls, running.issuer, people)
        async with world.http:
            drafts = await drafted(world)
            receipts: list[Mapping[str, Any]] = []
            async with asyncio.TaskGroup() as group:
                group.create_task(hand_in(drafts, receipts))
                group.create_task(kill_twice(running, receipts))
            history = await history_of(*entrance(running))
            assert_given_once(drafts, receipts, history)
            await assert_signed(world, receipts)
            await assert_taken_up(world, drafts)
            await assert_sound(world, await history_of(*entrance(running)))
        assert await running.stop() == 0


async def drafted(world: World) -> list[Ready]:
    script = small_season(1)
    await open_season(world, script, datetime.now(UTC))
    plans = [plan for plan in script.innovations if plan.refusal is None]
    numbered = list(enumerate(islice(cycle(plans), INNOVATIONS)))
    return await in_hands(numbered, lambda each: draft(world, *each))


async def draft(world: World, number: int, plan: InnovationPlan) -> Ready:
    operator = await world.person(plan.operator)
    profile = plan.profile.model_dump(mode="json")
    body = {"season_id": "2026", "agency_id": plan.agency_code, "profile": profile}
    reply = await operator.post("submission", "/innovations", body, key=f"draft-{number}")
    return Ready(operator, reply.needed("draft").body["id"])


async def hand_in(drafts: Sequence[Ready], receipts: list[Mapping[str, Any]]) -> None:
    """Who gets no answer sends the same again, as a client in a hurry does."""

    async def one(ready: Ready) -> None:
        path = f"/innovations/{ready.innovation_id}/submissions"
        key = f"submit-{ready.innovation_id}"
        reply = await ready.operator.post("submission", path, key=key)
        receipts.append(reply.needed("submit").body)

    await in_hands(drafts, one)


async def kill_twice(running: Program, receipts: Sequence[object]) -> None:
    for restart, count in enumerate(KILLS_AFTER, start=1):
        await until(lambda count=count: len(receipts) >= count, 120)
        running.processes()["submission"].kill()
        await running.until_says(f"  submission ended with signal 9 (SIGKILL); restart {restart}")


async def in_hands(things: Sequence[Any], work: Any) -> list[Any]:
    """At most so many at once; what each came to, in order."""
    gate = asyncio.Semaphore(HANDS)

    async def one(thing: Any) -> Any:
        async with gate:
            return await work(thing)

    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(one(thing)) for thing in things]
    return [task.result() for task in tasks]


def assert_given_once(
    drafts: Sequence[Ready],
    receipts: Sequence[Mapping[str, Any]],
    history: Sequence[Recorded[Any]],
) -> None:
    submitted = [event for event in history if isinstance(event.fact, InnovationSubmitted)]
    places = Counter((event.key, event.id, event.sequence, event.version) for event in submitted)
    given = Counter(
        (each["innovation_id"], each["event_id"], each["sequence"], each["version"])
        for each in receipts
    )
    assert given == places
    assert {key for key, *_ in places} == {ready.innovation_id for ready in drafts}
    assert set(places.values()) == {1}


async def assert_signed(world: World, receipts: Sequence[Mapping[str, Any]]) -> None:
    answer = await world.http.get(f"{world.urls['submission']}/receipts/keys")
    keys = public_keys(answer.content)
    for receipt in receipts:
        assert verified(json.dumps(receipt).encode(), keys)["receipt_id"] == receipt["receipt_id"]


async def assert_taken_up(world: World, drafts: Sequence[Ready]) -> None:
    """Verification has a dossier for each, in the end."""
    for ready in drafts:
        innovation = f"/innovations/{ready.innovation_id}"
        await ready.operator.until(
            "the submission", "submission", innovation, lambda body: body["state"] == "submitted"
        )
