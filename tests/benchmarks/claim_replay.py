"""A replay of the whole history, beside reading the same history and doing nothing.

Ours decides every fact anew, folds every state and every document and digests them; bare reads the
same messages by the same code over the same connection, or from the same segments, and drops them.
The history is a valid one: the services' own deciders and reactions made it, so that a replay finds
nothing wrong, and this is checked in every round.
"""

from collections.abc import AsyncGenerator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from deploy.local.ports import free_ports
from deploy.local.run import apply_stream
from deploy.local.stack import Servers
from services.audit.archive.segments import MOST_IN_A_SEGMENT, lines_of, messages_of
from services.audit.auditing import TO_THE_END
from services.audit.domain import Report
from services.audit.reading import (
    Progress,
    Reading,
    Source,
    StreamSource,
)
from shared.history import connect
from shared.history.envelope import Message
from tests.benchmarks.measure import Bench, Claim, Result, Tell, alternated
from tests.benchmarks.season import publish, told_season

CLAIM = Claim(
    name="replay",
    says="a replay that derives every state, document and digest from the stream alone",
    beside="the same reader that drops what it reads",
    unit="events/s",
    better="higher",
    aim=0.7,
)
OF_AN_ARCHIVE = Claim(
    name="replay_archive",
    says="the same replay from an archive's segments, without a server",
    beside="taking the messages out of the same segments and dropping them",
    unit="events/s",
    better="higher",
    aim=0.7,
)
ROUNDS = 5
EVENTS = 12_000


class Segments:
    """An archive's segments in memory: a source like its files, without the disk."""

    def __init__(self, messages: Sequence[Message]) -> None:
        starts = range(0, len(messages), MOST_IN_A_SEGMENT)
        self._segments = [lines_of(messages[at : at + MOST_IN_A_SEGMENT]) for at in starts]
        self._last = messages[-1].sequence

    async def last(self) -> int:
        return self._last

    async def messages(self, first: int, last: int) -> AsyncGenerator[Sequence[Message]]:
        for segment in self._segments:
            found = messages_of(segment)
            yield [each for each in found if first <= each.sequence <= last]


async def measure(tell: Tell) -> Result:
    messages = await _told(tell)
    with TemporaryDirectory(prefix="inda-bench-") as folder, free_ports() as ports:
        broker = Servers(Path(folder), ports, parts=("nats",), report=lambda _: None)
        async with broker as running:
            at = running.addresses
            tell(f"publishing {len(messages):,} events of {_mean_bytes(messages):,.0f} bytes each")
            await apply_stream(at)
            await publish(at, messages)
            audit = await connect((at.nats_url,), "audit", at.nats_seeds["audit"])
            try:
                return await _compared(CLAIM, StreamSource(audit), len(messages), tell)
            finally:
                await audit.close()


async def measure_archive(tell: Tell) -> Result:
    messages = await _told(tell)
    return await _compared(OF_AN_ARCHIVE, Segments(messages), len(messages), tell)


async def _compared(claim: Claim, source: Source, last: int, tell: Tell) -> Result:
    async def ours() -> float:
        began = perf_counter()
        report = await Reading(source).read(TO_THE_END, _unwatched)
        _check_clean(report, last)
        return last / (perf_counter() - began)

    async def bare() -> float:
        began, events = perf_counter(), 0
        async for batch in source.messages(1, last):
            events += len(batch)
        if events != last:
            raise AssertionError(f"{events} of {last} events were read")
        return last / (perf_counter() - began)

    return Result(claim, await alternated(ROUNDS, ours, bare, tell))


def _check_clean(report: Report, last: int) -> None:
    if not report.is_clean or report.events != last:
        raise AssertionError(f"the history does not replay clean: {report.findings[:3]}")


def _unwatched(progress: Progress) -> None:
    del progress


async def _told(tell: Tell) -> list[Message]:
    tell(f"telling a season of at least {EVENTS:,} events with the services' own deciders")
    return await told_season(EVENTS)


def _mean_bytes(messages: Sequence[Message]) -> float:
    return sum(len(each.body) for each in messages) / len(messages)


BENCHES = (Bench(CLAIM, measure), Bench(OF_AN_ARCHIVE, measure_archive))
