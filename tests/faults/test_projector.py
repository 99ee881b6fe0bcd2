"""Read models while folds choke, databases are away and projectors are stopped in the middle."""

import asyncio
import os
import signal

import psutil
import pytest

from shared.decider import Decider
from shared.errors import Unavailable
from shared.events.submission import AGENCY, AgencyCommitmentSigned
from shared.history import Cause, Connection, Handler, HistoryLog
from shared.service.stopping import stop
from shared.views import Collection, Database, Document
from tests.integration.projector.conftest import (
    CHOKING,
    NAMES,
    POISON,
    Say,
    at_work,
    document,
    projector,
    shown,
)
from tests.integration.projector.conftest import connection as connection
from tests.integration.projector.conftest import database as database
from tests.integration.projector.conftest import say as say
from tests.renaming import AT
from tests.servers import Running
from tests.waiting import eventually, holds

PARKED = f"view:names:{AGENCY.subject('sick')}"


async def faults(database: Database) -> list[Document]:
    return await database.collection("faults").all()


def parked(sequence: int) -> Document:
    return {
        "_id": PARKED,
        "kind": "view",
        "subject": AGENCY.subject("sick"),
        "at_sequence": sequence,
        "reason": "ValueError: This build cannot fold it.",
    }


async def test_a_poison_fact_parks_its_aggregate_and_the_rest_flows(
    connection: Connection, database: Database, say: Say
) -> None:
    works = projector(connection, database, CHOKING)
    async with at_work(works):
        good = await say("sick", "one")
        assert await works.reached(good)
        poison = await say("sick", POISON)
        healthy = await say("healthy", "two")
        assert await works.reached(healthy)
        assert await shown(database) == [
            document("healthy", healthy, ["two"]),
            document("sick", good, ["one"]),
        ]
        assert await faults(database) == [parked(poison)]
        assert not await works.rebuild("names", "sick")
        later = await say("sick", "three")
        assert await works.reached(later)
        assert await faults(database) == [parked(later)]


async def test_a_rebuild_mends_what_was_parked_once_the_fold_is_fixed(
    connection: Connection, database: Database, say: Say
) -> None:
    async with at_work(works := projector(connection, database, CHOKING)):
        last = await say("sick", "one", POISON, "three")
        assert await works.reached(last)
    fixed = projector(connection, database, NAMES)
    assert await fixed.rebuild("names", "sick")
    assert await shown(database) == [document("sick", last, ["one", POISON, "three"])]
    assert await faults(database) == []
    assert not await fixed.rebuild("no-such-view", "sick")


async def test_a_new_build_tries_again_what_an_earlier_one_parked(
    connection: Connection, database: Database, say: Say
) -> None:
    last = await say("sick", "one", POISON)
    await projector(connection, database, CHOKING).prepare()
    assert len(await faults(database)) == 1
    await projector(connection, database, NAMES).prepare()
    assert await shown(database) == [document("sick", last, ["one", POISON])]
    assert await faults(database) == []


async def test_a_rebuild_beside_new_facts_ends_with_the_newest(
    connection: Connection, database: Database, say: Say
) -> None:
    names = [f"name-{turn}" for turn in range(30)]

    async def rename() -> int:
        return [await say("sick", name) for name in names][-1]

    async with at_work(works := projector(connection, database)):
        renaming = asyncio.create_task(rename())
        while not renaming.done():
            assert await works.rebuild("names", "sick")
        last = await renaming
        assert await works.reached(last)
    assert await shown(database) == [document("sick", last, names)]


async def test_a_document_that_cannot_be_stored_is_parked_alone(
    connection: Connection, database: Database, say: Say
) -> None:
    """MongoDB has no integer of this size, and a fact may have one."""

    def sign(command: int, _: None) -> list[AgencyCommitmentSigned]:
        told = {"by": "p-1", "at": AT, "agency_id": "sick", "season_id": "2026"}
        letter = {"letter_number": "1", "signed_on": AT.date(), "innovations_promised": command}
        return [AgencyCommitmentSigned.model_validate({**told, **letter})]

    decider = Decider[int, None, AgencyCommitmentSigned](None, sign, lambda state, _: state)
    handle = Handler(HistoryLog(connection), AGENCY, decider)  # type: ignore[arg-type]
    await handle("sick", 2**70, Cause("much"))
    await say("healthy", "two")
    async with at_work(works := projector(connection, database)):
        assert await works.reached(await say("healthy", "three"))
    assert [each["_id"] for each in await shown(database)] == ["healthy"]
    assert [each["_id"] for each in await faults(database)] == [PARKED]


async def test_a_killed_database_loses_nothing(
    connection: Connection, database: Database, mongo_server: Running, say: Say
) -> None:
    async with at_work(works := projector(connection, database)):
        assert await works.reached(await say("a", "one"))
        os.kill(mongo_server.pids()["mongo"], signal.SIGKILL)
        last = await say("a", "two")
        other = await say("b", "three")
        assert await works.reached(other, seconds=30)
    assert await eventually(lambda: shown(database)) == [
        document("a", last, ["one", "two"]),
        document("b", other, ["three"]),
    ]


async def test_a_database_that_hangs_is_waited_for(
    connection: Connection, database: Database, mongo_server: Running, say: Say
) -> None:
    async def mongo_is_stopped() -> bool:
        # The signal waits for threads that wait for the disk; until then they answer.
        threads = psutil.Process(mongo_server.pids()["mongo"]).threads()
        return all(psutil.Process(each.id).status() == psutil.STATUS_STOPPED for each in threads)

    async with at_work(works := projector(connection, database)):
        assert await works.reached(await say("a", "one"))
        os.kill(mongo_server.pids()["mongo"], signal.SIGSTOP)
        try:
            await holds(mongo_is_stopped)
            last = await say("a", "two")
            with pytest.raises(Unavailable):
                await database.ping()
        finally:
            os.kill(mongo_server.pids()["mongo"], signal.SIGCONT)
        assert await works.reached(last, seconds=30)
    assert await shown(database) == [document("a", last, ["one", "two"])]


async def test_a_killed_history_server_loses_nothing(
    connection: Connection, database: Database, fresh_stream: Running, say: Say
) -> None:
    async with at_work(works := projector(connection, database)):
        assert await works.reached(await say("a", "one"))
        os.kill(fresh_stream.pids()["nats"], signal.SIGKILL)
        expected = [document("a", await say("a", "two"), ["one", "two"])]

        async def is_shown() -> bool:
            return await shown(database) == expected

        # Not `reached`: what the server forgot of the acknowledgements comes again much later.
        await holds(is_shown)


async def test_what_a_stopped_projector_held_is_taken_up_at_once(
    connection: Connection, database: Database, say: Say
) -> None:
    entered = asyncio.Event()

    class Stuck(Collection):
        async def put_newer(self, documents: object) -> None:
            entered.set()
            await asyncio.Event().wait()

    stuck = projector(connection, database)
    await stuck.prepare()
    stuck._stores[NAMES.name] = Stuck(database._database, NAMES.collection)
    task = asyncio.create_task(stuck.run())
    last = await say("a", "one")
    await asyncio.wait_for(entered.wait(), 10)
    await stop([task])
    async with at_work(works := projector(connection, database)):
        # Long before `ack_wait` (10 s) would bring it again.
        assert await works.reached(last, seconds=5)
    assert await shown(database) == [document("a", last, ["one"])]
