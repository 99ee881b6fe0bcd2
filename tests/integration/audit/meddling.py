"""Somebody who goes on writing while a history is restored."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from deploy.local.stack import Addresses
from tests.servers import nats_client


class Meddling:
    """Says the same thing again and again, from when the stream is there."""

    def __init__(self, at: Addresses, subject: str) -> None:
        self._at = at
        self._subject = subject

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._say())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _say(self) -> None:
        async with nats_client(self._at, "submission") as client:
            while True:
                await client.publish(self._subject, b"{}")
                await client.flush()
                await asyncio.sleep(0.002)
