"""Many allocations at once, two replicas: the ceiling holds and nothing is written twice."""

import asyncio
from contextlib import AsyncExitStack

import httpx

from services.awards.app import create_app
from services.awards.domain.fund import balances, decider
from services.awards.domain.fund.states import Fund
from services.awards.settings import Settings
from shared.events.awards import FUND, FundEvent, MoneyAllocated
from shared.history import HistoryLog
from tests.apps import Issuer, serving
from tests.builders.awards import prize
from tests.component.awards.money import fund, ok, payment, today
from tests.component.awards.world import People, compete
from tests.component.scoring.world import Person

AT_ONCE = 20
FITTING = 7
CEILING = fund("apbd", FITTING * 1_000_000 + 999_999)


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
        assert balances(state)
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


async def test_money_that_many_move_at_once_balances_at_every_step(
    settings: Settings, awards: HistoryLog, issuer: Issuer
) -> None:
    """Allocated, approved, held, released, paid, returned and reversed by all, over and over."""
    names = [f"lomba-{number}" for number in range(AT_ONCE)]
    for name in names:
        await compete(awards, name, prize(1, 1_000_000, fund_id="apbd"))
    async with AsyncExitStack() as stack:
        replicas = [
            await stack.enter_async_context(serving(create_app, settings)) for _ in range(2)
        ]
        first = People(replicas[0], issuer)
        assert (await first("person-chair", "committee").post("/funds", CEILING)).status_code == 201
        told = await asyncio.gather(
            *(
                everything(People(replicas[number % 2], issuer), name, number)
                for number, name in enumerate(names)
            )
        )
        assert set().union(*told) <= {200, 409}
        events = await awards.facts(FUND.subject("apbd"))
        facts = [event.fact for event in events]
        assert [each.version for each in events] == list(range(1, len(events) + 1))
        state = balanced_at_every_step(facts)
        books = ok(await first("person-inspektur", "auditor").get("/funds/apbd/ledger", limit=200))
        last = books["items"][-1]
        assert (last["allocated_rupiah"], last["available_rupiah"]) == (
            state.allocated_rupiah,
            state.available_rupiah,
        )
        assert len(facts) > FITTING


async def everything(people: People, competition: str, number: int) -> set[int]:
    """One competition's money, by four people who do not wait for one another."""
    chair, member = people("person-chair", "committee"), people("person-member", "committee")
    treasurer = people("person-bpp", "treasurer")
    answer = await chair.post(f"/competitions/{competition}/allocations")
    statuses = {answer.status_code}
    for allocation in ok(answer)["funds"][0]["allocations"]:
        path = f"/funds/apbd/allocations/{allocation}"
        steps: list[tuple[Person, str, object]] = [
            (member, "approval", None),
            (treasurer, "hold", {"reason": "Diperiksa"}),
            (chair, "release", {"reason": "Benar"}),
            (member, "approval", None),
            (treasurer, "payment", payment(f"SP2D-{number}")),
            (treasurer, "payment", payment(f"SP2D-{number}")),
            (chair, "reversal", {"reason": "Mundur"}),
            (
                treasurer,
                "return",
                {"reference": "STS", "returned_on": today().isoformat(), "reason": "Ditolak"},
            ),
        ]
        moved = await asyncio.gather(
            *(person.post(f"{path}/{step}", body) for person, step, body in steps)
        )
        statuses |= {each.status_code for each in moved}
    return statuses


def balanced_at_every_step(facts: list[FundEvent]) -> Fund:
    """The fund after all of them."""
    state = decider.initial
    for fact in facts:
        state = decider.evolve(state, fact)
        assert isinstance(state, Fund)
        assert balances(state)
    assert isinstance(state, Fund)
    return state
