"""Ends background work for certain, and the process where nothing else helps."""

import asyncio
import os
import signal
from collections.abc import Iterable
from typing import Any

AGAIN_SECONDS = 0.5


async def stop(tasks: Iterable[asyncio.Task[Any]]) -> None:
    """Cancels the tasks and returns when they have ended, whatever they ended with.

    Python 3.11's `wait_for` (which the NATS client waits with) loses a cancellation that comes
    together with the answer, so it is said again until it is heard.
    """
    pending = {task for task in tasks if not task.done()}
    while pending:
        for task in pending:
            task.cancel()
        _, pending = await asyncio.wait(pending, timeout=AGAIN_SECONDS)


def end_this_process() -> None:
    """The supervisor starts it again, with connections that work."""
    os.kill(os.getpid(), signal.SIGTERM)
