"""A round that judges score: sealed, read a third time where two differ, opened together."""

import asyncio
from collections.abc import Iterable

from deploy.drive.contest import Contest
from deploy.drive.people import BETWEEN_LOOKS_SECONDS, WAIT_SECONDS, Unexpected
from deploy.sample.competition import judge_scores
from deploy.sample.people import person_id
from shared.events.awards import RoundRule

AT_ONCE = 6
ASKED_AGAIN = "ThirdReadingAsked"
Reading = tuple[str, str]
"""A judge's id and an innovation."""


async def score(contest: Contest, panel_id: str, rule: RoundRule) -> None:
    """Until all is open. Raises `Unexpected` if another number of readings is due than planned."""
    path = f"/panels/{panel_id}"
    chair = await contest.chair()
    panel = await chair.until(f"panel {panel_id}", "scoring", path)
    entries = [each["innovation_id"] for each in panel.body["entries"]]
    await _seal(contest, path, [(judge, entry) for judge in rule.judges for entry in entries])
    if await _reveal(contest, path) != ASKED_AGAIN:
        return
    asked = await chair.until(
        "a third reading", "scoring", path, lambda body: bool(body["third_readings"])
    )
    due = [(each["judge_id"], each["innovation_id"]) for each in asked.body["third_readings"]]
    await _seal(contest, path, due)
    if await _reveal(contest, path) == ASKED_AGAIN:
        raise Unexpected(f"panel {panel_id} asks for a fourth reading")


async def _seal(contest: Contest, path: str, readings: Iterable[Reading]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def read(reading: Reading) -> None:
        async with gate:
            await _read(contest, path, reading)

    await asyncio.gather(*(read(each) for each in readings))


async def _read(contest: Contest, path: str, reading: Reading) -> None:
    """A score, or the recusal that is planned instead."""
    by_id = {person_id(name): name for name in contest.world.passwords}
    username, entry = by_id[reading[0]], reading[1]
    judge, code = await contest.world.person(username), contest.codes[entry]
    key = f"{username}-{code}-{path.rsplit('/', 1)[1][:8]}"
    recusal = contest.plan.recusal
    if recusal is not None and (recusal.judge, recusal.innovation_code) == (username, code):
        body = {"innovation_id": entry, "reason": recusal.reason}
        reply = await judge.post("scoring", f"{path}/recusals", body, key=key)
        reply.needed(f"recusal of {username}")
        return
    given = judge_scores(username, contest.script.innovation(code), contest.plan.strict)
    scores = [{"criterion": each.criterion, "score": str(each.score)} for each in given]
    reply = await judge.post("scoring", f"{path}/scores/{entry}", {"scores": scores}, key=key)
    reply.needed(f"score of {username} for {code}")


async def _reveal(contest: Contest, path: str) -> str:
    """What happened. Some seals may still be on their way to the view that tells the version."""
    chair = await contest.chair()
    end = asyncio.get_running_loop().time() + WAIT_SECONDS
    while asyncio.get_running_loop().time() < end:
        sealed = (await chair.get("scoring", path)).needed("read the panel")
        reply = await chair.post(
            "scoring", f"{path}/reveal", key=f"reveal-{sealed.version}", version=sealed.version
        )
        if reply.status != 412:
            return reply.needed(f"reveal {path}").body["happened"][-1]
        await asyncio.sleep(BETWEEN_LOOKS_SECONDS)
    raise Unexpected(f"{path} could not be revealed")
