"""A whole season through the APIs, innovation by innovation, with progress."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from deploy.drive.opening import open_season, record_governments
from deploy.drive.people import Unexpected, World
from deploy.drive.reviewing import Reviewer
from deploy.drive.submitting import Submitter
from deploy.sample.people import ADMIN
from deploy.sample.plan import InnovationPlan, Script

AT_ONCE = 4
Step = Callable[[str], None]


@dataclass
class Tally:
    """What was done; `ids` are the innovations by the codes of the script."""

    submitted: int = 0
    verified: int = 0
    ids: dict[str, str] = field(default_factory=dict[str, str])


async def play_season(world: World, script: Script, now: datetime, step: Step) -> Tally:
    """Opens the season, hands in and reviews every innovation. `step` is told what was done."""
    await open_season(world, script, now)
    step("opened")
    tally = Tally()
    gate = asyncio.Semaphore(AT_ONCE)
    first: Exception | None = None
    try:
        async with asyncio.TaskGroup() as group:
            for plan in script.innovations:
                group.create_task(_one(world, script, plan, tally, gate, step))
    except* Unexpected as several:
        # One sentence is enough for a person; the others follow from it or say the same.
        first = several.exceptions[0]
    if first is not None:
        raise first
    await record_governments(world, script)
    step("governments")
    return tally


async def _one(
    world: World,
    script: Script,
    plan: InnovationPlan,
    tally: Tally,
    gate: asyncio.Semaphore,
    step: Step,
) -> None:
    async with gate:
        operator = await world.person(plan.operator)
        submitter = Submitter(world, operator, plan, script.season.season_id)
        await submitter.hand_in()
        tally.ids[plan.code] = submitter.innovation_id
        tally.submitted += 1
        step("submitted")
        await Reviewer(world, plan, submitter.innovation_id).review(submitter.revise)
        tally.verified += 1
        step("verified")


async def until_scored(world: World, script: Script, tally: Tally) -> int:
    """Waits until every verified innovation has a scorecard; how many there are."""
    admin = await world.person(ADMIN.username)
    for innovation in tally.ids.values():
        await admin.until("a scorecard", "scoring", f"/scorecards/{innovation}")
    season = script.season.season_id
    return len(await admin.all("scoring", "/scorecards", season_id=season, limit=200))
