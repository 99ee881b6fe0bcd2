"""Awards is killed while money is set aside and paid: every rupiah moves once, none too many."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from deploy.local.stack import Addresses
from shared.events.awards import COMPETITION, FUND
from shared.events.base import Fact
from tests.apps import Issuer, key
from tests.builders.awards import prize
from tests.component.awards.books import ledger_of
from tests.component.awards.course import BRIDA
from tests.component.awards.money import fund, payment
from tests.component.awards.world import determined, say
from tests.component.scoring.world import speaking
from tests.e2e.program import until
from tests.e2e.replicas import Replicas, alone

COMPETITIONS = 24
HANDS = 4
AMOUNT = 100_000
FITTING = 15
"""The fund suffices for so many of the competitions, and for half of another."""
KILLED_AFTER = (5, 18, 31, 44)
"""So many acknowledged writes, of allocations, approvals and payments all mixed."""
RETRIES_UNTIL_SECONDS = 40.0
INTERRUPTED = (502, 503, 504)


@dataclass
class Bank:
    """People who ask again with the same key until they are answered."""

    http: httpx.AsyncClient
    chair: dict[str, str]
    member: dict[str, str]
    treasurer: dict[str, str]
    answered: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])
    interrupted: int = 0

    async def ask(self, who: dict[str, str], path: str, body: Any = None) -> dict[str, Any]:
        headers = {**who, **key()}
        async with asyncio.timeout(RETRIES_UNTIL_SECONDS):
            while (answer := await self._once(path, body, headers)) is None:
                self.interrupted += 1
                await asyncio.sleep(0.05)
        assert answer.is_success, answer.text
        again = await self._once(path, body, headers)
        assert again is None or again.json() == answer.json()
        self.answered.append(answer.json())
        return answer.json()

    async def _once(self, path: str, body: Any, headers: dict[str, str]) -> httpx.Response | None:
        try:
            answer = await self.http.post(path, json=body, headers=headers)
        except httpx.TransportError:
            return None
        return None if answer.status_code in INTERRUPTED else answer

    async def reward(self, competition: str) -> None:
        """From the decree to the payment, where the fund suffices."""
        told = await self.ask(self.chair, f"/competitions/{competition}/allocations")
        (outcome,) = told["funds"]
        for allocation in outcome["allocations"]:
            where = f"/funds/apbd/allocations/{allocation}"
            await self.ask(self.member, f"{where}/approval")
            await self.ask(self.treasurer, f"{where}/payment", payment(f"SP2D-{competition}"))


@pytest.mark.timeout(120)
async def test_a_service_killed_while_it_pays_pays_everything_once(
    fresh_servers: Addresses, issuer: Issuer, tmp_path: Path
) -> None:
    names = [f"lomba-{number}" for number in range(COMPETITIONS)]
    async with (
        speaking(fresh_servers, "awards") as voice,
        alone(tmp_path, fresh_servers, issuer, "awards") as kept,
        httpx.AsyncClient(base_url=kept.urls[0], timeout=15, trust_env=False) as http,
    ):
        for name in names:
            decreed = determined(name, prize(1, AMOUNT, fund_id="apbd"))
            await say(voice.history, COMPETITION, name, decreed)
        bank = opened(http, issuer)
        await bank.ask(bank.treasurer, "/funds", fund("apbd", FITTING * AMOUNT + AMOUNT // 2))
        hands = [rewarding(bank, names[hand::HANDS]) for hand in range(HANDS)]
        await asyncio.gather(killing(kept, bank), *hands)
        assert kept.ends() == [("awards", "signal 9 (SIGKILL)")] * len(KILLED_AFTER)
        assert bank.interrupted >= len(KILLED_AFTER)
        events = await voice.history.facts(FUND.subject("apbd"))
        assert_each_once([event.fact for event in events])
        assert_all_there(bank, {event.sequence: event.version for event in events})
        await assert_shown(bank, issuer, events[-1].sequence)


def opened(http: httpx.AsyncClient, issuer: Issuer) -> Bank:
    return Bank(
        http,
        chair=issuer.headers("person-chair", "committee", path=BRIDA),
        member=issuer.headers("person-member", "committee", path=BRIDA),
        treasurer=issuer.headers("person-bpp", "treasurer", path=BRIDA),
    )


async def rewarding(bank: Bank, competitions: list[str]) -> None:
    for each in competitions:
        await bank.reward(each)


async def killing(kept: Replicas, bank: Bank) -> None:
    for count in KILLED_AFTER:
        await until(lambda least=count: len(bank.answered) >= least, 60, kept.told)
        await kept.kill("awards")


def assert_each_once(facts: list[Fact]) -> None:
    """The books take no step twice and nothing over the ceiling; here all that fits is paid."""
    ledger = ledger_of(facts)
    assert Counter(item.state for item in ledger.items.values()) == {"paid": FITTING}
    assert ledger.allocated == FITTING * AMOUNT
    places = {(item.money.competition_id, item.money.rank) for item in ledger.items.values()}
    assert len(places) == FITTING
    assert len(facts) == 1 + 3 * FITTING


def assert_all_there(bank: Bank, versions: dict[int, int]) -> None:
    """What was acknowledged is where its answer said."""
    told = [each for answer in bank.answered for each in answer.get("funds", [answer])]
    written = [each for each in told if each.get("outcome") != "refused"]
    assert len(written) == 1 + 3 * FITTING
    assert {each["sequence"]: each["version"] for each in written} == versions


async def assert_shown(bank: Bank, issuer: Issuer, sequence: int) -> None:
    auditor = issuer.headers("person-inspektur", "auditor")
    answer = await bank.http.get("/funds/apbd", params={"min_seq": sequence}, headers=auditor)
    told = answer.json()
    assert (told["allocated_rupiah"], told["available_rupiah"]) == (
        FITTING * AMOUNT,
        AMOUNT // 2,
    )
    assert {each["state"] for each in told["allocations"]} == {"paid"}
