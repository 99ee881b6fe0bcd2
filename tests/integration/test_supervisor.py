"""What runs is kept running, is stopped in order, and never outlives who started it."""

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from minio import Minio
from pymongo import MongoClient

from deploy.local.objects import EVIDENCE, REGION
from deploy.local.ports import block_ports, free_ports
from deploy.local.processes import CannotStart, Program
from deploy.local.stack import Addresses, Servers
from deploy.local.supervisor import Supervisor
from shared.history.names import PREFIX, STREAM
from tests.interrupts import heeding_interrupts
from tests.servers import Running, nats_client, until

SUPERVISOR = """
import asyncio, pathlib, sys
from deploy.local.ports import block_ports
from deploy.local.stack import Servers

async def main():
    async with Servers(pathlib.Path(sys.argv[1]), block_ports(int(sys.argv[2])),
                       sharing="shared") as servers:
        print(*servers.supervisor.pids().values(), flush=True)
        await asyncio.Event().wait()

asyncio.run(main())
"""


async def at_once() -> bool:
    return True


def python(name: str, folder: Path, code: str, **more: object) -> Program:
    argv = (sys.executable, "-c", code)
    values: dict[str, object] = {"ready": at_once, **more}
    return Program(name, argv, folder / f"{name}.log", **values)  # type: ignore[arg-type]


