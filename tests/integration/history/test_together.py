"""Several aggregates in one batch: all of it is there once, or none of it is."""

import asyncio
from collections.abc import Sequence

import pytest

from shared.errors import Invalid, Refused, Unavailable
from shared.events.submission import AGENCY
from shared.history import Cause, Conflict, Connection, HistoryLog, Together
from shared.history.publishing import LARGEST_BATCH
from shared.history.reader import last_sequence
from tests.integration.history.conftest import Connect
from tests.integration.history.lossy import lossy
from tests.renaming import Rename, Renaming, history, names, renaming

MANY = 800


def keys_of(key: str, count: int) -> list[str]:
    return [f"{key}-{number}" for number in range(count)]


async def begun(log: HistoryLog, handle: Renaming, keys: Sequence[str], new: bool) -> Together:
    together = Together(log)
    for key in keys:
        await together.look(handle, key, new=new)
    return together


async def renamed_together(
    connection: Connection, keys: Sequence[str], *, new: bool = True
) -> Together:
    """Each is called `a` by one command and `b` by another, all in one batch."""
    handle = renaming(connection)
    together = await begun(HistoryLog(connection), handle, keys, new)
    for key in keys:
        together.decide(handle, key, Rename(("a",)), Cause(f"{key}/1", "digest"))
        together.decide(handle, key, Rename(("b",)), Cause(f"{key}/2", "digest"))
    return together


async def test_all_aggregates_say_their_facts_at_once(replica: Connect, key: str) -> None:
    connection = await replica()
    keys = keys_of(key, 3)
    before = await last_sequence(connection)
    stored = await (await renamed_together(connection, keys)).store()
    assert stored == before + 6
    events = [event for each in keys for event in await history(connection, each)]
    assert [event.sequence for event in events] == list(range(before + 1, stored + 1))
    assert [event.version for event in events] == [1, 2] * 3
    assert [event.command_id for event in events] == [
        f"{each}/{number}" for each in keys for number in (1, 2)
    ]
    assert len({event.id for event in events}) == 6


async def test_what_was_stored_together_is_remembered_as_it_was(replica: Connect, key: str) -> None:
    connection = await replica()
    handle = renaming(connection)
    together = await begun(HistoryLog(connection), handle, keys_of(key, 2), new=True)
    for each in keys_of(key, 2):
        together.decide(handle, each, Rename(("a",)), Cause(each, "digest"))
    sequence = await together.store()
    remembered = await handle.state(f"{key}-1", remembered=True)
    assert (remembered.state, remembered.version, remembered.sequence) == (("a",), 1, sequence)
    assert remembered == await renaming(connection).state(f"{key}-1")


async def test_a_conflict_in_the_middle_leaves_nothing(replica: Connect, key: str) -> None:
    connection = await replica()
    keys = keys_of(key, 3)
    together = await renamed_together(connection, keys)
    await renaming(connection)(keys[1], Rename(("faster",)), Cause("faster"))
    with pytest.raises(Conflict):
        await together.store()
    assert [await names(connection, each) for each in keys] == [(), ("faster",), ()]
    again = await renamed_together(connection, keys, new=False)
    await again.store()
    assert [await names(connection, each) for each in keys] == [
        ("a", "b"),
        ("faster", "a", "b"),
        ("a", "b"),
    ]


async def test_two_that_want_the_same_aggregates_never_mix(replica: Connect, key: str) -> None:
    one, other = await replica(), await replica()
    keys = keys_of(key, 40)
    batches = [await renamed_together(each, keys) for each in (one, other, one, other)]
    told = await asyncio.gather(*(each.store() for each in batches), return_exceptions=True)
    assert sorted(type(each).__name__ for each in told) == ["Conflict"] * 3 + ["int"]
    assert {await names(one, each) for each in keys} == {("a", "b")}


async def test_eight_hundred_aggregates_go_in_one_batch(replica: Connect, key: str) -> None:
    connection = await replica()
    handle = renaming(connection)
    keys = keys_of(key, MANY)
    together = await begun(HistoryLog(connection), handle, keys, new=True)
    for each in keys:
        together.decide(handle, each, Rename(("a" * 2000,)), Cause(each, "digest"))
    before = await last_sequence(connection)
    assert await together.store() == before + MANY == await last_sequence(connection)
    assert await names(connection, keys[-1]) == ("a" * 2000,)


