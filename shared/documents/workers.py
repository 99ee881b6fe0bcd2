"""One process apart that does one piece of work after another, within bounds."""

import logging
import multiprocessing
import resource
import signal
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import ParamSpec, TypeVar, cast

P = ParamSpec("P")
T = TypeVar("T")
Work = tuple[Callable[..., object], tuple[object, ...], dict[str, object]]

# Processor time is what a file may cost; the clock is generous, since others share the machine.
CPU_SECONDS = 15
WORK_SECONDS = 45.0
END_SECONDS = 5.0
MEMORY_BYTES = 1024 * 1024 * 1024
# How a process ends that was told to; the last is of one whose parent went with it.
BY_OTHERS = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGHUP, -signal.SIGINT, 255)
PRELOADED = ["shared.documents.inspection.inspecting"]


class Broke(Exception):
    """The work took too long or too much, or broke the process it was done in."""


class Killed(Exception):
    """Somebody else ended the process: the system for want of memory, or a hand."""


class Worker:
    """Forked from a process that has the parsers, and nothing else of the service.

    Good for one caller at a time; of no more use after an exception.
    """

    def __init__(self) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(PRELOADED)
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs,), daemon=True)
        self._process.start()
        theirs.close()
        self.answers = 0

    def ask(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the work returns; what it raises is Broke. Both ways it goes through a pipe."""
        try:
            self._pipe.send((work, args, kwargs))
            if not self._pipe.poll(WORK_SECONDS):
                raise Broke("It takes too long.")
            answer = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise self._fate() from error
        self.answers += 1
        return cast("T", answer)

    def kill(self) -> None:
        """At once, whatever it does; from any thread."""
        self._process.kill()

    def close(self) -> None:
        """Ended, and nothing left of it; only where nobody asks it."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()

    def _fate(self) -> Broke | Killed:
        self._process.join(END_SECONDS)
        if self._process.exitcode in BY_OTHERS:
            return Killed()
        return Broke(f"The process ended with {self._process.exitcode}.")


def _serve(pipe: "Connection[object, object]") -> None:
    """In the process: until the service ends, or the first piece of work that goes wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the service to heed
    logging.disable()
    _limit(resource.RLIMIT_AS, MEMORY_BYTES)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    with suppress(EOFError, OSError):
        while True:
            work, args, kwargs = cast("Work", pipe.recv())
            _give_time()
            pipe.send(work(*args, **kwargs))


def _limit(what: int, most: int) -> None:
    """Not every system has every limit; none is worth refusing all files for."""
    with suppress(ValueError, OSError):
        resource.setrlimit(what, (most, most))


def _give_time() -> None:
    """So much processor time from now on; the system ends the process when it is used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    until = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
    _, most = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (until, most))
