"""A process that replays one share of a history: `python -m services.audit.reading.working`.

It is handed messages through an inherited pipe, and ends when that is closed.
"""

import gc
import signal
import sys
from contextlib import suppress
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

from services.audit.domain import Replay, documents_of
from services.audit.domain.shares import Share
from services.audit.reading.garbage import RARELY
from shared.editions import load
from shared.editions.taxes import load_table
from shared.history.envelope import Message

Row = tuple[str, int, dict[str, str], bytes]
"""A message: subject, sequence, headers, body."""


class Sharing:
    """One share's replay. After the moment that ends it nothing is taken until it was finished."""

    def __init__(self, share: Share) -> None:
        self._replay = Replay(load, load_table, share=share)
        self._sequence = 0
        self._is_over = False

    def take(self, rows: list[Row], moment: datetime | None) -> tuple[int, int, bool, bool]:
        """How many events, up to which sequence, whether the moment was reached, anything found."""
        for row in rows:
            if self._is_over or not self._replay.take(Message(*row), moment):
                self._is_over = True
                break
            self._sequence = row[1]
        return self._replay.events, self._sequence, self._is_over, bool(self._replay.findings)

    def finish(self, last: int | None) -> object:
        self._is_over = False
        return self._replay.finished(last, is_cut=last is None)

    def documents(self, key: str) -> object:
        standings = self._replay.world.standings.values()
        return [each for one in standings if one.key == key for each in documents_of(one)]


def serve(pipe: "Connection[Any, Any]", sharing: Sharing) -> None:
    """Each question is the name of what is asked, and with what."""
    with suppress(EOFError, OSError):
        while True:
            asked, *told = pipe.recv()
            pipe.send(getattr(sharing, asked)(*told))


def main(fileno: str, number: str, of: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for whoever reads to heed
    gc.set_threshold(*RARELY)
    serve(Connection(int(fileno)), Sharing(Share(int(number), int(of))))


if __name__ == "__main__":
    main(*sys.argv[1:])
