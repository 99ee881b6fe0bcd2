"""Two replicas at once lead to the same scorecards and the same index as the pure functions."""

import asyncio
from contextlib import AsyncExitStack

import pytest

from deploy.local.stack import Addresses
from services.scoring.app import create_app
from services.scoring.domain import region
from services.scoring.settings import Settings
from shared.events.scoring import REGION, RegionEvent
from shared.events.verification import DossierVerified, VerdictCorrected
from tests.apps import Issuer, serving
from tests.builders.scoring import (
    LEVELS,
    REGION_KEY,
    corrected,
    count,
    profile,
    scored,
    subject,
    verified,
)
from tests.component.scoring.world import eventually, person, speaking

AFFAIRS = ("pendidikan", "kesehatan", "pupr", "perkim", "trantibumlinmas", "sosial")
MANY = 24


def _sources(number: int) -> list[DossierVerified | VerdictCorrected]:
    """What verification says of one innovation; every third has an objection granted."""
    about = subject(
        innovation_id=f"inov-{number}", profile=profile(main_affair=AFFAIRS[number % 6])
    )
    first = verified(LEVELS, dict.fromkeys(LEVELS, number % 3), about=about)
    if number % 3:
        return [first]
    return [first, corrected(first, f"objection-{number}", "SID-16", 3)]


def _alone() -> region.Region:
    """The region as one process makes it, one fact after the other."""
    facts: list[RegionEvent] = []
    for number in range(MANY):
        sources = _sources(number)
        for upto in range(1, len(sources) + 1):
            command = count(scored(*sources[:upto]))
            facts += region.decide(command, region.decider.replay(facts))
    return region.decider.replay(facts)


@pytest.mark.timeout(180)
async def test_two_replicas_give_the_same_result_as_one(
    settings: Settings, fresh_servers: Addresses, issuer: Issuer
):
    async with AsyncExitStack() as stack:
        first, second = [
            await stack.enter_async_context(serving(create_app, settings)) for _ in range(2)
        ]
        voice = await stack.enter_async_context(speaking(fresh_servers, "verification"))

        async def say(number: int) -> None:
            for source in _sources(number):
                await voice.verify(source)

        await asyncio.gather(*map(say, range(MANY)))
        expected = _alone()

        async def finished() -> region.Region | None:
            events = await voice.history.facts(REGION.subject(REGION_KEY))
            state = region.decider.replay(event.fact for event in events)
            return state if state.counted == expected.counted else None

        assert await eventually(finished) == expected
        events = await voice.history.facts(REGION.subject(REGION_KEY))
        assert [event.version for event in events] == list(range(1, len(events) + 1))
        index = str(events[-1].fact.figures.index)
        for client in (first, second):
            leader = person(client, issuer, "leader", "leader")
            await leader.see("/regions/2026/hss", index=index)
            listed = await leader.listed("/scorecards", "innovation_id", limit=200)
            assert sorted(listed) == sorted(f"inov-{number}" for number in range(MANY))
        auditor = person(first, issuer, "auditor", "auditor")
        assert await auditor.listed("/faults", "key") == []