def is_gone(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


async def test_a_killed_server_is_restarted_reported_and_has_its_facts(
    fresh_stream: Running,
) -> None:
    killed = fresh_stream.pids()["nats"]
    async with nats_client(fresh_stream.addresses, "awards") as client:
        js = client.jetstream(prefix=PREFIX)
        await js.publish("inda.v1.awards.fund.1", b"{}", stream=STREAM)
        os.kill(killed, signal.SIGKILL)
        await until(lambda: len(fresh_stream.reports) == 2, 30)
    async with nats_client(fresh_stream.addresses, "awards") as client:
        fact = await client.jetstream(prefix=PREFIX).get_last_msg(STREAM, "inda.v1.awards.fund.1")
    ended, back = fresh_stream.reports
    assert ended == "nats ended with signal 9 (SIGKILL); restart 1 in 0.2 s"
    assert back.startswith("nats serves again after ")
    assert (fact.seq, fact.data) == (1, b"{}")
    assert fresh_stream.pids()["nats"] != killed


async def test_killed_databases_and_object_storage_come_back_with_what_they_acknowledged(
    tmp_path: Path,
) -> None:
    reports: list[str] = []
    with free_ports() as ports:
        async with Servers(
            tmp_path, ports, sharing="shared", parts=("mongo", "objects"), report=reports.append
        ) as servers:
            url, objects = servers.addresses.mongo_urls["awards"], admin_of(servers.addresses)
            await asyncio.to_thread(store, url, objects)
            for pid in servers.supervisor.pids().values():
                os.kill(pid, signal.SIGKILL)
            await until(lambda: sum("serves again" in report for report in reports) == 2, 30)
            assert await asyncio.to_thread(stored, url, objects) == (50, b"text")


def admin_of(addresses: Addresses) -> Minio:
    key = addresses.s3_keys["admin"]
    return Minio(addresses.s3_endpoint, key.access, key.secret, secure=False, region=REGION)


def store(url: str, objects: Minio) -> None:
    objects.put_object(EVIDENCE, "a", io.BytesIO(b"text"), 4)
    with MongoClient[dict[str, object]](url) as client:
        for number in range(50):
            client["awards"]["funds"].insert_one({"_id": number})


def stored(url: str, objects: Minio) -> tuple[int, bytes]:
    with MongoClient[dict[str, object]](url) as client:
        documents = client["awards"]["funds"].count_documents({})
    return documents, objects.get_object(EVIDENCE, "a").read()


async def test_a_program_that_flaps_is_restarted_ever_more_slowly(tmp_path: Path) -> None:
    reports: list[str] = []
    async with Supervisor(reports.append) as supervisor:
        await supervisor.start(python("flapping", tmp_path, "raise SystemExit(3)"))
        await until(lambda: "restart 3" in " ".join(reports), 20)
        ended = [report for report in reports if "; restart" in report]
    assert ended[:3] == [
        "flapping ended with exit status 3; restart 1 in 0.2 s",
        "flapping ended with exit status 3; restart 2 in 0.4 s",
        "flapping ended with exit status 3; restart 3 in 0.8 s",
    ]


def on_stop(name: str, folder: Path, act: str, stop_seconds: float = 15.0) -> Program:
    """A program that is ready when it listens to SIGTERM, and then does `act` with its name."""
    started = folder / f"{name}.started"
    code = (
        "import pathlib, signal, sys\n"
        f"signal.signal(signal.SIGTERM, lambda *_: {act})\n"
        f"pathlib.Path({str(started)!r}).touch()\n"
        "while True: signal.pause()\n"
    )

    async def ready() -> bool:
        return started.exists()

    return python(name, folder, code, ready=ready, stop_seconds=stop_seconds)


async def test_stages_stop_in_reverse_order(tmp_path: Path) -> None:
    order = tmp_path / "order"

    def writes(name: str) -> Program:
        act = f"sys.exit(open({str(order)!r}, 'a').write({name!r}) and 0)"
        return on_stop(name, tmp_path, act)

    async with Supervisor(print) as supervisor:
        for name in "abc":
            await supervisor.start(writes(name))
    assert order.read_text() == "cba"


async def test_a_program_that_does_not_listen_to_the_stop_is_killed(tmp_path: Path) -> None:
    async with Supervisor(print) as supervisor:
        await supervisor.start(on_stop("deaf", tmp_path, "None", stop_seconds=0.2))
        (pid,) = supervisor.pids().values()
    assert is_gone(pid)


async def test_a_program_that_ends_too_early_is_explained_in_one_sentence(tmp_path: Path) -> None:
    async def never() -> bool:
        return False

    program = python("broken", tmp_path, "raise SystemExit('no disk')", ready=never)
    async with Supervisor(print) as supervisor:
        with pytest.raises(CannotStart) as refusal:
            await supervisor.start(program)
    assert str(refusal.value) == (
        "broken ended with exit status 1 before it was ready; "
        f"its log {tmp_path / 'broken.log'} ends with: no disk"
    )


async def test_a_port_taken_by_another_is_named_with_its_holder_and_the_setting(
    tmp_path: Path,
) -> None:
    with free_ports() as ports, socket.create_server(("127.0.0.1", ports.s3.filer)):
        with pytest.raises(CannotStart) as refusal:
            async with Servers(tmp_path, ports, parts=("objects",)):
                pass
        assert str(refusal.value) == (
            f"Port {ports.s3.filer} for objects is taken by "
            f"{psutil.Process().name()} (process {os.getpid()}); "
            "stop it, or set INDA_PORT_BASE to the first of 64 free ports."
        )


async def test_a_folder_in_use_is_refused_with_the_process_that_uses_it(
    tmp_path: Path,
) -> None:
    with free_ports() as ports, free_ports() as others:
        async with Servers(tmp_path, ports, parts=("nats",)):
            with pytest.raises(CannotStart) as refusal:
                async with Servers(tmp_path, others, parts=("nats",)):
                    pass
    assert str(refusal.value) == (
        f"Another stack (process {os.getpid()}) runs on the folder {tmp_path}; "
        "stop it or choose another folder."
    )


async def test_a_folder_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "data"
    with free_ports() as ports, pytest.raises(CannotStart) as refusal:
        async with Servers(folder, ports, parts=("nats",)):
            pass
    assert str(refusal.value) == f"The folder {folder} cannot be used: Not a directory."


async def test_a_supervisor_killed_at_once_leaves_nothing_that_blocks_the_next(
    tmp_path: Path,
) -> None:
    with free_ports() as ports:
        first = ports.nats[0].client
        pids = await asyncio.to_thread(_run_and_kill, tmp_path, first)
        await until(lambda: all(is_gone(pid) for pid in pids))
        assert len(pids) == 3
        async with Servers(tmp_path, block_ports(first), sharing="shared") as servers:
            assert len(servers.supervisor.pids()) == 3


def _run_and_kill(folder: Path, first: int) -> list[int]:
    argv = [sys.executable, "-c", SUPERVISOR, str(folder), str(first)]
    with subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) as supervisor:
        assert supervisor.stdout is not None
        pids = [int(word) for word in supervisor.stdout.readline().split()]
        supervisor.kill()
    return pids


async def test_an_interrupt_in_the_terminal_stops_the_servers_in_order(tmp_path: Path) -> None:
    with free_ports() as ports:
        argv = [sys.executable, "-c", SUPERVISOR, str(tmp_path), str(ports.nats[0].client)]
        running = await asyncio.create_subprocess_exec(
            *argv, stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=heeding_interrupts
        )
        assert running.stdout is not None
        pids = [int(word) for word in (await running.stdout.readline()).split()]
        running.send_signal(signal.SIGINT)
        await running.communicate()
        assert len(pids) == 3
        assert all(is_gone(pid) for pid in pids)
    log = (tmp_path / "nats" / "nats.log").read_text()
    assert "Server Exiting" in log
