"""Many writers on one aggregate: each acknowledged fact is there once, versions have no gap."""

import asyncio
from collections.abc import Sequence

from shared.events.submission import AgencyEvent
from shared.history import Cause, Connection, Outcome
from tests.integration.history.conftest import Connect
from tests.integration.history.lossy import lossy
from tests.renaming import Rename, Renaming, history, renaming

Answers = dict[str, Outcome[AgencyEvent]]


async def write(handle: Renaming, key: str, writer: str, times: int) -> Answers:
    """Every fourth command is of three facts that must be one."""
    answers: Answers = {}
    for turn in range(times):
        command = f"{writer}-{turn}"
        names = (command,) if turn % 4 else (command, f"{command}+", f"{command}++")
        answers[command] = await handle(key, Rename(names), Cause(command))
    return answers


async def race(handlers: Sequence[Renaming], key: str, writers: int, times: int) -> Answers:
    async with asyncio.TaskGroup() as group:
        work = [
            group.create_task(write(handlers[number % len(handlers)], key, str(number), times))
            for number in range(writers)
        ]
    return {command: answer for task in work for command, answer in task.result().items()}


async def check(reader: Connection, key: str, answers: Answers) -> None:
    """What was answered is what is stored, and nothing else is."""
    stored = await history(reader, key)
    assert [event.version for event in stored] == list(range(1, len(stored) + 1))
    assert len({event.id for event in stored}) == len(stored)
    found: Answers = {}
    for event in stored:
        before = found.get(event.command_id)
        facts = (*(before.facts if before else ()), event.fact)
        found[event.command_id] = Outcome(key, event.version, event.sequence, facts)
    assert found == answers


async def test_every_acknowledged_fact_is_there_exactly_once(replica: Connect, key: str) -> None:
    connections = [await replica() for _ in range(3)]
    answers = await race([renaming(each) for each in connections], key, writers=30, times=20)
    assert len(answers) == 600
    await check(connections[0], key, answers)


async def test_replicas_that_each_remember_little_lose_nothing(replica: Connect, key: str) -> None:
    """Ten handlers that never wait for one another: only the server orders them."""
    connection = await replica()
    answers = await race([renaming(connection) for _ in range(10)], key, writers=10, times=8)
    await check(connection, key, answers)


async def test_lost_questions_and_answers_lose_and_double_nothing(
    replica: Connect, key: str
) -> None:
    connections = [lossy(await replica(), 0.2, seed) for seed in range(3)]
    answers = await race([renaming(each) for each in connections], key, writers=6, times=12)
    await check(await replica(), key, answers)


async def test_the_same_command_from_many_replicas_at_once_happens_once(
    replica: Connect, key: str
) -> None:
    connections = [await replica() for _ in range(3)]
    handlers = [renaming(each) for each in connections for _ in range(4)]
    answers = await asyncio.gather(
        *(handle(key, Rename(("a", "b")), Cause("same")) for handle in handlers)
    )
    (event, last) = await history(connections[0], key)
    assert answers == [Outcome(key, 2, last.sequence, (event.fact, last.fact))] * 12
