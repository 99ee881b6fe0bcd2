"""Waiting for what other processes do, with a deadline instead of a guess."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from shared.errors import Unavailable

T = TypeVar("T")


async def eventually(ask: Callable[[], Awaitable[T]], seconds: float = 30.0) -> T:
    """The first answer that is no `Unavailable`; raises that of the last try."""
    end = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            return await ask()
        except Unavailable:
            if asyncio.get_running_loop().time() > end:
                raise
            await asyncio.sleep(0.05)


async def holds(ask: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    """Returns when it is so; raises TimeoutError when it is not in time."""
    async with asyncio.timeout(seconds):
        while not await ask():  # noqa: ASYNC110 - it happens in other processes
            await asyncio.sleep(0.02)


async def found_in_time(look: Callable[[], Awaitable[T | None]], seconds: float = 15.0) -> T:
    """What `look` finds, as soon as it finds something; raises TimeoutError."""
    async with asyncio.timeout(seconds):
        while (found := await look()) is None:  # noqa: ASYNC110 - it happens in other processes
            await asyncio.sleep(0.02)
        return found
