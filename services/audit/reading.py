"""The stream as it is read for a replay: in order, to an end that is fixed before."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from services.audit.domain import Replay, Report, documents_of
from services.audit.domain.findings import Json
from shared.editions import load
from shared.editions.taxes import load_table
from shared.history import Connection
from shared.history.envelope import Message
from shared.history.reader import last_sequence, read_all

EVERY_SUBJECT = "inda.v1.*.*.*"
"""Not the subject under which `read_all` stops at a gap: a replay names it and goes on."""
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
    """One replay of one stream, which may go on when the stream has grown."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.replay = Replay(load, load_table)
        self.last: int = 0

    async def read(self, until: Until, watch: Watch) -> Report:
        """From where it stands to the end of the stream, or to `until`. Raises `Unavailable`."""
        end = await last_sequence(self._connection)
        target = end if until.sequence is None else min(until.sequence, end)
        is_cut = await self._take(target, until.moment, watch) or target < end
        return self.replay.finished(None if is_cut else target, is_cut=is_cut)

    def documents(self, key: str) -> Iterator[tuple[str, str, dict[str, Json]]]:
        """(service, view, document) of everything that stands under a key."""
        for standing in self.replay.world.standings.values():
            if standing.key == key:
                yield from documents_of(standing)

    async def _take(self, target: int, moment: datetime | None, watch: Watch) -> bool:
        """True if the moment ended it."""
        first = self.last + 1
        stream = read_all(self._connection, first, target, EVERY_SUBJECT)
        async with aclosing(cast("AsyncGenerator[Message]", stream)) as messages:
            async for message in messages:
                if not self.replay.take(message, moment):
                    return True
                self.last = message.sequence
                if self.replay.events % LET_OTHERS_EVERY == 0:
                    watch(self._progress(target))
                    await asyncio.sleep(0)
        watch(self._progress(target))
        return False

    def _progress(self, target: int) -> Progress:
        return Progress(self.replay.events, self.last, target, len(self.replay.findings))
