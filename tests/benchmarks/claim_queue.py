"""The first page of the review queue beside the bare query of the same page.

Ours: a verifier asks for the queue over HTTP; a service in a process of its own checks the token,
asks the history whom they are tied to, finds their page and tells how far the answer is. By hand:
one query to the same documents in the same server, with the same fields, the same sort and the
same condition, which leaves out what the verifier may not see. Both pages hold the same dossiers.

The service remembers how far the first page of a list reached and asks no further next time. What
a page takes that nobody asked for before stands beside: `ours_unremembered_ms`.
"""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from statistics import median
from time import perf_counter
from typing import Any

from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection

from deploy.local.applications import base_urls
from services.verification.projections import QUEUE
from tests.benchmarks.dossiers import queued
from tests.benchmarks.ground import Ground, Headers, ground
from tests.benchmarks.measure import Bench, Claim, Pair, Result, Tell, alternated, percentile

SAMPLES = {300: 40, 3_000: 10, 30_000: 3}
"""How many pages are asked for in a round, by the number of dossiers."""

ROUNDS = 5
PAGE = 50
WITHIN_MS = 25.0
WRITTEN_AT_ONCE = 1_000
READER, AGENCY = "verifier-1", "hss-dinkes"
BY_HAND = {
    "state": {"$ne": "withdrawn"},
    "excluded": {"$ne": READER},
    "agency_path": {"$ne": AGENCY},
    "agency_id": {"$nin": ["hss", "kalsel"]},
}
"""What `READER` may see: nothing of their own agency, of one above it or of one below it."""

Documents = AsyncIOMotorCollection[dict[str, Any]]
Page = Callable[[], Awaitable[list[str]]]


@dataclass(frozen=True, slots=True)
class _Queue:
    """A service with so many dossiers, somebody who reviews, and the documents themselves."""

    at: Ground
    documents: Documents
    reader: Headers

    async def asked(self, limit: int = PAGE) -> list[str]:
        """The first page as the service answers it."""
        url = f"{base_urls(self.at.ports)['verification']}/dossiers"
        answer = await self.at.http.get(url, params={"limit": limit}, headers=self.reader)
        answer.raise_for_status()
        return [each["dossier_id"] for each in answer.json()["items"]]

    async def queried(self) -> list[str]:
        """The same page by hand."""
        found = self.documents.find(BY_HAND).sort([("waiting_since", 1), ("_id", 1)]).limit(PAGE)
        return [each["dossier_id"] async for each in found]

    async def unremembered(self) -> float:
        """The median time of lists that nobody has asked for: each of another length."""
        taken: list[float] = []
        for limit in range(PAGE + 1, PAGE + 6):
            began = perf_counter()
            assert len(await self.asked(limit)) == limit
            taken.append((perf_counter() - began) * 1000)
        return median(taken)

    async def milliseconds(self, page: Page, samples: int) -> list[float]:
        taken: list[float] = []
        for _ in range(samples):
            began = perf_counter()
            shown = await page()
            taken.append((perf_counter() - began) * 1000)
            assert len(shown) == PAGE
        return taken


async def _measure_pages(claim: Claim, size: int, tell: Tell) -> Result:
    async with _queue(size, tell) as queue:
        assert await queue.asked() == await queue.queried()
        tails: dict[str, list[float]] = {"ours": [], "bare": []}

        async def side(name: str) -> float:
            page = queue.asked if name == "ours" else queue.queried
            found = await queue.milliseconds(page, SAMPLES[size])
            tails[name].extend(found)
            return median(found)

        pairs = await alternated(ROUNDS, partial(side, "ours"), partial(side, "bare"), tell)
        also = {f"{name}_p95_ms": percentile(found, 0.95) for name, found in tails.items()}
        return Result(claim, pairs, {**also, "ours_unremembered_ms": await queue.unremembered()})


async def _measure_time(claim: Claim, size: int, tell: Tell) -> Result:
    async with _queue(size, tell) as queue:
        await queue.milliseconds(queue.asked, SAMPLES[size])
        taken = [await queue.milliseconds(queue.asked, SAMPLES[size]) for _ in range(ROUNDS)]
        pairs = tuple(Pair(ours=median(each), bare=WITHIN_MS) for each in taken)
        longest = percentile([each for found in taken for each in found], 0.95)
        return Result(claim, pairs, {"ours_p95_ms": longest})


@asynccontextmanager
async def _queue(size: int, tell: Tell) -> AsyncGenerator[_Queue]:
    tell(f"starting the servers and verification, and writing {size:,} dossiers")
    async with ground() as at:
        await at.start("verification")
        url = at.servers.addresses.mongo_urls["verification"]
        client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(url)
        try:
            documents: Documents = client.get_default_database()[QUEUE.collection]
            rows = queued(size, AGENCY)
            while some := list(islice(rows, WRITTEN_AT_ONCE)):
                await documents.insert_many(some, ordered=False)
            yield _Queue(at, documents, at.bearer(READER, "verifier"))
        finally:
            client.close()


def _pages(size: int) -> Bench:
    claim = Claim(
        name=f"queue_of_{size}",
        says=f"the first page of the review queue of {size:,} dossiers over HTTP",
        beside="the bare query of the same page on the same server",
        unit="ms, median",
        better="lower",
        aim=1.5,
    )
    return Bench(claim, partial(_measure_pages, claim, size))


def _time(size: int) -> Bench:
    claim = Claim(
        name=f"queue_of_{size}_in_time",
        says=f"the first page of the review queue of {size:,} dossiers over HTTP",
        beside=f"{WITHIN_MS:g} ms",
        unit="ms, median",
        better="lower",
        aim=1.0,
    )
    return Bench(claim, partial(_measure_time, claim, size))


BENCHES = (*map(_pages, SAMPLES), _time(300))
