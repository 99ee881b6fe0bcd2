"""From acknowledged in submission to visible in verification, beside the same by hand.

Ours: an agency submits over HTTP; from the answer on, a watcher looks for the dossier among the
documents of verification's database. In between another process hears the fact, opens the dossier
with an append of its own, hears that fact too and writes the document: two deliveries, one durable
append, one write. By hand the same in one process and with the same libraries: the bytes of such a
submission are published, and from the acknowledgement on pulled, answered with the bytes of such an
opening, pulled again, and written as one document of the same content. The same watcher looks for
it in the same database.
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any
from uuid import uuid4

import nats.errors
from motor.motor_asyncio import AsyncIOMotorClient, AsyncIOMotorCollection
from nats.aio.msg import Msg
from nats.js import JetStreamContext

from services.verification.projections import DOSSIERS
from shared.events.base import Aggregate
from shared.events.submission import INNOVATION
from shared.events.verification import DOSSIER
from shared.history import Connection, connect
from shared.history.envelope import Message
from shared.history.names import STREAM
from shared.history.wire import Wire
from tests.benchmarks.ground import Ground, Headers, ground
from tests.benchmarks.measure import Bench, Claim, Result, Tell, alternated, percentile

CLAIM = Claim(
    name="acknowledged_to_visible",
    says="from a submission acknowledged to its dossier visible in verification's database",
    beside="publish, pull, publish, pull, write by hand in one process",
    unit="ms, median",
    better="lower",
    aim=3.0,
)
ROUNDS = 5
SAMPLES = 40
LOOK_SECONDS = 0.001
DEADLINE_SECONDS = 30.0
Documents = AsyncIOMotorCollection[dict[str, Any]]


async def measure(tell: Tell) -> Result:
    tell("starting the servers, submission and verification, and a bare broker beside them")
    async with ground() as at, _database(at) as database:
        await at.start("submission", "verification")
        await at.opened_season()
        operator = at.bearer("operator-1", "skpd_operator")
        views: Documents = database[DOSSIERS.collection]
        await _seen_after_submission(at, operator, views)
        async with _by_hand(at, views, database["by_hand"]) as hand:
            times = _Times([], [])

            async def ours() -> float:
                found = [await _seen_after_submission(at, operator, views) for _ in range(SAMPLES)]
                await at.settled("submission", "verification")
                times.ours.extend(found)
                return median(found)

            async def bare() -> float:
                found = [await hand.seen_after_publish() for _ in range(SAMPLES)]
                times.bare.extend(found)
                return median(found)

            pairs = await alternated(ROUNDS, ours, bare, tell)
            return Result(CLAIM, pairs, times.tails())


BENCH = Bench(CLAIM, measure)


@dataclass(frozen=True, slots=True)
class _Times:
    """Every sample in milliseconds, those of the warm-up first."""

    ours: list[float]
    bare: list[float]

    def tails(self) -> dict[str, float]:
        ours, bare = (percentile(each[SAMPLES:], 0.99) for each in (self.ours, self.bare))
        return {"ours_p99_ms": ours, "bare_p99_ms": bare, "p99_ratio": ours / bare}


@asynccontextmanager
async def _database(at: Ground) -> AsyncGenerator[Any]:
    client: AsyncIOMotorClient[dict[str, Any]] = AsyncIOMotorClient(
        at.servers.addresses.mongo_urls["verification"]
    )
    yield client.get_default_database()
    client.close()


async def _milliseconds_until(documents: Documents, key: str, began: float) -> float:
    """Looks every millisecond. Raises `TimeoutError`."""
    async with asyncio.timeout(DEADLINE_SECONDS):
        while await documents.find_one({"_id": key}, {"_id": 1}) is None:  # noqa: ASYNC110
            await asyncio.sleep(LOOK_SECONDS)  # it is written by another process
    return (perf_counter() - began) * 1000


async def _seen_after_submission(at: Ground, operator: Headers, views: Documents) -> float:
    innovation_id = await at.drafted(operator)
    await at.post(f"/innovations/{innovation_id}/submissions", None, operator)
    return await _milliseconds_until(views, innovation_id, perf_counter())


# --- by hand ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Hand:
    """The bytes of a submission, of an opening and of a dossier, and where they go."""

    submission: Connection
    verification: Connection
    submitted: Message
    opened: Message
    document: dict[str, Any]
    documents: Documents

    async def seen_after_publish(self) -> float:
        key = str(uuid4())
        await _published(self.submission.jetstream, INNOVATION, key, self.submitted)
        return await _milliseconds_until(self.documents, key, perf_counter())

    async def answer(self, heard: Msg) -> None:
        key = heard.subject.rsplit(".", 1)[1]
        await _published(self.verification.jetstream, DOSSIER, key, self.opened)

    async def write(self, heard: Msg) -> None:
        key = heard.subject.rsplit(".", 1)[1]
        document = {**self.document, "_id": key}
        await self.documents.replace_one({"_id": key}, document, upsert=True)


async def _published(
    to: JetStreamContext, aggregate: Aggregate[Any], key: str, like: Message
) -> None:
    fresh = str(uuid4())
    headers = {
        **like.headers,
        "ce-id": fresh,
        "Nats-Msg-Id": fresh,
        "Nats-Expected-Last-Subject-Sequence": "0",
    }
    await to.publish(aggregate.subject(key), like.body, stream=STREAM, headers=headers)


@asynccontextmanager
async def _by_hand(at: Ground, views: Documents, documents: Documents) -> AsyncGenerator[_Hand]:
    """Pulls from the same durables as verification does, but of the bare broker."""
    submission, verification = [
        await connect((at.bare.nats_url,), user, at.bare.nats_seeds[user])
        for user in ("submission", "verification")
    ]
    document = await views.find_one({})
    assert document is not None
    hand = _Hand(
        submission=submission,
        verification=verification,
        submitted=await _last(at, INNOVATION),
        opened=await _last(at, DOSSIER),
        document=document,
        documents=documents,
    )
    work = [
        asyncio.create_task(_pull(verification.jetstream, "verification-reactions", hand.answer)),
        asyncio.create_task(_pull(verification.jetstream, "verification-views", hand.write)),
    ]
    try:
        yield hand
    finally:
        for each in work:
            each.cancel()
        await asyncio.gather(*work, return_exceptions=True)
        await submission.close()
        await verification.close()


async def _last(at: Ground, aggregate: Aggregate[Any]) -> Message:
    message = await Wire(at.admin).last_or_at({"last_by_subj": aggregate.subjects})
    assert message is not None
    return message


async def _pull(
    js: JetStreamContext, durable: str, handle: Callable[[Msg], Awaitable[None]]
) -> None:
    consumer = await js.pull_subscribe_bind(durable=durable, stream=STREAM)
    while True:
        try:
            batch = await consumer.fetch(1, timeout=5)
        except (nats.errors.TimeoutError, TimeoutError):
            continue
        for each in batch:
            await handle(each)
            await each.ack()
