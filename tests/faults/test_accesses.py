"""What cannot be recorded as opened is not shown; what was asked twice is recorded once."""

import os
import signal
from datetime import UTC, datetime, timedelta

import pytest

from shared.accesses import Openings, opening
from shared.errors import Unavailable
from shared.events.submission import ACCESS, EvidenceOpened
from shared.history import Connection, Handler, HistoryLog
from shared.identity import Access, Caller, Relation, Role
from tests.renaming import connected
from tests.servers import Running

DOCUMENT = "1" * 64
NOW = datetime(2026, 9, 1, 9, 7, tzinfo=UTC)
READER = Access(
    Caller("operator-1", frozenset({Role.SKPD_OPERATOR}), "hss-dinkes", ("hss", "hss-dinkes")),
    frozenset({Relation.OWN_AGENCY}),
)


def asking(connection: Connection, seconds: float = 20.0, now: datetime = NOW) -> Openings:
    """A replica that asks for the first time."""
    handler = Handler(HistoryLog(connection, seconds), ACCESS, opening(EvidenceOpened))
    return Openings(handler, lambda: now)


async def moments(connection: Connection) -> list[datetime]:
    events = await HistoryLog(connection).facts(ACCESS.subject(DOCUMENT))
    return [event.fact.at for event in events]


async def test_while_the_history_hangs_nothing_is_shown(fresh_stream: Running) -> None:
    connection = await connected(fresh_stream)
    server = fresh_stream.pids()["nats"]
    os.kill(server, signal.SIGSTOP)
    try:
        with pytest.raises(Unavailable) as caught:
            await asking(connection, 0.5).record(READER, DOCUMENT, "inov-1", "link")
    finally:
        os.kill(server, signal.SIGCONT)
    assert caught.value.code == "history_unavailable"
    # What is asked again is the same look, whatever became of the first.
    for how in ("text", "picture", "link"):
        await asking(connection).record(READER, DOCUMENT, "inov-1", how)
    assert await moments(connection) == [NOW]
    await connection.close()


async def test_replicas_whose_clocks_differ_record_one_look(fresh_stream: Running) -> None:
    connection = await connected(fresh_stream)
    ahead = NOW + timedelta(minutes=8)
    for now in (NOW, ahead, ahead + timedelta(minutes=6), ahead + timedelta(minutes=7)):
        await asking(connection, now=now).record(READER, DOCUMENT, "inov-1", "link")
    assert await moments(connection) == [NOW, ahead + timedelta(minutes=7)]
    await connection.close()
