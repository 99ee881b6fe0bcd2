"""A replay of the whole history, beside reading the same stream and doing nothing.

Ours reads with `shared.history.read_all`, decides every fact anew, folds every state and every
document and digests them; bare reads with the same reader over the same connection and drops each
message. The history is a valid one: the services' own deciders and reactions made it, so that a
replay finds nothing wrong, and this is checked in every round.
"""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from deploy.local.ports import free_ports
from deploy.local.run import apply_stream
from deploy.local.stack import Servers
from services.audit.reading import EVERY_SUBJECT, Reading, Until
from shared.history import Connection, connect, read_all
from shared.history.envelope import Message
from tests.benchmarks.measure import Bench, Claim, Pair, Result, Tell, alternated
from tests.benchmarks.season import publish, told_season

CLAIM = Claim(
    name="replay",
    says="a replay that derives every state, document and digest from the stream alone",
    beside="the same reader that drops what it reads",
    unit="events/s",
    better="higher",
    aim=0.3,
)
ROUNDS = 5
EVENTS = 12_000


async def measure(tell: Tell) -> Result:
    tell(f"telling a season of at least {EVENTS:,} events with the services' own deciders")
    messages = await told_season(EVENTS)
    with TemporaryDirectory(prefix="inda-bench-") as folder, free_ports() as ports:
        broker = Servers(Path(folder), ports, parts=("nats",), report=lambda _: None)
        async with broker as running:
            at = running.addresses
            tell(f"publishing {len(messages):,} events of {_mean_bytes(messages):,.0f} bytes each")
            await apply_stream(at)
            await publish(at, messages)
            audit = await connect((at.nats_url,), "audit", at.nats_seeds["audit"])
            try:
                return Result(CLAIM, await _compared(audit, len(messages), tell))
            finally:
                await audit.close()


async def _compared(audit: Connection, last: int, tell: Tell) -> tuple[Pair, ...]:
    async def ours() -> float:
        began = perf_counter()
        report = await Reading(audit).read(Until(), lambda _: None)
        seconds = perf_counter() - began
        if not report.is_clean or report.events != last:
            raise AssertionError(f"the history does not replay clean: {report.findings[:3]}")
        return last / seconds

    async def bare() -> float:
        began = perf_counter()
        async for _ in read_all(audit, 1, last, EVERY_SUBJECT):
            pass
        return last / (perf_counter() - began)

    return await alternated(ROUNDS, ours, bare, tell)


BENCH = Bench(CLAIM, measure)


def _mean_bytes(messages: Sequence[Message]) -> float:
    return sum(len(each.body) for each in messages) / len(messages)
