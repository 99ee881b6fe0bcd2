"""A connection that loses what it is told to lose: the question, the answer, or its punctuality."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import nats.errors
from nats.aio.client import Client

from shared.history import Connection

LATE_SECONDS = 0.05


class Lossy:
    """Stands before a client or a JetStream context; requests time out by `chance`.

    A third of the lost ones never left, a third arrived and the answer was lost, a third arrive
    only after the sender has given up.
    """

    def __init__(self, inner: Any, chance: float, dice: random.Random) -> None:
        self._inner = inner
        self._chance = chance
        self._dice = dice
        self._late: set[asyncio.Task[Any]] = set()

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._inner, name)
        # A client's `publish` asks for no answer, a JetStream context's does.
        asks = ("request",) if isinstance(self._inner, Client) else ("publish",)
        return self._lossy(found) if name in asks else found

    def _lossy(self, ask: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def asked(*args: Any, **options: Any) -> Any:
            if self._dice.random() > self._chance:
                return await ask(*args, **options)
            match self._dice.randrange(3):
                case 0:
                    pass
                case 1:
                    await ask(*args, **options)
                case _:
                    self._send_late(ask, *args, **options)
            raise nats.errors.TimeoutError

        return asked

    def _send_late(self, ask: Callable[..., Awaitable[Any]], *args: Any, **options: Any) -> None:
        async def late() -> None:
            await asyncio.sleep(LATE_SECONDS)
            await ask(*args, **options)

        task = asyncio.create_task(late())
        self._late.add(task)
        task.add_done_callback(lambda done: (self._late.discard(done), done.exception()))


def lossy(connection: Connection, chance: float, seed: int) -> Connection:
    """The same connection, from now on losing requests with that chance."""
    dice = random.Random(seed)
    connection.jetstream = Lossy(connection.jetstream, chance, dice)  # type: ignore[assignment]
    connection.client = Lossy(connection.client, chance, dice)  # type: ignore[assignment]
    return connection
