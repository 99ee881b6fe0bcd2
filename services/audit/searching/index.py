"""The index of all facts in audit's own database: made from the stream, and again at any time."""

import asyncio
from collections.abc import Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass
from typing import Final, Protocol

import structlog

from services.audit.searching.asking import Asked, Found, cursor_in, query, spans, stretch
from services.audit.searching.entries import (
    Entry,
    collection_of,
    document_of,
    entry_of,
)
from shared.errors import Refused, Unavailable
from shared.history import Connection
from shared.history.envelope import Message
from shared.history.reader import read_batches, stream_info
from shared.views import MAX_PAGE, Collection, Order

log = structlog.get_logger("index")

ALL_SUBJECTS: Final = "inda.v1.*.*.*"
"""Not the subject under which reading stops at a gap: the index shows what there is."""

INDEXES: Final = ("about", "by", "key", "fact", "at", "id")
AT_ONCE: Final = 2_000
WRITTEN_AT_ONCE: Final = 250
QUIET_SECONDS: Final = 1.0
RETRY_SECONDS: Final = 1.0
PATIENCE_SECONDS: Final = 5.0
LOOK_AGAIN_SECONDS: Final = 0.02
MOST_AT_ONCE: Final = 20_000


class Databases(Protocol):
    """What makes collections: `shared.views.Database`."""

    def collection(self, name: str) -> Collection: ...


@dataclass(frozen=True)
class Extent:
    """The entries as they are: all facts up to `position` are there, `last` is the stream's."""

    entries: Collection
    position: int
    last: int


class Index:
    """Keeps itself up to date by `keep_up`. All other methods may raise `Unavailable`.

    Any number of replicas may run it: all of them write the same entries, and one that finds
    itself behind goes on where the others are.
    """

    def __init__(
        self,
        connection: Connection,
        database: Databases,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._connection = connection
        self._database = database
        self._positions = database.collection("searching")
        self._patience_seconds = patience_seconds
        self._prepared: set[str] = set()
        self._asked = asyncio.Event()

    async def keep_up(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                await self.catch_up()
            except Unavailable as error:
                log.warning("index postponed", reason=str(error))
                await asyncio.sleep(RETRY_SECONDS)
            except Exception:
                # An index that has stopped would show less and less of the history.
                log.exception("index stumbled")
                await asyncio.sleep(RETRY_SECONDS)
            self._asked.clear()
            with suppress(TimeoutError):
                async with asyncio.timeout(QUIET_SECONDS):
                    await self._asked.wait()

    async def catch_up(self) -> None:
        """Writes all that is in the stream and not here yet."""
        while True:
            extent = await self._extent()
            if extent.position >= extent.last:
                return
            await self._prepare(extent.entries)
            last = min(extent.position + AT_ONCE, extent.last)
            await self._take(extent.entries, extent.position + 1, last)

    async def _take(self, entries: Collection, first: int, last: int) -> None:
        batches = read_batches(self._connection, first, last, ALL_SUBJECTS)
        async with aclosing(batches):
            async for batch in batches:
                await self._write(entries, batch)
        await self._positions.put_newer([{"_id": entries.name, "version": last}])

    @staticmethod
    async def _write(entries: Collection, batch: Sequence[Message]) -> None:
        """What another replica has written is left as it is."""
        for start in range(0, len(batch), WRITTEN_AT_ONCE):
            some = batch[start : start + WRITTEN_AT_ONCE]
            await entries.put_missing([document_of(entry_of(each)) for each in some])

    async def _prepare(self, entries: Collection) -> None:
        if entries.name not in self._prepared:
            for field in INDEXES:
                await entries.index(field)
            self._prepared.add(entries.name)

    async def _extent(self) -> Extent:
        info = await stream_info(self._connection)
        entries = self._database.collection(collection_of(str(info["created"])))
        known = await self._positions.get(entries.name)
        position = 0 if known is None else int(known["version"])
        return Extent(entries, position, int(info["state"]["last_seq"]))

    async def extent(self) -> Extent:
        """After waiting, bounded, for all that the stream has at this moment."""
        extent = await self._extent()
        wanted = extent.last
        end = asyncio.get_running_loop().time() + self._patience_seconds
        while extent.position < wanted and asyncio.get_running_loop().time() < end:
            self._asked.set()
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            extent = await self._extent()
        return extent

    async def page(self, asked: Asked, cursor: str | None = None, limit: int = 50) -> Found:
        """Raises `Invalid` for a cursor that is none."""
        extent = await self.extent()
        limit = max(1, min(limit, MAX_PAGE))
        found: list[Entry] = []
        order = Order("_id", descending=asked.is_newest_first)
        behind = cursor_in(cursor)
        for low, high in spans(asked, behind, extent.position):
            where = {**query(asked), "_id": stretch(asked, low, high)}
            page = await extent.entries.page(where, order=order, limit=limit - len(found))
            found += [Entry.model_validate(each) for each in page.items]
            if len(found) >= limit:
                return Found(tuple(found), str(found[-1].sequence), extent.position, extent.last)
        return Found(tuple(found), None, extent.position, extent.last)

    async def all(self, asked: Asked, at_most: int = MOST_AT_ONCE) -> Found:
        """Everything, the oldest first. Raises `Refused` for more than `at_most`."""
        extent = await self.extent()
        high = extent.position if asked.last is None else min(asked.last, extent.position)
        where = {**query(asked), "_id": stretch(asked, asked.first, high)}
        count = await extent.entries.count(where)
        if count > at_most:
            raise Refused(
                "too_many_facts",
                f"These are {count} facts; {at_most} are given at once. Ask for a part of the"
                " history: from the sequence `first` to the sequence `last`.",
                facts=count,
                most=at_most,
            )
        found = [Entry.model_validate(each) for each in await extent.entries.all(where)]
        return Found(tuple(found), None, extent.position, extent.last)

    async def sequence_of(self, event_id: str) -> int | None:
        """Where the event with this id stands; None where the history has none."""
        extent = await self.extent()
        page = await extent.entries.page({"id": event_id}, limit=1)
        return int(page.items[0]["sequence"]) if page.items else None
