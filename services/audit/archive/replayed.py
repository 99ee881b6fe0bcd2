"""An archive as the source of a replay: vouched for by the log beside it, where there is one."""

import asyncio
from collections.abc import AsyncGenerator, Iterator, Sequence

from services.audit.archive.source import Archive
from services.audit.archive.vouching import Voucher, check_ends
from shared.history.envelope import Message


class ArchiveSource:
    """Its facts in order. Raises `Amiss` for the first that is not as it must be.

    A voucher compares what is read from the first fact on; read again it is not asked twice.
    """

    def __init__(self, archive: Archive, voucher: Voucher | None) -> None:
        self._archive = archive
        self._voucher = voucher

    async def last(self) -> int:
        if self._voucher is not None:
            check_ends(self._archive, self._voucher)
        return self._archive.last

    async def messages(self, first: int, last: int) -> AsyncGenerator[Sequence[Message]]:
        batches = self._archive.batches(first, last)
        while True:
            # Files are read and compared beside the loop, so that progress can be shown.
            batch = await asyncio.to_thread(self._next, batches)
            if batch is None:
                break
            yield batch
        if self._voucher is not None:
            await asyncio.to_thread(self._voucher.prove)

    def _next(self, batches: Iterator[Sequence[Message]]) -> Sequence[Message] | None:
        batch = next(batches, None)
        if batch is not None and self._voucher is not None:
            known = self._voucher.size
            new = [each for each in batch if each.sequence > known]
            self._voucher.take(new, f"the segment with fact {batch[0].sequence}")
        return batch
