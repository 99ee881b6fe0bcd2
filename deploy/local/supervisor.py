"""Keeps programs running: starts them in stages, restarts what dies, stops in reverse order."""

import asyncio
import time
from asyncio.subprocess import Process
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Self

from deploy.local.ports import refuse_busy
from deploy.local.processes import (
    CannotStart,
    Program,
    cause,
    end,
    launch,
    together,
    trim,
    until_ready,
)

FIRST_PAUSE_SECONDS = 0.2
LONGEST_PAUSE_SECONDS = 5.0
CALM_SECONDS = 30.0
BETWEEN_TRIMS_SECONDS = 30.0

Report = Callable[[str], None]


class Kept:
    """One program with its current process. A program that flaps is restarted ever more slowly."""

    def __init__(self, program: Program, report: Report) -> None:
        self.program = program
        self.process: Process | None = None
        self._report = report
        self._watch: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await refuse_busy(self.program.name, self.program.ports)
        self.process = await launch(self.program)
        await until_ready(self.program, self.process)
        self._watch = asyncio.create_task(self._keep(self.process))

    async def stop(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.wait([self._watch])
        if self.process is not None:
            await end(self.program, self.process)

    async def _keep(self, process: Process) -> None:
        restarts, pause, began = 0, FIRST_PAUSE_SECONDS, time.monotonic()
        while True:
            status = await process.wait()
            restarts += 1
            calm = time.monotonic() - began > CALM_SECONDS
            pause = FIRST_PAUSE_SECONDS if calm else pause
            name = self.program.name
            self._report(f"{name} ended with {cause(status)}; restart {restarts} in {pause:.1f} s")
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
            began = time.monotonic()
            self.process = process = await self._launch_at_last()
            await self._say_when_ready(process, began)

    async def _launch_at_last(self) -> Process:
        """A full disk or too many processes may pass, and must not end the keeping."""
        while True:
            try:
                return await launch(self.program)
            except OSError as error:
                self._report(f"{self.program.name} cannot be started: {error.strerror}")
                await asyncio.sleep(LONGEST_PAUSE_SECONDS)

    async def _say_when_ready(self, process: Process, began: float) -> None:
        try:
            await until_ready(self.program, process)
        except CannotStart as reason:
            if process.returncode is None:  # if it has ended, the next round says so
                self._report(str(reason))
            return
        self._report(f"{self.program.name} serves again after {time.monotonic() - began:.1f} s")


class Supervisor:
    """`async with Supervisor(report) as s: await s.start(a, b); await s.start(c)`.

    Each `start` is a stage: its programs start side by side, and it returns when all are ready.
    Leaving stops the stages in reverse order. Must be entered in a thread that outlives it
    (see leash.py).
    """

    def __init__(self, report: Report) -> None:
        self._report = report
        self._stages: list[list[Kept]] = []
        self._trimmer: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._trimmer = asyncio.create_task(self._trim_logs())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self, *programs: Program) -> None:
        """Raises CannotStart with the first reason; what has started is stopped on leaving."""
        stage = [Kept(program, self._report) for program in programs]
        self._stages.append(stage)
        await together(*(kept.start() for kept in stage))

    async def stop(self) -> None:
        """Ends everything; returns when no process is left."""
        if self._trimmer is not None:
            self._trimmer.cancel()
        while self._stages:
            await asyncio.gather(*(kept.stop() for kept in self._stages.pop()))

    def pids(self) -> dict[str, int]:
        """The process id of each program that runs now, by its name."""
        return {
            kept.program.name: kept.process.pid
            for stage in self._stages
            for kept in stage
            if kept.process is not None and kept.process.returncode is None
        }

    async def _trim_logs(self) -> None:
        while True:
            await asyncio.sleep(BETWEEN_TRIMS_SECONDS)
            for stage in self._stages:
                for kept in stage:
                    with suppress(OSError):
                        trim(kept.program.log)
