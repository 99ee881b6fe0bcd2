"""`make run`'s program as a process of its own, as somebody at a terminal has it."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic

import psutil

from deploy.local.applications import base_urls, issuer_url
from deploy.local.ports import SETTING, Ports, free_ports
from shared.bus import SERVICES

READY = "Ctrl-C stops everything"
START_SECONDS = 90.0
STOP_SECONDS = 60.0
# The name of a process in the stack's reports, and what its command line has.
MARKS = {
    "nats": "nats-server",
    "objects": "-dir=",
    "issuer": "deploy.local.issuer:",
    **{name: f"services.{name}.app:" for name in SERVICES},
    **{f"mongo-{name}": f"/mongo/{name}/data" for name in SERVICES},
}


class Program:
    """One `make run` on a folder and ports of its own. Its output goes to `output`."""

    def __init__(self, folder: Path, ports: Ports, *options: str) -> None:
        self.folder = folder
        self.ports = ports
        self.output = folder.with_name(f"{folder.name}-output.txt")
        self._options = options
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def urls(self) -> dict[str, str]:
        return base_urls(self.ports)

    @property
    def issuer(self) -> str:
        return issuer_url(self.ports)

    def start(self) -> None:
        """In a process group of its own, whose leader it is, as a shell does with a job."""
        command = [sys.executable, "-m", "deploy.local.run", "--folder", str(self.folder)]
        with self.output.open("wb") as output:
            self._process = subprocess.Popen(
                [*command, *self._options],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, SETTING: str(self.ports.nats[0].client)},
                start_new_session=True,
            )

    def said(self) -> str:
        return self.output.read_text(errors="replace")

    async def until_ready(self) -> float:
        """How many seconds that took, from now."""
        began = monotonic()
        await self.until_says(READY, START_SECONDS)
        return monotonic() - began

    async def until_says(self, text: str, seconds: float = 30.0) -> None:
        """Raises AssertionError with all it said when it ends, or says something else."""
        await until(lambda: text in self.said() or self.status() is not None, seconds, self.said)
        assert text in self.said(), self.said()

    def status(self) -> int | None:
        """The exit status, None while it runs."""
        assert self._process is not None
        return self._process.poll()

    def processes(self) -> dict[str, psutil.Process]:
        """What it keeps running now, by the names it reports them under."""
        assert self._process is not None
        children = psutil.Process(self._process.pid).children(recursive=True)
        lines = [(each, _command_line(each)) for each in children]
        return {name: each for name, mark in MARKS.items() for each, line in lines if mark in line}

    def processor_seconds(self) -> float:
        """What it and the processes that it keeps running have worked so far."""
        assert self._process is not None
        times = [
            each.cpu_times()
            for each in (psutil.Process(self._process.pid), *self.processes().values())
        ]
        return sum(each.user + each.system for each in times)

    async def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Signals its process group, as a terminal does, and waits for the exit status."""
        return await self.ended_by(lambda pid: os.killpg(pid, number))

    async def ended_by(self, end: Callable[[int], None]) -> int:
        assert self._process is not None
        end(self._process.pid)
        await until(lambda: self.status() is not None, STOP_SECONDS, self.said)
        status = self.status()
        assert status is not None
        return status

    def end_at_once(self) -> None:
        """Kills it; what it started dies with it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()


@contextmanager
def program(folder: Path, *options: str) -> Generator[Program]:
    """A program that is not started yet, and is gone in the end."""
    with free_ports() as ports:
        made = Program(folder, ports, *options)
        try:
            yield made
        finally:
            made.end_at_once()


async def until(
    true: Callable[[], bool], seconds: float, explain: Callable[[], str] = lambda: ""
) -> None:
    """Returns when it holds; raises AssertionError with the explanation when it does not."""
    end = monotonic() + seconds
    while not true():
        assert monotonic() < end, f"not so after {seconds:.0f} s: {explain()}"
        await asyncio.sleep(0.05)


def _command_line(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
