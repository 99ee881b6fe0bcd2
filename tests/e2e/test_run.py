"""`make run` serves, stops in order, and finds its data again."""

import re
from io import StringIO
from pathlib import Path
from signal import SIGINT, SIGTERM, Signals

import httpx
import psutil
import pytest
from rich.console import Console

from deploy.drive.sample import load_sample
from deploy.local.ports import BLOCK, is_free
from deploy.sample.script import SMALL
from shared.bus import SERVICES
from tests.e2e.program import MARKS, Program, program, until

READY_AGAIN_SECONDS = 15.0


@pytest.mark.timeout(240)
async def test_make_run_serves_stops_in_order_and_finds_its_data_again(tmp_path: Path) -> None:
    with program(tmp_path / "inda") as running:
        running.start()
        await running.until_ready()
        await everything_answers(running)
        titles = await innovations_listed(running)
        assert len(titles) == len(SMALL)
        await a_second_stack_on_the_folder_is_refused(running)
        await a_busy_port_is_named(running, tmp_path / "other")
        await everything_stops(running, SIGINT)

        await ready_again_in_time(running)
        assert await innovations_listed(running) == titles
        await everything_answers(running)
        await everything_stops(running, SIGTERM)


@pytest.mark.timeout(240)
async def test_ctrl_c_while_it_starts_leaves_nothing_behind(tmp_path: Path) -> None:
    with program(tmp_path / "inda", "--no-sample") as running:
        running.start()
        await until(lambda: bool(running.processes()), 60, running.said)
        before = set(running.processes().values())
        assert await running.stop(SIGINT) == 1
        assert running.said().splitlines()[-1] == "inda: stopped before it was ready."
        assert "Traceback" not in running.said()
        assert_gone(running, before)


async def test_a_sample_that_was_interrupted_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sample-begun").touch()
    said = Console(file=StringIO(), width=110)
    await load_sample({}, "", (), tmp_path, said)
    assert isinstance(said.file, StringIO)
    assert said.file.getvalue() == (
        "The sample season was not loaded to its end; what is there stays as it is.\n"
    )


async def everything_answers(running: Program) -> None:
    async with httpx.AsyncClient(trust_env=False) as client:
        for name in SERVICES:
            answer = await client.get(f"{running.urls[name]}/health/ready")
            assert (name, answer.status_code) == (name, 200)
    printed = running.said()
    for address in (*running.urls.values(), running.issuer):
        assert address in printed
    assert set(running.processes()) == set(MARKS)


async def innovations_listed(running: Program) -> set[str]:
    """The ids that the admin of the printed table sees."""
    async with httpx.AsyncClient(trust_env=False) as client:
        form = {"username": "admin-brida", "password": printed_password(running, "admin-brida")}
        granted = await client.post(f"{running.issuer}/token", data=form)
        assert granted.status_code == 200
        headers = {"Authorization": f"Bearer {granted.json()['access_token']}"}
        url = f"{running.urls['submission']}/innovations"
        listed = await client.get(url, params={"limit": 200}, headers=headers)
        return {each["innovation_id"] for each in listed.json()["items"]}


def printed_password(running: Program, username: str) -> str:
    row = re.search(rf"^\W*{username}\s+│\s+(\S+)\s+│", running.said(), re.MULTILINE)
    assert row is not None, running.said()
    return row.group(1)


async def a_second_stack_on_the_folder_is_refused(running: Program) -> None:
    with program(running.folder) as second:
        second.output = second.output.with_name("second-output.txt")
        second.start()
        assert await second.ended_by(lambda _: None) == 1
        assert "Another stack (process " in said_last(second)


async def a_busy_port_is_named(running: Program, folder: Path) -> None:
    with program(folder) as other:
        other.ports = running.ports
        other.start()
        assert await other.ended_by(lambda _: None) == 1
        assert re.search(r"^inda: Port \d+ for \S+ is taken by .+\.$", said_last(other))


def said_last(ended: Program) -> str:
    """Its last sentence, after which there is nothing."""
    assert "Traceback" not in ended.said()
    return ended.said().splitlines()[-1]


async def everything_stops(running: Program, how: Signals) -> None:
    before = set(running.processes().values())
    assert await running.stop(how) == 0
    assert "stopping the services, then the servers" in running.said()
    assert "ended with" not in running.said(), "something died on the way"
    assert_gone(running, before)


def assert_gone(running: Program, processes: set[psutil.Process]) -> None:
    assert [each for each in processes if each.is_running()] == []
    first = running.ports.nats[0].client
    assert [port for port in range(first, first + BLOCK) if not is_free(port)] == []


async def ready_again_in_time(running: Program) -> None:
    """The time that other programs took from the processors meanwhile does not count."""
    busy = busy_seconds()
    running.start()
    seconds = await running.until_ready()
    taken = busy_seconds() - busy - running.processor_seconds()
    counted = seconds - max(taken, 0.0) / (psutil.cpu_count() or 1)
    assert "submitted" not in running.said(), "the sample was loaded again"
    measured = f"ready again after {seconds:.1f} s, {counted:.1f} s without what others took"
    print(measured)
    assert counted <= READY_AGAIN_SECONDS, measured


def busy_seconds() -> float:
    """What all processors of this machine have worked so far."""
    times = psutil.cpu_times()
    return times.user + times.system
