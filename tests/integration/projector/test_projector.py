"""Facts become documents, whatever the delivery does to them."""

import asyncio
import random
from dataclasses import replace

import pytest
from nats.js.errors import NotFoundError

from shared.bus import apply
from shared.events.submission import AGENCY
from shared.history import Connection, read_all
from shared.history.envelope import Message
from shared.history.names import STREAM
from shared.history.reader import last_sequence
from shared.projector import Incarnation, Projection
from shared.views import Database
from tests.integration.projector.conftest import (
    NAMES,
    Names,
    Say,
    at_work,
    document,
    fold,
    projector,
    shown,
)
from tests.renaming import connected
from tests.servers import Running, nats_client


async def stored_messages(connection: Connection) -> list[Message]:
    last = await last_sequence(connection)
    return [each async for each in read_all(connection, 1, last)]


async def test_facts_become_documents(connection: Connection, database: Database, say: Say) -> None:
    works = projector(connection, database)
    async with at_work(works):
        first = await say("a", "one", "two")
        last = await say("b", "three")
        assert await works.reached(last)
        assert await shown(database) == [
            document("a", first, ["one", "two"]),
            document("b", last, ["three"]),
        ]
        assert await works.position() == last


async def test_two_replicas_on_one_durable_make_the_same_documents(
    connection: Connection, database: Database, say: Say
) -> None:
    one, other = projector(connection, database), projector(connection, database)
    names = [f"name-{turn}" for turn in range(8)]
    last: dict[str, int] = {}

    async def rename(key: str) -> None:
        for name in names:
            last[key] = await say(key, name)

    async with at_work(one, other):
        async with asyncio.TaskGroup() as group:
            for number in range(40):
                group.create_task(rename(f"a{number:02}"))
        assert await one.reached(max(last.values()))
    assert await shown(database) == [document(key, last[key], names) for key in sorted(last)]


@pytest.mark.parametrize("seed", range(5))
async def test_duplicates_reordering_and_replicas_change_nothing(
    connection: Connection, database: Database, say: Say, seed: int
) -> None:
    names = ["one", "two", "three", "four", "five"]
    last = {key: [await say(key, name) for name in names][-1] for key in ("a", "b", "c")}
    dice = random.Random(seed)
    messages = [*(await stored_messages(connection)) * 3]
    dice.shuffle(messages)
    replicas = [projector(connection, database) for _ in range(2)]
    stretches = [messages[start : start + 4] for start in range(0, len(messages), 4)]
    await asyncio.gather(*(dice.choice(replicas)._folding.project(each) for each in stretches))
    assert await shown(database) == [document(key, last[key], names) for key in sorted(last)]


async def test_a_gap_is_filled_from_the_subject(
    connection: Connection, database: Database, say: Say
) -> None:
    names = ["one", "two", "three", "four"]
    last = [await say("a", name) for name in names][-1]
    first, _, third, fourth = await stored_messages(connection)
    works = projector(connection, database)
    await works._folding.project([first])
    await works._folding.project([fourth])
    await works._folding.project([third])
    assert await shown(database) == [document("a", last, names)]


async def test_what_was_said_before_is_built_and_then_continued(
    connection: Connection, database: Database, say: Say
) -> None:
    await say("a", *(f"name-{number}" for number in range(600)))
    works = projector(connection, database)
    await works.prepare()
    assert (await shown(database))[0]["version"] == 600
    async with at_work(works):
        assert await works.reached(await say("a", "last"))
    assert (await shown(database))[0]["latest"] == "last"


async def test_another_schema_is_another_collection_built_anew(
    connection: Connection, database: Database, say: Say
) -> None:
    class Latest(Names):
        shouted: str

    def loud(view: Latest | None, event: object) -> Latest:
        before = None if view is None else Names(**view.model_dump(exclude={"shouted"}))
        plain = fold(before, event)  # type: ignore[arg-type]
        return Latest(**plain.model_dump(), shouted=plain.latest.upper())

    last = await say("a", "one")
    old = projector(connection, database)
    async with at_work(old):
        assert await old.reached(last)
    changed = Projection("names", AGENCY, Latest, loud)
    assert changed.collection != NAMES.collection
    await projector(connection, database, changed).prepare()
    assert await shown(database, changed) == [{**document("a", last, ["one"]), "shouted": "ONE"}]
    assert await shown(database) == [document("a", last, ["one"])]


async def test_a_changed_fold_is_built_anew_when_its_revision_says_so(
    connection: Connection, database: Database, say: Say
) -> None:
    def reversing(view: Names | None, event: object) -> Names:
        after = fold(view, event)  # type: ignore[arg-type]
        return after.model_copy(update={"latest": after.latest[::-1]})

    await say("a", "one")
    await projector(connection, database).prepare()
    revised = replace(NAMES, fold=reversing, revision=2)
    await projector(connection, database, revised).prepare()
    assert [each["latest"] for each in await shown(database, revised)] == ["eno"]


async def test_documents_of_another_history_are_refused(
    connection: Connection, database: Database, fresh_stream: Running, say: Say
) -> None:
    await say("a", "one")
    await projector(connection, database).prepare()
    await projector(connection, database).prepare()
    async with nats_client(fresh_stream.addresses, "admin") as admin:
        await admin.jetstream().delete_stream(STREAM)
        await apply(admin, 1)
    with pytest.raises(Incarnation, match="Drop this service's database"):
        await projector(connection, database).prepare()


async def test_a_reader_waits_for_what_it_has_written(
    connection: Connection, database: Database, say: Say
) -> None:
    works = projector(connection, database)
    await works.prepare()
    last = await say("a", "one")
    assert not await works.reached(last, seconds=0.1)
    waiting = asyncio.create_task(works.reached(last))
    async with at_work(works):
        assert await waiting
        assert not await works.reached(last + 1, seconds=0.1)


async def test_facts_that_no_view_here_is_made_of_count_as_shown(
    connection: Connection, database: Database, fresh_stream: Running
) -> None:
    other = await connected(fresh_stream, "awards")
    works = projector(connection, database)
    async with at_work(works):
        ack = await other.jetstream.publish("inda.v1.awards.fund.apbd", b"{}")
        assert await works.reached(ack.seq)
    await other.close()


async def test_a_consumer_that_is_gone_ends_the_work(
    connection: Connection, database: Database, fresh_stream: Running
) -> None:
    async with nats_client(fresh_stream.addresses, "admin") as admin:
        await admin.jetstream().delete_consumer(STREAM, "submission-views")
    with pytest.raises(NotFoundError):
        async with asyncio.timeout(10):
            await projector(connection, database).run()
