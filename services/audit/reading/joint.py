"""One replay by several processes: one reads, each of the others judges its share."""

import asyncio
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import aclosing
from datetime import datetime
from multiprocessing import Pipe
from multiprocessing.reduction import ForkingPickler
from types import TracebackType
from typing import Any, Protocol, Self, cast

from services.audit.domain import Report
from services.audit.domain.findings import Json
from services.audit.domain.shares import put_together
from services.audit.reading.alone import Progress, Reading, Until, Watch
from services.audit.reading.sources import Source
from shared.history.envelope import Message

WORTH_IT = 50_000
"""With fewer events the processes take longer to start than they save."""
WORKING = "services.audit.reading.working"
Documents = Iterator[tuple[str, str, dict[str, Json]]]


class Replaying(Protocol):
    """A replay that may go on, by one process or by several."""

    async def read(self, until: Until, watch: Watch) -> Report: ...
    def documents(self, key: str) -> Documents: ...


class JointReading:
    """A replay that tells what `alone` would tell of the same source, by so many processes beside
    this one.

    They go by this build's rules, as anybody's with the same digests are. What is not clean is
    replayed once more by `alone`, which tells what is wrong. Use it as a context: the processes end
    with it.
    """

    def __init__(
        self, source: Source, alone: Reading, processes: int, worth_it: int = WORTH_IT
    ) -> None:
        self._source = source
        self._alone = alone
        self._processes = processes
        self._worth_it = worth_it
        self._workers: list[_Worker] = []
        self._last = 0
        self._is_alone = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._end()

    async def read(self, until: Until, watch: Watch) -> Report:
        """From where it stands to the end of the source, or to `until`. Raises `Unavailable`."""
        if not self._is_alone:
            report = await self._shared(until, watch)
            if report is not None:
                return report
            self._end()
            self._is_alone = True
        return await self._alone.read(until, watch)

    def documents(self, key: str) -> Documents:
        """(service, view, document) of everything that stands under a key."""
        if self._is_alone:
            yield from self._alone.documents(key)
        for worker in self._workers:
            yield from cast("Documents", worker.ask("documents", key))

    async def _shared(self, until: Until, watch: Watch) -> Report | None:
        """None where one alone had better do it."""
        end = await self._source.last()
        target = end if until.sequence is None else min(until.sequence, end)
        if not self._workers:
            if self._processes < 2 or target < self._worth_it:
                return None
            self._workers = [_Worker(each, self._processes) for each in range(self._processes)]
        try:
            is_over = await self._hand_out(target, until.moment, watch)
            if any(worker.is_amiss for worker in self._workers):
                return None
            last = None if is_over or target < end else target
            return put_together(await self._all("finish", last))
        except (EOFError, OSError):
            # One of them died. What it had to judge is not judged: that is no answer.
            return None

    async def _hand_out(self, target: int, moment: datetime | None, watch: Watch) -> bool:
        """True if the moment ended it. Ends early where something is amiss."""
        async with aclosing(self._source.messages(self._last + 1, target)) as batches:
            async for batch in batches:
                frame = ForkingPickler.dumps(("take", _rows(batch), moment))
                await asyncio.gather(*(asyncio.to_thread(w.hand, frame) for w in self._workers))
                watch(self._progress(target))
                if any(worker.is_over or worker.is_amiss for worker in self._workers):
                    break
        await asyncio.gather(*(asyncio.to_thread(worker.settle) for worker in self._workers))
        self._last = self._workers[0].sequence
        watch(self._progress(target))
        return any(worker.is_over for worker in self._workers)

    async def _all(self, asked: str, *told: object) -> Sequence[Report]:
        asking = (asyncio.to_thread(worker.ask, asked, *told) for worker in self._workers)
        return cast("Sequence[Report]", await asyncio.gather(*asking))

    def _progress(self, target: int) -> Progress:
        slowest = min(self._workers, key=lambda worker: worker.sequence)
        return Progress(slowest.events, slowest.sequence, target, 0)

    def _end(self) -> None:
        workers, self._workers = self._workers, []
        for worker in workers:
            worker.end()


class _Worker:
    """One process and how far it is. Handing over blocks while it is a batch behind."""

    def __init__(self, number: int, of: int) -> None:
        self._pipe, theirs = Pipe()
        fileno = theirs.fileno()
        self._process = subprocess.Popen(
            [sys.executable, "-m", WORKING, str(fileno), str(number), str(of)],
            stdin=subprocess.DEVNULL,
            pass_fds=[fileno],
        )
        theirs.close()
        self._awaited = 0
        self.events, self.sequence, self.is_over, self.is_amiss = 0, 0, False, False

    def hand(self, frame: memoryview) -> None:
        self._pipe.send_bytes(frame)
        self._awaited += 1
        while self._pipe.poll():
            self._hear()

    def settle(self) -> None:
        """Waits until all is taken that was handed over."""
        while self._awaited:
            self._hear()

    def ask(self, asked: str, *told: object) -> Any:
        self._pipe.send((asked, *told))
        if asked == "finish":
            self.is_over = False
        return self._pipe.recv()

    def end(self) -> None:
        self._process.kill()
        self._process.wait()
        self._pipe.close()

    def _hear(self) -> None:
        self.events, self.sequence, self.is_over, self.is_amiss = self._pipe.recv()
        self._awaited -= 1


def _rows(batch: Sequence[Message]) -> list[tuple[str, int, dict[str, str], bytes]]:
    return [(each.subject, each.sequence, dict(each.headers), each.body) for each in batch]
