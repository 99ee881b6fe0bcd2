"""Two replicas of awards, spoken to from synchronous code, that may be cut off at any moment."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Literal

import httpx

from deploy.local.stack import Addresses
from services.awards.app import create_app
from services.awards.settings import Settings
from shared.events.awards import COMPETITION, FUND
from shared.events.base import Fact
from shared.history import HistoryLog
from tests.apps import Issuer, key, serving
from tests.component.awards.world import Clock
from tests.component.scoring.world import speaking

How = Literal["once", "twice", "cut"]
FOR_YEARS = 1000 * 24 * 3600


@dataclass
class Who:
    name: str
    roles: tuple[str, ...]
    path: tuple[str, ...] = ()


@dataclass
class Stage:
    replicas: tuple[httpx.AsyncClient, ...]
    scoring: HistoryLog
    awards: HistoryLog
    issuer: Issuer
    clock: Clock
    tokens: dict[str, str] = field(default_factory=dict[str, str])

    def bearer(self, who: Who | None) -> dict[str, str]:
        if who is None:
            return {}
        if who.name not in self.tokens:
            self.tokens[who.name] = self.issuer.keys.token(
                sub=who.name,
                roles=who.roles,
                agency=who.path[-1] if who.path else None,
                agency_path=who.path,
                lifetime_seconds=FOR_YEARS,
            )
        return {"Authorization": f"Bearer {self.tokens[who.name]}"}

    async def post(
        self,
        who: Who | None,
        path: str,
        body: Any = None,
        *,
        how: How = "once",
        cut_after: float = 0.0,
        version: int | None = None,
    ) -> httpx.Response:
        """One intended change, however often it is sent; the answer that the client keeps.

        `cut`: the first replica dies with the request in hand, and the client asks the other.
        """
        match = {} if version is None else {"If-Match": f'"{version}"'}
        headers = {**self.bearer(who), **key(), **match}
        one, other = (partial(api.post, path, json=body, headers=headers) for api in self.replicas)
        if how == "once":
            return await one()
        if how == "twice":
            first, second = await asyncio.gather(one(), other())
            assert (first.status_code < 300) == (second.status_code < 300), (first, second)
            return first
        dying = asyncio.ensure_future(one())
        await asyncio.sleep(cut_after)
        dying.cancel()
        with suppress(asyncio.CancelledError):
            await dying
        return await other()

    async def get(self, who: Who, path: str, **filters: Any) -> httpx.Response:
        return await self.replicas[1].get(path, params=filters, headers=self.bearer(who))

    async def course(self, competition: str) -> list[Fact]:
        return [e.fact for e in await self.awards.facts(COMPETITION.subject(competition))]

    async def fund(self, fund: str) -> list[Fact]:
        return [e.fact for e in await self.awards.facts(FUND.subject(fund))]

    async def sequence(self, fund: str) -> int:
        return (await self.awards.tail(FUND.subject(fund))).sequence

    def now(self) -> datetime:
        return self.clock()


@asynccontextmanager
async def staged(settings: Settings, at: Addresses, issuer: Issuer) -> AsyncGenerator[Stage]:
    clock = Clock()
    async with AsyncExitStack() as stack:
        replicas = [
            await stack.enter_async_context(serving(partial(create_app, now=clock), settings))
            for _ in range(2)
        ]
        scoring = await stack.enter_async_context(speaking(at, "scoring"))
        awards = await stack.enter_async_context(speaking(at, "awards"))
        yield Stage(tuple(replicas), scoring.history, awards.history, issuer, clock)
