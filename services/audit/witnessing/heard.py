"""The newest checkpoint that was signed, for those who wait for it."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from services.audit.witnessing.cosignatures import SERVED
from shared.transparency import Checkpoint, Shelf, Verifier, opened
from shared.transparency.notes import DASH, parted


@dataclass(frozen=True, slots=True)
class Heard:
    checkpoint: Checkpoint
    note: str


def shown(shelf: Shelf, verifiers: Sequence[Verifier]) -> Heard | None:
    """The checkpoint that is public, whichever process signed it, under the log's own signatures.

    Raises `BadNote` where none of these keys signed it.
    """
    content = shelf.get(SERVED)
    if content is None:
        return None
    text = content.decode(errors="replace")
    checkpoint = opened(text, verifiers).checkpoint
    body, lines = parted(text)
    own = [f"{line}\n" for line in lines if line.startswith(f"{DASH}{checkpoint.origin} ")]
    return Heard(checkpoint, "\n".join((body, "".join(own))))


class Newest:
    """One writer, many who wait."""

    def __init__(self) -> None:
        self.heard: Heard | None = None
        self._came = asyncio.Event()

    def hear(self, checkpoint: Checkpoint, note: str) -> bool:
        """Whether it is another than was known, and not of a smaller log. A note signed anew,
        with another key, is not waited for: a witness signs a size once.
        """
        fresh = Heard(checkpoint, note)
        if self.heard is not None and (
            fresh == self.heard or checkpoint.size < self.heard.checkpoint.size
        ):
            return False
        self.heard = fresh
        self._came.set()
        # Whoever waits from now on waits for the next.
        self._came = asyncio.Event()
        return True

    async def after(self, size: int) -> Heard:
        """The newest one that is larger than `size`, as soon as there is one."""
        while self.heard is None or self.heard.checkpoint.size <= size:
            await self._came.wait()
        return self.heard