async def test_more_than_a_batch_holds_is_refused_before_anything_is_written(
    replica: Connect, key: str
) -> None:
    connection = await replica()
    keys = keys_of(key, LARGEST_BATCH // 2 + 1)
    together = await renamed_together(connection, keys)
    before = await last_sequence(connection)
    for no in (together.check, lambda: asyncio.ensure_future(together.store())):
        with pytest.raises(Refused) as refusal:
            waiting = no()
            if waiting is not None:
                await waiting
        assert refusal.value.params == {"facts": LARGEST_BATCH + 2, "allowed": LARGEST_BATCH}
    assert await last_sequence(connection) == before


async def test_a_batch_of_the_largest_size_is_taken(replica: Connect, key: str) -> None:
    connection = await replica()
    together = await renamed_together(connection, keys_of(key, LARGEST_BATCH // 2))
    before = await last_sequence(connection)
    assert await together.store() == before + LARGEST_BATCH


async def test_nothing_decided_stores_nothing(replica: Connect, key: str) -> None:
    connection = await replica()
    handle = renaming(connection)
    await handle(key, Rename(("a",)), Cause("first"))
    together = Together(HistoryLog(connection))
    assert await together.look(handle, key) == ("a",)
    assert together.decide(handle, key, Rename(("a",)), Cause("again", "digest")) == ()
    assert (together.facts, await together.store()) == (0, 0)


async def test_a_retry_finds_what_its_command_said(replica: Connect, key: str) -> None:
    connection = await replica()
    keys = keys_of(key, 2)
    await (await renamed_together(connection, keys)).store()
    handle = renaming(connection)
    again = await begun(HistoryLog(connection), handle, keys, new=False)
    assert again.has_happened(handle, keys[0], Cause(f"{keys[0]}/1", "digest"))
    assert not again.has_happened(handle, keys[0], Cause("another", "digest"))
    with pytest.raises(Invalid, match="Idempotency-Key"):
        again.has_happened(handle, keys[0], Cause(f"{keys[0]}/1", "of another request"))


async def test_a_batch_whose_beginning_was_cut_off_leaves_nothing(
    replica: Connect, key: str
) -> None:
    """The connection breaks after the first messages: the server forgets them."""
    connection, reader = await replica(), await replica()
    keys = keys_of(key, 300)
    together = await renamed_together(connection, keys)
    inner, sent = connection.client.publish, 0

    async def breaking(*args: object, **options: object) -> None:
        nonlocal sent
        sent += 1
        if sent > 100:
            await connection.client.close()
        await inner(*args, **options)  # type: ignore[arg-type]

    connection.client.publish = breaking  # type: ignore[method-assign]
    with pytest.raises(Unavailable):
        await together.store(HistoryLog(reader, 0.5).patience())
    assert {await names(reader, each) for each in keys} == {()}
    again = await renamed_together(reader, keys, new=False)
    await again.store()
    assert {await names(reader, each) for each in keys} == {("a", "b")}


async def test_lost_questions_and_answers_never_store_half(replica: Connect, key: str) -> None:
    """What a batch that was never answered became is found out: all of it, or nothing yet."""
    reader = await replica()
    connections = [lossy(await replica(), 0.3, seed) for seed in range(4)]
    keys = keys_of(key, 30)

    async def persistent(number: int, connection: Connection) -> None:
        handle, log = renaming(connection), HistoryLog(connection)
        while True:
            together = await begun(log, handle, keys, new=False)
            if together.has_happened(handle, keys[0], Cause(f"{number}/{keys[0]}", "digest")):
                return
            for each in keys:
                name = Rename((str(number),))
                together.decide(handle, each, name, Cause(f"{number}/{each}", "digest"))
            try:
                await together.store()
                return
            except Conflict:
                await asyncio.sleep(0.01)

    await asyncio.gather(*(persistent(*each) for each in enumerate(connections)))
    found = {await names(reader, each) for each in keys}
    (order,) = found
    assert sorted(order) == ["0", "1", "2", "3"]
    stored = [event for each in keys for event in await history(reader, each)]
    assert len({event.id for event in stored}) == len(stored) == 4 * len(keys)
    assert {event.subject for event in stored} == {AGENCY.subject(each) for each in keys}
