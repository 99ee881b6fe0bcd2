"""One program as a child process: start it, know when it is ready, end it, keep its log small."""

import asyncio
import os
import shutil
import signal
import sys
import time
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

MAX_LOG_BYTES = 16 * 1024 * 1024
PROBE_SECONDS = 2.0
BETWEEN_PROBES_SECONDS = 0.05
LEASH = Path(__file__).with_name("leash.py")

Probe = Callable[[], Awaitable[bool]]


class CannotStart(Exception):
    """The stack cannot start; the message is one sentence for a person."""


@dataclass(frozen=True, slots=True)
class Program:
    """What to run: `argv[0]` is an absolute path, `env` is added to our own environment.

    `ready` answers whether the program serves; OSError and a time-out count as "not yet".
    `ports` are those it listens on, checked before it is started for the first time.
    """

    name: str
    argv: tuple[str, ...]
    log: Path
    ready: Probe
    env: Mapping[str, str] = field(default_factory=dict[str, str])
    ports: tuple[int, ...] = ()
    folder: Path | None = None
    ready_seconds: float = 30.0
    stop_seconds: float = 15.0


def executable(name: str) -> str:
    """Absolute path of a server that was installed beside the running Python.

    Raises CannotStart when it is missing.
    """
    path = Path(sys.executable).parent / name
    if not path.is_file():
        raise CannotStart(
            f"The program {name} is missing in {path.parent}; "
            "install the project with its extra `local`."
        )
    return str(path)


async def launch(program: Program) -> Process:
    """Start it in a session of its own, so that Ctrl-C in a terminal reaches only its parent."""
    program.log.parent.mkdir(parents=True, exist_ok=True)
    trim(program.log)
    with program.log.open("ab") as log:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-S", "-E", str(LEASH), str(os.getpid())),
            *program.argv,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, **program.env},
            cwd=program.folder,
            start_new_session=True,
        )


async def until_ready(program: Program, process: Process) -> None:
    """Returns when the program serves. Raises CannotStart when it ends or its time is over."""
    deadline = time.monotonic() + program.ready_seconds
    while time.monotonic() < deadline:
        if process.returncode is not None:
            raise CannotStart(
                f"{program.name} ended with {cause(process.returncode)} before it was ready; "
                f"its log {program.log} ends with: {last_line(program.log)}"
            )
        if await _answers(program.ready):
            return
        await asyncio.sleep(BETWEEN_PROBES_SECONDS)
    raise CannotStart(
        f"{program.name} was not ready after {program.ready_seconds:.0f} s; "
        f"its log {program.log} ends with: {last_line(program.log)}"
    )


async def _answers(ready: Probe) -> bool:
    with suppress(OSError, TimeoutError):
        return await asyncio.wait_for(ready(), PROBE_SECONDS)
    return False


async def together(*tasks: Coroutine[object, object, None]) -> None:
    """Waits for all of them, and then raises the first failure as it is, without a group."""
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if outcome is not None:
            raise outcome


async def end(program: Program, process: Process) -> None:
    """SIGTERM to its whole group, SIGKILL after `stop_seconds`; returns when it is gone."""
    _signal_group(process, signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), program.stop_seconds)
    except TimeoutError:
        await kill(process)


async def kill(process: Process) -> None:
    """SIGKILL to its whole group; returns when it is gone."""
    _signal_group(process, signal.SIGKILL)
    await process.wait()


def _signal_group(process: Process, number: signal.Signals) -> None:
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def cause(status: int) -> str:
    """`exit status 1` or `signal 9 (SIGKILL)`, from a return code as Python gives it."""
    if status >= 0:
        return f"exit status {status}"
    return f"signal {-status} ({signal.Signals(-status).name})"


def last_line(log: Path) -> str:
    """The last line that says something, for a sentence about a failed start."""
    lines = log.read_text(errors="replace").splitlines() if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "(nothing)")


def trim(log: Path, max_bytes: int = MAX_LOG_BYTES) -> None:
    """Move a log that grew too large to `<name>.1`.

    It is copied and cut, not renamed: a running program goes on writing to the open file, and does
    so at its end, because it was opened for appending.
    """
    if not log.exists() or log.stat().st_size <= max_bytes:
        return
    shutil.copyfile(log, log.with_name(log.name + ".1"))
    os.truncate(log, 0)
