"""Case files for whom asks: gathered by the index, read from the stream, proven by the log."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from dataclasses import replace
from typing import Final

from services.audit.cases.files import paper_of
from services.audit.cases.making import CaseFile, MessagesAt, found_in_log, packed
from services.audit.cases.sealed import Sealed, head_of
from services.audit.cases.telling import Case
from services.audit.searching import Index, everything
from shared.errors import NotFound, Refused, Unavailable
from shared.transparency import Amiss, Head, Readable

PATIENCE_SECONDS: Final = 40.0
LOOK_AGAIN_SECONDS: Final = 0.3
MOST_FACTS: Final = 10_000
"""Beyond it the paper takes too much memory: ten thousand rows are some 400 pages."""


class Cases:
    """`patience_seconds` are how long a case waits for a checkpoint over its last fact."""

    def __init__(
        self,
        index: Index,
        messages_at: MessagesAt,
        shelf: Readable,
        patience_seconds: float = PATIENCE_SECONDS,
    ) -> None:
        self._index = index
        self._messages_at = messages_at
        self._shelf = shelf
        self._patience_seconds = patience_seconds
        # One paper at a time: a large one takes much memory.
        self._typesetting = asyncio.Lock()

    async def gathered(self, case: Case) -> CaseFile:
        """Raises `NotFound` without facts, `Refused` for too many, and where stream and log
        contradict one another; `Unavailable` while the index lags or nothing is signed.
        """
        sequences = await self._sequences(case)
        try:
            head = await self._head(sequences[-1])
            sealed = Sealed(self._shelf, head)
            return await found_in_log(case, sequences, self._messages_at, sealed)
        except Amiss as error:
            sentence = f"No case file can be made: {error}"
            raise Refused("log_contradicts", sentence, place=error.place) from error

    async def paper(self, found: CaseFile) -> bytes:
        """The PDF alone."""
        async with self._typesetting:
            return await paper_of(found.telling, found.sealing.head)

    async def archive(self, found: CaseFile) -> AsyncGenerator[bytes]:
        """The ZIP, while it is made."""
        async with aclosing(packed(found, self._messages_at)) as chunks:
            async with self._typesetting:
                first = await anext(chunks)
            yield first
            async for chunk in chunks:
                yield chunk

    async def _sequences(self, case: Case) -> list[int]:
        asked = await everything(self._index, case.kind, case.key)
        asked = replace(asked, first=case.first, last=case.last)
        found = await self._index.all(asked, MOST_FACTS)
        if found.position < min(found.last, case.last or found.last):
            raise Unavailable(
                "index_behind",
                f"The index is at {found.position} of {found.last}; a case would not be whole.",
            )
        if not found.items:
            raise NotFound("case_unknown", f"There are no facts about {case.kind} {case.key}.")
        return [each.sequence for each in found.items]

    async def _head(self, sequence: int) -> Head:
        """The latest; waits, bounded, for one over the sequence. Raises `Amiss`."""
        end = asyncio.get_running_loop().time() + self._patience_seconds
        while True:
            head = await asyncio.to_thread(head_of, self._shelf)
            is_late = asyncio.get_running_loop().time() > end
            if head is not None and (head.checkpoint.size >= sequence or is_late):
                return head
            if is_late:
                raise Unavailable("log_empty", "No checkpoint is signed yet: nothing is proven.")
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
