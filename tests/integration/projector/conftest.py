"""A stream and a database of the test's own, and projectors that run beside it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import Any

import pytest
from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded
from shared.events.submission import (
    AGENCY,
    AgencyCommitmentSigned,
    AgencyEvent,
    AgencyRenamed,
)
from shared.history import Cause, Connection, HistoryLog
from shared.projector import Projection, Projector
from shared.service.stopping import stop
from shared.views import Database
from tests.renaming import Rename, connected, renaming
from tests.servers import Running

Say = Callable[..., Awaitable[int]]
POISON = "poison"


class Names(BaseModel):
    """All names an agency ever had, with the version that gave each."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    latest: str
    names: tuple[tuple[int, str], ...]
    promised: int = 0


def fold(view: Names | None, event: Recorded[AgencyEvent]) -> Names:
    before = view or Names(latest="", names=())
    match event.fact:
        case AgencyRenamed(name=name):
            added = (*before.names, (event.version, name))
            return before.model_copy(update={"latest": name, "names": added})
        case AgencyCommitmentSigned(innovations_promised=promised):
            return before.model_copy(update={"promised": promised})
        case _:
            return before


def choking(view: Names | None, event: Recorded[AgencyEvent]) -> Names:
    if isinstance(event.fact, AgencyRenamed) and event.fact.name == POISON:
        raise ValueError("This build cannot fold it.")
    return fold(view, event)


NAMES = Projection("names", AGENCY, Names, fold, indexes=(("latest",),))
CHOKING = Projection("names", AGENCY, Names, choking, indexes=(("latest",),))


@pytest.fixture
async def connection(fresh_stream: Running) -> AsyncGenerator[Connection]:
    opened = await connected(fresh_stream)
    yield opened
    await opened.close()


@pytest.fixture
async def database(fresh_databases: Running) -> AsyncGenerator[Database]:
    url = fresh_databases.addresses.mongo_urls["submission"]
    opened = Database(url, "submission", timeout_seconds=2)
    yield opened
    opened.close()


@pytest.fixture
async def say(connection: Connection) -> Say:
    """Renames an agency; answers the sequence of the last fact."""
    handle = renaming(connection)

    async def rename(key: str, *names: str) -> int:
        command = f"{key}/{'/'.join(names)}"
        return (await handle(key, Rename(names), Cause(command))).sequence

    return rename


def projector(
    connection: Connection, database: Database, *projections: Projection[Any]
) -> Projector:
    return Projector(
        connection,
        HistoryLog(connection, deadline_seconds=2),
        "submission-views",
        projections or (NAMES,),
        database.collection,
    )


@asynccontextmanager
async def at_work(*projectors: Projector) -> AsyncGenerator[None]:
    for each in projectors:
        await each.prepare()
    tasks = [asyncio.create_task(each.run()) for each in projectors]
    try:
        yield
    finally:
        await stop(tasks)


def document(key: str, sequence: int, names: Sequence[str]) -> dict[str, Any]:
    return {
        "_id": key,
        "version": len(names),
        "sequence": sequence,
        "latest": names[-1],
        "names": [[version, name] for version, name in enumerate(names, start=1)],
        "promised": 0,
    }


async def shown(database: Database, projection: Projection[Any] = NAMES) -> list[dict[str, Any]]:
    return await database.collection(projection.collection).all()
