"""The history read back: an aggregate, a stretch of the stream, one fact, the tail."""

import pytest

from shared.errors import Unavailable
from shared.events.submission import AGENCY
from shared.history import Cause, Connection, Gap, HistoryLog, Tail, read_all
from shared.history.envelope import recorded
from shared.history.reader import last_sequence
from tests.integration.history.conftest import Connect
from tests.renaming import Rename, renaming

LONG = 1203


@pytest.fixture
async def connection(replica: Connect) -> Connection:
    return await replica()


async def test_an_aggregate_without_facts_is_empty(connection: Connection, key: str) -> None:
    log = HistoryLog(connection)
    assert await log.tail(AGENCY.subject(key)) == Tail(0, 0)
    assert await log.facts(AGENCY.subject(key)) == []


async def test_long_and_short_stretches_are_read_whole(connection: Connection, key: str) -> None:
    handle, log, subject = renaming(connection), HistoryLog(connection), AGENCY.subject(key)
    for turn in range(3):
        many = tuple(f"{turn}.{number}" for number in range(LONG // 3))
        await handle(key, Rename(many), Cause(str(turn)))
    await handle(f"{key}-other", Rename(("between",)), Cause("between"))
    facts = await log.facts(subject)
    assert [event.version for event in facts] == list(range(1, LONG + 1))
    assert await log.facts(subject, after=facts[-2].sequence) == facts[-1:]
    assert await log.facts(subject, after=facts[-1].sequence) == []
    assert await log.fact(facts[5].sequence) == facts[5]
    assert await log.tail(subject) == Tail(facts[-1].sequence, LONG, facts[-1])
    last = await last_sequence(connection)
    assert [recorded(each) async for each in read_all(connection, 1, last, subject)] == facts
    everything = [each.sequence async for each in read_all(connection, 1, last)]
    assert everything == list(range(1, last + 1))


async def test_a_stretch_ends_where_it_was_told_to(connection: Connection, key: str) -> None:
    await renaming(connection)(key, Rename(("a", "b", "c", "d")), Cause("first"))
    first = (await HistoryLog(connection).facts(AGENCY.subject(key)))[0].sequence
    subject = AGENCY.subject(key)
    found = [each.sequence async for each in read_all(connection, first + 1, first + 2, subject)]
    assert found == [first + 1, first + 2]


async def test_a_stream_that_ends_too_early_is_a_gap(connection: Connection, key: str) -> None:
    await renaming(connection)(key, Rename(("a",)), Cause("first"))
    last = await last_sequence(connection)
    with pytest.raises(Gap, match=str(last + 1)):
        _ = [each async for each in read_all(connection, last, last + 1)]


async def test_a_fact_beyond_the_end_is_none(connection: Connection) -> None:
    assert await HistoryLog(connection).fact(await last_sequence(connection) + 1) is None


async def test_a_closed_connection_is_unavailable(connection: Connection, key: str) -> None:
    await connection.close()
    log = HistoryLog(connection, deadline_seconds=0.1)
    with pytest.raises(Unavailable):
        await log.facts(AGENCY.subject(key))
    with pytest.raises(Unavailable):
        await last_sequence(connection)
    with pytest.raises(Unavailable):
        await renaming(connection, 0.1)(key, Rename(("a",)), Cause("first"), new=True)
    with pytest.raises(Unavailable):
        _ = [each async for each in read_all(connection, 1, 2)]
