"""One replay of one source, in this process."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime

from services.audit.domain import Replay, Report, documents_of
from services.audit.domain.findings import Json
from services.audit.reading.garbage import seldom_collected
from services.audit.reading.sources import Source
from shared.editions import load
from shared.editions.taxes import load_table
from shared.history.envelope import Message

LET_OTHERS_EVERY = 64


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a replay is: events taken, the sequence it is at and the one it ends with."""

    events: int
    sequence: int
    last: int
    findings: int


@dataclass(frozen=True, slots=True)
class Until:
    """Where a replay ends: a sequence, or the last fact that is not later than a moment."""

    sequence: int | None = None
    moment: datetime | None = None


Watch = Callable[[Progress], None]


class Reading:
    """One replay of one source, which may go on when the source has grown.

    `heard` is told of every message that the replay takes; `replay` knows where rules come from.
    """

    def __init__(
        self,
        source: Source,
        replay: Replay | None = None,
        heard: Callable[[Message], None] | None = None,
    ) -> None:
        self._source = source
        self._heard = heard
        self.replay = replay or Replay(load, load_table)
        self.last: int = 0

    async def read(self, until: Until, watch: Watch) -> Report:
        """From where it stands to the end of the source, or to `until`. Raises `Unavailable`."""
        end = await self._source.last()
        target = end if until.sequence is None else min(until.sequence, end)
        with seldom_collected():
            is_cut = await self._take(target, until.moment, watch) or target < end
            return self.replay.finished(None if is_cut else target, is_cut=is_cut)

    def documents(self, key: str) -> Iterator[tuple[str, str, dict[str, Json]]]:
        """(service, view, document) of everything that stands under a key."""
        for standing in self.replay.world.standings.values():
            if standing.key == key:
                yield from documents_of(standing)

    async def _take(self, target: int, moment: datetime | None, watch: Watch) -> bool:
        """True if the moment ended it."""
        async with aclosing(self._source.messages(self.last + 1, target)) as batches:
            async for batch in batches:
                for message in batch:
                    if not self.replay.take(message, moment):
                        return True
                    if self._heard is not None:
                        self._heard(message)
                    self.last = message.sequence
                    if self.replay.events % LET_OTHERS_EVERY == 0:
                        watch(self._progress(target))
                        await asyncio.sleep(0)
        watch(self._progress(target))
        return False

    def _progress(self, target: int) -> Progress:
        return Progress(self.replay.events, self.last, target, len(self.replay.findings))
