"""The whole stream in order, without a gap: what projections rebuild from and auditors replay."""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing, suppress
from typing import Any

import nats.errors
from nats.aio.msg import Msg

from shared.errors import Unavailable
from shared.history.batch import Batch
from shared.history.connection import Connection
from shared.history.envelope import Message
from shared.history.names import STREAM
from shared.history.wire import CONNECTION_TROUBLE, Wire, silence_told

BATCH = 2000
SILENT_SECONDS = 5.0
EVERYTHING = "inda.v1.>"


class Gap(Exception):
    """The stream lacks a sequence that it must have."""


async def last_sequence(connection: Connection) -> int:
    """The sequence of the last fact in the stream, from its leader."""
    info = await stream_info(connection)
    return int(info["state"]["last_seq"])


async def stream_info(connection: Connection) -> dict[str, Any]:
    """What the server says of the stream. Raises `Unavailable`."""
    with silence_told():
        answer = await connection.client.request(
            f"{connection.prefix}.STREAM.INFO.{STREAM}", b"", timeout=5
        )
    told = json.loads(answer.data)
    if "error" in told:
        raise Unavailable("history_unavailable", f"No history: {told['error']['description']}.")
    return told


async def read_all(
    connection: Connection, first: int, last: int, subject: str = EVERYTHING
) -> AsyncGenerator[Message]:
    """Messages `first`..`last` in order. Reading every subject, a gap raises `Gap`."""
    async with aclosing(read_batches(connection, first, last, subject)) as batches:
        async for batch in batches:
            for message in batch:
                yield message


async def read_batches(
    connection: Connection, first: int, last: int, subject: str = EVERYTHING
) -> AsyncGenerator[Sequence[Message]]:
    """The same, as they come: some hundreds at once. What stands before a gap is told first."""
    expected = first
    async with aclosing(_in_order(connection, first, last, subject)) as batches:
        async for batch in batches:
            if subject != EVERYTHING:
                yield batch
                continue
            whole = _without_gap(batch, expected)
            yield whole
            expected += len(whole)
            if len(whole) < len(batch):
                raise Gap(f"The stream lacks sequence {expected}.")
    if subject == EVERYTHING and expected <= last:
        raise Gap(f"The stream lacks sequence {expected}.")


def _without_gap(batch: Sequence[Message], expected: int) -> Sequence[Message]:
    for place, message in enumerate(batch):
        if message.sequence != expected + place:
            return batch[:place]
    return batch


async def _in_order(
    connection: Connection, first: int, last: int, subject: str
) -> AsyncGenerator[Sequence[Message]]:
    """What any replica has, in batches; where one says that it has no more, the leader is asked.

    While one batch is worked on the next one is on its way.
    """
    asking = _Asking(connection, subject)
    await asking.begin()
    try:
        if first <= last:
            await asking.ask(first, last)
        while first <= last:
            batch = await asking.answer()
            if not batch:
                missed = await Wire(connection).last_or_at({"seq": first, "next_by_subj": subject})
                if missed is None or missed.sequence > last:
                    return
                batch = [missed]
            first = batch[-1].sequence + 1
            if first <= last:
                await asking.ask(first, last)
            yield batch if first <= last + 1 else [each for each in batch if each.sequence <= last]
    finally:
        await asking.end()


class _Asking:
    """Batched direct gets, one at a time, answered without a task or a timer for each message."""

    def __init__(self, connection: Connection, subject: str) -> None:
        self._connection = connection
        self._subject = subject
        self._inbox = connection.client.new_inbox()
        self._asked = 0
        self._reply = ""
        self._batch = Batch()
        self._is_over = asyncio.Event()

    async def begin(self) -> None:
        with silence_told():
            self._subscription = await self._connection.client.subscribe(
                f"{self._inbox}.*", cb=self._hear, pending_msgs_limit=-1, pending_bytes_limit=-1
            )

    async def end(self) -> None:
        with suppress(*CONNECTION_TROUBLE, nats.errors.BadSubscriptionError):
            await self._subscription.unsubscribe()

    async def ask(self, first: int, last: int) -> None:
        """What is still on its way for an earlier question is heard no more."""
        self._asked += 1
        self._reply = f"{self._inbox}.{self._asked}"
        self._batch = Batch()
        self._is_over.clear()
        most = min(BATCH, last - first + 1)
        question = {"seq": first, "batch": most, "next_by_subj": self._subject}
        with silence_told():
            await self._connection.client.publish(
                f"{self._connection.prefix}.DIRECT.GET.{STREAM}",
                json.dumps(question).encode(),
                reply=self._reply,
            )

    async def answer(self) -> Sequence[Message]:
        """All that came; nothing where the replica has no more. Raises `Unavailable` on silence."""
        with silence_told():
            while not self._is_over.is_set():
                known = len(self._batch.messages)
                try:
                    async with asyncio.timeout(SILENT_SECONDS):
                        await self._is_over.wait()
                except TimeoutError:
                    if len(self._batch.messages) == known:
                        raise
        return self._batch.messages

    async def _hear(self, message: Msg) -> None:
        if message.subject != self._reply:
            return
        self._batch.hear(message.headers or {}, message.data)
        if self._batch.is_over:
            self._is_over.set()
