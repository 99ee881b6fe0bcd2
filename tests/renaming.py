"""A tiny aggregate on the real history: an agency that is renamed, even twice at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from shared.decider import Decider
from shared.errors import Refused
from shared.events.base import Recorded
from shared.events.submission import AGENCY, AgencyEvent, AgencyRenamed
from shared.history import Connection, Handler, HistoryLog, connect
from tests.servers import Running

AT = datetime(2026, 5, 20, 3, 0, 30, 250_000, tzinfo=UTC)
Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rename:
    """Gives the names one after the other; refused until it was called `after`."""

    names: Names
    after: str | None = None


def renamed(name: str) -> AgencyRenamed:
    return AgencyRenamed(by="p-1", at=AT, agency_id="hss-dinkes", name=name, short_name=name)


def decide(command: Rename, known: Names) -> Sequence[AgencyEvent]:
    if command.after is not None and command.after not in known:
        raise Refused("not_yet", "It was never called that.", after=command.after)
    if known[-1:] == command.names:
        return []
    return [renamed(name) for name in command.names]


def evolve(known: Names, fact: AgencyEvent) -> Names:
    return (*known, fact.name) if isinstance(fact, AgencyRenamed) else known


RENAMING = Decider[Rename, Names, AgencyEvent]((), decide, evolve)
Renaming = Handler[Rename, Names, AgencyEvent]


async def connected(running: Running, service: str = "submission") -> Connection:
    addresses = running.addresses
    seed = addresses.nats_seeds[service]
    return await connect(tuple(addresses.nats_url.split(",")), service, seed)


def renaming(connection: Connection, deadline_seconds: float = 20.0) -> Renaming:
    """A handler with a memory of its own, as each replica of a service has one."""
    return Handler(HistoryLog(connection, deadline_seconds), AGENCY, RENAMING)


async def history(connection: Connection, key: str) -> list[Recorded[AgencyEvent]]:
    return await HistoryLog(connection).facts(AGENCY.subject(key))


async def names(connection: Connection, key: str) -> Names:
    return RENAMING.replay(event.fact for event in await history(connection, key))
