"""Keeps read models up to date from a durable consumer, and builds those that are new."""

import asyncio
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

import nats.errors
import structlog
from nats.aio.msg import Msg
from nats.js import errors as js_errors

from shared.errors import Unavailable
from shared.history import Connection, HistoryLog, read_all
from shared.history.envelope import Message, plain_headers
from shared.history.names import STREAM
from shared.history.reader import last_sequence, stream_info
from shared.projector.folding import Folding
from shared.projector.position import Position
from shared.projector.projection import Incarnation, Projection, Store

log = structlog.get_logger("projector")

BATCH = 256
QUIET_SECONDS = 5.0
RETRY_SECONDS = 1.0
BREATH_SECONDS = 0.005
BUSY_AFTER = 3


class Pace:
    """Lets facts that follow one another closely gather: to write ten costs little more than one.

    A fact that comes after a quiet moment is never kept waiting.
    """

    def __init__(self) -> None:
        self._asked = 0.0
        self._quick = 0

    async def breath(self) -> None:
        """A short pause when the last batches came at once."""
        if self._quick >= BUSY_AFTER:
            await asyncio.sleep(BREATH_SECONDS)
        self._asked = monotonic()

    def heard(self) -> None:
        """A batch has come."""
        came_at_once = monotonic() - self._asked < BREATH_SECONDS
        self._quick = self._quick + 1 if came_at_once else 0


class Projector:
    """Keeps the read models of one service up to date from its durable consumer."""

    def __init__(
        self,
        connection: Connection,
        history: HistoryLog,
        durable: str,
        projections: Sequence[Projection[Any]],
        store: Callable[[str], Store],
        *,
        written: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._connection = connection
        self._durable = durable
        self._projections = tuple(projections)
        self._stores = {p.name: store(p.collection) for p in projections}
        self._meta = store("meta")
        self._faults = store("faults")
        self._folding = Folding(history, projections, self._stores, self._faults)
        self._position = Position(connection, durable)
        self._written = written

    async def prepare(self) -> None:
        """Checks the history's incarnation, builds what this build does not have yet, and tries
        again what an earlier build had to park.

        Raises `Incarnation` or `Unavailable`.
        """
        await self._check_incarnation()
        for projection in self._projections:
            await self._build(projection)
        for fault in await self._faults.all({"kind": "view"}):
            _, name, subject = fault["_id"].split(":", 2)
            await self.rebuild(name, subject.rsplit(".", 1)[1])

    async def _check_incarnation(self) -> None:
        created = str((await stream_info(self._connection))["created"])
        known = await self._meta.get("stream")
        if known is None:
            await self._meta.put({"_id": "stream", "created": created})
        elif known["created"] != created:
            raise Incarnation(
                f"The history was made at {created}, the read models were built from one made at"
                f" {known['created']}. Drop this service's database and start again."
            )

    async def _build(self, projection: Projection[Any]) -> None:
        store = self._stores[projection.name]
        if await self._meta.get(projection.collection) is not None:
            return
        for fields in projection.indexes:
            await store.index(*fields)
        last = await last_sequence(self._connection)
        pending: list[Message] = []
        async for message in read_all(self._connection, 1, last, projection.aggregate.subjects):
            pending.append(message)
            if len(pending) == BATCH:
                await self._folding.project(pending)
                pending = []
        await self._folding.project(pending)
        await self._meta.put({"_id": projection.collection, "built_to": last})

    async def run(self) -> None:
        """Works until cancelled. Raises `js_errors.NotFoundError` when the consumer is gone."""
        consumer = await self._connection.jetstream.pull_subscribe_bind(
            durable=self._durable, stream=STREAM
        )
        pace = Pace()
        try:
            while True:
                try:
                    await pace.breath()
                    batch = await consumer.fetch(BATCH, timeout=QUIET_SECONDS)
                except (nats.errors.TimeoutError, TimeoutError):
                    continue
                except (nats.errors.Error, js_errors.Error) as error:
                    log.warning("fetch failed", durable=self._durable, error=str(error))
                    await self._still_there()
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                pace.heard()
                await self._take(batch)
        finally:
            await consumer.unsubscribe()

    async def _still_there(self) -> None:
        try:
            await self._connection.jetstream.consumer_info(STREAM, self._durable)
        except js_errors.NotFoundError:
            raise
        except (nats.errors.Error, js_errors.Error, TimeoutError):
            return

    async def _take(self, batch: Sequence[Msg]) -> None:
        try:
            await self._folding.project([_message(each) for each in batch])
        except Unavailable as error:
            log.warning("read models away", durable=self._durable, reason=str(error))
            await self._give_back(batch)
            return
        except BaseException:
            # Stopped in the middle, or a fault of ours: nobody should wait for `ack_wait`.
            await self._give_back(batch)
            raise
        for each in batch:
            await each.ack()
        self._written(len(batch))

    @staticmethod
    async def _give_back(batch: Sequence[Msg]) -> None:
        for each in batch:
            await each.nak(delay=RETRY_SECONDS)

    async def rebuild(self, name: str, key: str) -> bool:
        """Folds one aggregate again from its first fact; True if it is no longer parked.

        A view that this build does not have stays as it is: False.
        """
        return await self._folding.rebuild(name, key)

    async def position(self) -> int:
        """The stream sequence up to which every fact of this consumer is written."""
        return await self._position.now()

    async def reached(self, sequence: int, seconds: float = 5.0) -> bool:
        """Waits until the read models show `sequence`; False if they do not in time."""
        return await self._position.reached(sequence, seconds)


def _message(raw: Msg) -> Message:
    return Message(raw.subject, raw.metadata.sequence.stream, plain_headers(raw.headers), raw.data)
