"""A replay by several processes beside one by this process alone."""

import os
import signal
from collections.abc import Sequence
from datetime import datetime

import psutil

from services.audit.auditing import TO_THE_END
from services.audit.domain import Report
from services.audit.reading import HeldSource, JointReading, Progress, Reading, Until
from shared.events.submission import LevelClaimed
from shared.history.envelope import Message
from tests.unit.audit.past import sequence_of, tampered
from tests.unit.audit.prized import prized
from tests.unit.audit.test_replay import set_path

PROCESSES = 2
HALF = 100


def unwatched(progress: Progress) -> None:
    del progress


async def alone(messages: Sequence[Message], until: Until = TO_THE_END) -> Report:
    return await Reading(HeldSource(messages)).read(until, unwatched)


def joint(messages: Sequence[Message], worth_it: int = 0) -> JointReading:
    source = HeldSource(messages)
    return JointReading(source, Reading(source), PROCESSES, worth_it)


def working() -> list[int]:
    return [
        each.pid
        for each in psutil.Process().children()
        if "services.audit.reading.working" in each.cmdline()
    ]


async def test_several_processes_tell_what_one_tells_and_end_with_their_context():
    messages = (await prized()).messages
    seen: list[Progress] = []
    with joint(messages) as reading:
        assert await reading.read(TO_THE_END, seen.append) == await alone(messages)
        assert len(working()) == PROCESSES
        single = Reading(HeldSource(messages))
        await single.read(TO_THE_END, unwatched)
        key = messages[-1].subject.rpartition(".")[2]
        told = sorted(reading.documents(key), key=str)
        assert told == sorted(single.documents(key), key=str)
        assert told
    assert seen[-1] == Progress(len(messages), len(messages), len(messages), 0)
    assert working() == []


async def test_a_joint_replay_goes_on_where_it_ended():
    messages = (await prized()).messages
    with joint(messages) as reading:
        until = Until(sequence=HALF)
        assert await reading.read(until, unwatched) == await alone(messages, until)
        assert await reading.read(TO_THE_END, unwatched) == await alone(messages)


async def test_a_joint_replay_ends_at_a_moment_and_goes_on():
    messages = (await prized()).messages
    until = Until(moment=datetime.fromisoformat(messages[HALF].headers["ce-time"]))
    with joint(messages) as reading:
        assert await reading.read(until, unwatched) == await alone(messages, until)
        assert len(working()) == PROCESSES
        assert await reading.read(TO_THE_END, unwatched) == await alone(messages)


async def test_what_is_amiss_is_named_as_by_one_process():
    messages = (await prized()).messages
    at = sequence_of(messages, LevelClaimed)
    forged = tampered(messages, at, set_path("innovation_id", "another"))
    with joint(forged) as reading:
        report = await reading.read(TO_THE_END, unwatched)
    assert report == await alone(forged)
    assert report.findings


async def test_a_gap_is_named_as_by_one_process():
    messages = (await prized()).messages
    lacking = [*messages[:HALF], *messages[HALF + 1 :]]
    with joint(lacking) as reading:
        report = await reading.read(TO_THE_END, unwatched)
    assert report == await alone(lacking)
    assert "gap" in {each.kind for each in report.findings}


async def test_the_death_of_a_process_leaves_nothing_unjudged():
    messages = (await prized()).messages
    with joint(messages) as reading:
        await reading.read(Until(sequence=HALF), unwatched)
        os.kill(working()[0], signal.SIGKILL)
        assert await reading.read(TO_THE_END, unwatched) == await alone(messages)


async def test_few_events_are_replayed_by_this_process_alone():
    messages = (await prized()).messages
    with joint(messages, worth_it=len(messages) + 1) as reading:
        assert await reading.read(TO_THE_END, unwatched) == await alone(messages)
        assert working() == []
