"""Processes apart, in which parsers meet untrusted files: what one file breaks stays its own.

Bounds on time, memory and what is written guard the service against a file that crashes, hangs
or swells a parser. They are no jail against a file that takes a parser over.
"""

from collections.abc import Callable
from threading import BoundedSemaphore, Lock
from typing import ParamSpec, TypeVar

from shared.documents.content import Failed
from shared.documents.inspection import Inspected, Limits, NoPicture
from shared.documents.workers import Broke, Killed, Worker
from shared.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")

WORKERS = 2
FILES_PER_WORKER = 500
WAITING_SECONDS = 60.0


class Sandbox:
    """A few workers for all files, started when they are needed. Blocking; from any thread.

    Unavailable, never a refusal, where it is not the file that is at fault.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._turns = BoundedSemaphore(WORKERS)
        self._guard = Lock()
        self._idle: list[Worker] = []
        self._busy: set[Worker] = set()
        self._is_closed = False

    def inspect(self, source: bytes | str, media_type: str) -> Inspected | Failed:
        """The file, as bytes or as a path, held against the rules of its type."""
        try:
            return self.run(_inspect, source, media_type, self._limits)
        except Broke:
            return Failed("unreadable")

    def text_of(self, source: bytes | str) -> str | None:
        """What a PDF says; None when it says nothing or cannot be read."""
        try:
            return self.run(_text_of, source)
        except Broke:
            return None

    def picture_of(
        self, source: bytes | str, media_type: str, page: int, width: int
    ) -> bytes | NoPicture:
        """A page of the file as a PNG picture, or why there is none."""
        try:
            return self.run(_picture_of, source, media_type, page, width, self._limits)
        except Broke:
            return "unreadable"

    def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """What the work returns, done apart; Broke when it breaks what it is done in.

        It is done again, once, when somebody else ended the process.
        """
        if not self._turns.acquire(timeout=WAITING_SECONDS):
            raise _unavailable()
        try:
            return self._asked(work, *args, **kwargs)
        except Killed:
            return self._asked_again(work, *args, **kwargs)
        finally:
            self._turns.release()

    def close(self) -> None:
        """Ends the processes; who waits for one gets Unavailable."""
        with self._guard:
            self._is_closed = True
            idle, self._idle = self._idle, []
            for worker in self._busy:
                worker.kill()
        for worker in idle:
            worker.close()

    def _asked_again(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return self._asked(work, *args, **kwargs)
        except Killed as error:
            raise _unavailable() if self._is_closed else Broke() from error

    def _asked(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        worker = self._taken()
        try:
            answer = worker.ask(work, *args, **kwargs)
        except BaseException:
            self._given_back(worker, is_well=False)
            raise
        self._given_back(worker, is_well=worker.answers < FILES_PER_WORKER)
        return answer

    def _taken(self) -> Worker:
        with self._guard:
            if self._is_closed:
                raise _unavailable()
            try:
                worker = self._idle.pop() if self._idle else Worker()
            except OSError as error:
                raise _unavailable() from error
            self._busy.add(worker)
            return worker

    def _given_back(self, worker: Worker, *, is_well: bool) -> None:
        with self._guard:
            self._busy.discard(worker)
            if is_well and not self._is_closed:
                self._idle.append(worker)
                return
        worker.close()


def _inspect(source: bytes | str, media_type: str, limits: Limits) -> Inspected | Failed:
    # Here and not above: only workers load the parsers.
    from shared.documents.inspection.inspecting import inspect

    return inspect(source, media_type, limits)


def _text_of(source: bytes | str) -> str | None:
    from shared.documents.inspection.inspecting import text_of  # as above

    return text_of(source)


def _picture_of(
    source: bytes | str, media_type: str, page: int, width: int, limits: Limits
) -> bytes | NoPicture:
    from shared.documents.inspection.inspecting import picture_of  # as above

    return picture_of(source, media_type, page, width, limits)


def _unavailable() -> Unavailable:
    return Unavailable("inspection_unavailable", "Files cannot be looked into now; try again.")
