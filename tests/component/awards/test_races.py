"""Many allocations at once, two replicas: the ceiling holds and nothing is written twice."""

import asyncio
from contextlib import AsyncExitStack

import httpx

from services.awards.app import create_app
from services.awards.domain.fund import decider
from services.awards.domain.fund.states import Fund
from services.awards.settings import Settings
from shared.events.awards import FUND, MoneyAllocated
from shared.history import HistoryLog
from tests.apps import Issuer, serving
from tests.builders.awards import prize
from tests.component.awards.world import People, compete

AT_ONCE = 20
FITTING = 7
CEILING = {
    "fund_id": "apbd",
    "name": "APBD",
    "source_kind": "apbd",
    "fiscal_year": 2026,
    "ceiling_rupiah": FITTING * 1_000_000 + 999_999,
}


async def test_twenty_at_once_never_pass_the_ceiling(
    settings: Settings, awards: HistoryLog, issuer: Issuer
) -> None:
    names = [f"lomba-{number}" for number in range(AT_ONCE)]
    for name in names:
        half = prize(1, 500_000, fund_id="apbd")
        await compete(awards, name, half, half)
    async with AsyncExitStack() as stack:
        replicas = [
            await stack.enter_async_context(serving(create_app, settings)) for _ in range(2)
        ]
        chairs = [People(each, issuer)("person-chair", "committee") for each in replicas]
        assert (await chairs[0].post("/funds", CEILING)).status_code == 201

        async def allocate(number: int) -> httpx.Response:
            return await chairs[number % 2].post(f"/competitions/{names[number]}/allocations")

        answers = await asyncio.gather(*map(allocate, range(AT_ONCE)))
        outcomes = [answer.json()["funds"][0]["outcome"] for answer in answers]
        assert (outcomes.count("allocated"), outcomes.count("refused")) == (
            FITTING,
            AT_ONCE - FITTING,
        )
        events = await awards.facts(FUND.subject("apbd"))
        state = decider.replay(event.fact for event in events)
        assert isinstance(state, Fund)
        assert (state.allocated_rupiah, state.available_rupiah) == (FITTING * 1_000_000, 999_999)
        money = [event.fact for event in events if isinstance(event.fact, MoneyAllocated)]
        won = {each.competition_id for each in money}
        assert (len(money), len(won)) == (2 * FITTING, FITTING)


async def test_the_same_request_at_two_replicas_happens_once(
    settings: Settings, awards: HistoryLog, issuer: Issuer
) -> None:
    await compete(awards, "lomba-1", prize(1, 500_000, fund_id="apbd"))
    async with AsyncExitStack() as stack:
        replicas = [
            await stack.enter_async_context(serving(create_app, settings)) for _ in range(2)
        ]
        chairs = [People(each, issuer)("person-chair", "committee") for each in replicas]
        assert (await chairs[0].post("/funds", CEILING)).status_code == 201
        once = {"Idempotency-Key": "one-and-the-same"}
        answers = await asyncio.gather(
            *(chairs[n % 2].post("/competitions/lomba-1/allocations", **once) for n in range(6))
        )
        assert {answer.status_code for answer in answers} == {200}
        assert len({answer.json()["funds"][0]["version"] for answer in answers}) == 1
        events = await awards.facts(FUND.subject("apbd"))
        assert [type(event.fact).__name__ for event in events] == [
            "FundRegistered",
            "MoneyAllocated",
        ]
