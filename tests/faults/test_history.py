"""The history while servers are killed, stopped and away."""

import asyncio
import json
import os
import signal
from collections.abc import AsyncGenerator, Awaitable, Callable
from dataclasses import replace

import pytest

from shared.bus import stream_settings
from shared.errors import Invalid, Unavailable
from shared.events.submission import AGENCY
from shared.history import Cause, Connection
from shared.history.envelope import headers_of
from shared.history.names import STREAM
from tests.integration.history.conftest import with_stream
from tests.integration.history.test_append_race import Answers, check, write
from tests.renaming import Rename, connected, names, renamed, renaming
from tests.servers import Running, nats_client, until
from tests.waiting import holds

KEY = "hss-dinkes"


@pytest.fixture
async def connections(fresh_stream: Running) -> AsyncGenerator[list[Connection]]:
    opened = [await connected(fresh_stream) for _ in range(3)]
    yield opened
    for each in opened:
        await each.close()


async def leader(cluster: Running) -> str:
    async with nats_client(cluster.addresses, "admin") as admin:
        info = await admin.jetstream().stream_info(STREAM)
    assert info.cluster is not None
    return info.cluster.leader or ""


async def disturbed(
    connections: list[Connection], disturb: Callable[[], Awaitable[None]]
) -> Answers:
    """Six writers, disturbed once each has been answered a few times."""
    answers: Answers = {}
    handlers = [renaming(each) for each in connections]

    async def keep_writing(number: int) -> None:
        for turn in range(12):
            handle = handlers[number % len(handlers)]
            answers.update(await write(handle, KEY, f"{number}.{turn}", 1 + turn % 2))

    async with asyncio.TaskGroup() as group:
        for number in range(6):
            group.create_task(keep_writing(number))
        await until(lambda: len(answers) > 15)
        await disturb()
    return answers


async def test_a_killed_leader_loses_and_doubles_nothing(fresh_cluster: Running) -> None:
    cluster = await with_stream(fresh_cluster, 3)
    connections = [await connected(cluster) for _ in range(3)]

    async def kill() -> None:
        os.kill(cluster.pids()[await leader(cluster)], signal.SIGKILL)
        await until(lambda: any("serves again" in each for each in cluster.reports), 30)

    answers = await disturbed(connections, kill)
    await check(connections[0], KEY, answers)
    for each in connections:
        await each.close()


async def test_a_killed_node_loses_and_doubles_nothing(
    fresh_stream: Running, connections: list[Connection]
) -> None:
    async def kill() -> None:
        os.kill(fresh_stream.pids()["nats"], signal.SIGKILL)

    await check(connections[0], KEY, await disturbed(connections, kill))


@pytest.mark.parametrize("many", [("a",), ("a", "b", "c")])
async def test_a_server_that_hangs_is_unavailable_and_nothing_is_half_done(
    fresh_stream: Running, connections: list[Connection], many: tuple[str, ...]
) -> None:
    server = fresh_stream.pids()["nats"]
    handle = renaming(connections[0], deadline_seconds=0.5)
    os.kill(server, signal.SIGSTOP)
    try:
        with pytest.raises(Unavailable) as caught:
            await handle(KEY, Rename(many), Cause("first"), new=True)
    finally:
        os.kill(server, signal.SIGCONT)
    assert caught.value.code == "history_unavailable"
    assert await names(connections[1], KEY) in ((), many)
    # What the client sends again is the same command, whatever became of the first.
    outcome = await renaming(connections[1])(KEY, Rename(many), Cause("first"))
    assert (outcome.version, await names(connections[2], KEY)) == (len(many), many)


async def test_what_was_refused_for_lack_of_a_server_is_not_sent_later(
    fresh_stream: Running, connections: list[Connection]
) -> None:
    os.kill(fresh_stream.pids()["nats"], signal.SIGKILL)
    await until(lambda: not connections[0].is_connected)
    with pytest.raises(Unavailable):
        await renaming(connections[0], 0.05)(KEY, Rename(("a",)), Cause("first"), new=True)

    async def back() -> bool:
        return all(each.is_connected for each in connections)

    await holds(back)
    await renaming(connections[0])(KEY, Rename(("b",)), Cause("second"))
    assert await names(connections[1], KEY) == ("b",)


async def test_a_command_is_known_long_after_the_duplicate_window(
    fresh_stream: Running, connections: list[Connection]
) -> None:
    async with nats_client(fresh_stream.addresses, "admin") as admin:
        config = {**stream_settings(1), "duplicate_window": 100_000_000}
        await ask_update(admin.request, config)
    behind, ahead = (renaming(each) for each in connections[:2])
    await behind(KEY, Rename(("0",)), Cause("zero"))
    original = await ahead(KEY, Rename(("a",)), Cause("first", digest="d"))
    await window_over(connections[2])
    again = Cause("first", digest="d")
    for handle in (behind, ahead, renaming(connections[2])):
        assert await handle(KEY, Rename(("a",)), again) == original
    with pytest.raises(Invalid):
        await renaming(connections[2])(KEY, Rename(("z",)), replace(again, digest="other"))
    assert await names(connections[2], KEY) == ("0", "a")


async def ask_update(request: Callable[..., Awaitable[object]], config: object) -> None:
    await request(f"$JS.API.STREAM.UPDATE.{STREAM}", json.dumps(config).encode(), timeout=5)


async def window_over(connection: Connection) -> None:
    """Ends when the server has forgotten an id that it was told after everything else."""
    subject = AGENCY.subject("probe")
    fact, trace = renamed("probe"), Cause("probe").trace
    headers = {**headers_of(fact, subject, 1, 0, trace), "Nats-Msg-Id": "probe"}

    async def forgotten() -> bool:
        body = fact.model_dump_json().encode()
        return not (await connection.jetstream.publish(subject, body, headers=headers)).duplicate

    assert await forgotten()
    await holds(forgotten)
