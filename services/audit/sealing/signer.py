"""The one signer of the log: of several replicas whoever appends first has won, each time."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing

import structlog

from services.audit.sealing.alarms import CheckpointsLost, SequenceGap
from services.audit.sealing.growing import grow
from services.audit.sealing.holding import Holding, StreamNow
from services.audit.sealing.publishing import CHECKPOINT, Publishing, size_in
from services.audit.sealing.threads import apart
from shared.history import Conflict, Connection, Gap
from shared.history.checkpoints import Checkpoints, StoredNote
from shared.history.envelope import Message
from shared.history.reader import read_batches, stream_info
from shared.transparency import (
    EMPTY_ROOT,
    Checkpoint,
    Shelf,
    SigningKey,
    leaf_of,
    opened,
    signed,
)

log = structlog.get_logger("log")

MOST_IN_A_ROUND = 50_000
AFTERWARDS_SECONDS = 30.0

AfterSigning = Callable[[Checkpoint, str], Awaitable[None]]
"""Told of each checkpoint that this process signed, and its note, once it is public."""


class Signer:
    """Reads, proves and signs, a round at a time. The first of `keys` is the newest."""

    def __init__(
        self,
        connection: Connection,
        shelf: Shelf,
        keys: Sequence[SigningKey],
        *,
        after_signing: Sequence[AfterSigning] = (),
        most_in_a_round: int = MOST_IN_A_ROUND,
    ) -> None:
        self._connection = connection
        self._shelf = shelf
        self._keys = tuple(keys)
        self._verifiers = tuple(key.verifier for key in keys)
        self._after_signing = tuple(after_signing)
        self._most = most_in_a_round
        self._checkpoints = Checkpoints(connection)
        self._holding = Holding(connection, shelf)
        self._publishing = Publishing(connection, self._checkpoints, shelf, self._verifiers)
        self.head = Checkpoint(self._keys[0].name, 0, EMPTY_ROOT)
        self.waiting = 0

    async def once(self) -> bool:
        """One round; whether more facts wait to be signed.

        Nothing new is no checkpoint, but what was left unfinished is finished. Raises `Amiss` for
        what must stop the signing, and `Unavailable`.
        """
        try:
            return await self._round()
        except Gap as error:
            raise SequenceGap(str(error)) from error

    async def _round(self) -> bool:
        last = await self._last()
        now = StreamNow.of(await stream_info(self._connection))
        head = self._opened(last)
        self.head, self.waiting = head, max(0, now.last - head.size)
        if last is not None:
            await self._holding.check(head, last.stream_created, now)
            await self._publishing.finish(last)
        if now.last == head.size:
            return False
        end = min(now.last, head.size + self._most)
        entries = await self._entries(head.size + 1, end)
        checkpoint = await apart(grow, self._shelf, head, entries)
        return await self._sign(checkpoint, last, now)

    async def _last(self) -> StoredNote | None:
        """Raises `CheckpointsLost` where something later is public: it must not be signed anew."""
        last = await self._checkpoints.last()
        shown = await apart(self._shelf.get, CHECKPOINT)
        if shown is None:
            return last
        size = size_in(shown.decode(errors="replace"))
        if last is not None and size_in(last.note) >= size:
            return last
        # What is public was appended before: another replica's, since we looked.
        last = await self._checkpoints.last()
        known = 0 if last is None else size_in(last.note)
        if known < size:
            raise CheckpointsLost(
                f"A checkpoint over {size} facts is public, but the stream of checkpoints ends"
                f" with {known}."
            )
        return last

    def _opened(self, last: StoredNote | None) -> Checkpoint:
        if last is None:
            return Checkpoint(self._keys[0].name, 0, EMPTY_ROOT)
        return opened(last.note, self._verifiers).checkpoint

    async def _entries(self, first: int, last: int) -> Sequence[bytes]:
        found: list[bytes] = []
        async with aclosing(read_batches(self._connection, first, last)) as batches:
            async for batch in batches:
                found += await apart(_leaves, batch)
        return found

    async def _sign(self, checkpoint: Checkpoint, last: StoredNote | None, now: StreamNow) -> bool:
        note = signed(checkpoint, self._keys)
        behind = 0 if last is None else last.sequence
        try:
            stored = await self._checkpoints.append(note, behind, now.created)
        except Conflict:
            # Another replica has won this round; what it signed is where the next one begins.
            return True
        self.head, self.waiting = checkpoint, now.last - checkpoint.size
        log.info("signed", size=checkpoint.size)
        await self._publishing.finish(stored)
        await self._tell(checkpoint, note)
        return now.last > checkpoint.size

    async def _tell(self, checkpoint: Checkpoint, note: str) -> None:
        for tell in self._after_signing:
            try:
                async with asyncio.timeout(AFTERWARDS_SECONDS):
                    await tell(checkpoint, note)
            except Exception as error:
                # Signed it is; what others add to it may come with the next one.
                log.warning("not told", size=checkpoint.size, reason=type(error).__name__)


def _leaves(batch: Sequence[Message]) -> list[bytes]:
    return [leaf_of(message) for message in batch]
