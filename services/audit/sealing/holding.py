"""Whether the stream still holds what was signed. Raises what an alarm is made of."""

from collections.abc import Mapping
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

import structlog

from services.audit.sealing.alarms import FactChanged, SequenceGap, StreamRecreated, StreamShortened
from services.audit.sealing.growing import differing
from services.audit.sealing.threads import apart
from shared.history import Connection, Gap
from shared.history.names import STREAM
from shared.history.reader import read_batches
from shared.history.wire import Wire
from shared.transparency import Checkpoint, Shelf, Tree, leaf_of

log = structlog.get_logger("log")


@dataclass(frozen=True, slots=True)
class StreamNow:
    """What the stream's leader says of it. `created` is text, as the server gives it."""

    created: str
    first: int
    last: int
    deleted: int

    @classmethod
    def of(cls, told: Mapping[str, Any]) -> "StreamNow":
        state = told["state"]
        return cls(
            str(told["created"]),
            int(state["first_seq"]),
            int(state["last_seq"]),
            int(state.get("num_deleted", 0)),
        )


class Holding:
    """Remembers which stream was compared whole, so that it is done once."""

    def __init__(self, connection: Connection, shelf: Shelf) -> None:
        self._connection = connection
        self._shelf = shelf
        self._compared = ""

    async def check(self, head: Checkpoint, signed_over: str, now: StreamNow) -> None:
        """`signed_over` is when the stream was made that `head` was signed over.

        Raises `SequenceGap`, `StreamShortened`, `StreamRecreated`, `FactChanged`, `BrokenTile`,
        and `Unavailable`.
        """
        if signed_over != now.created and self._compared != now.created:
            await self._compare(head, now)
            self._compared = now.created
            log.info("stream made anew, with the same facts", size=head.size, created=now.created)
        if now.last < head.size:
            raise StreamShortened(
                f"The stream ends with fact {now.last}, but {head.size} facts were signed."
            )
        if now.last and (now.first > 1 or now.deleted):
            raise SequenceGap(
                f"The stream begins with fact {now.first} and lacks {now.deleted} behind it."
            )
        await self._compare_one(head)

    async def _compare_one(self, head: Checkpoint) -> None:
        """The fact under the end of the log: whoever put other facts there changed it too."""
        found = await Wire(self._connection, STREAM).last_or_at({"seq": head.size})
        if found is None:
            raise SequenceGap(f"The stream lacks fact {head.size}.", str(head.size))
        entry = await apart(Tree(self._shelf, head.size).entry, head.size - 1)
        if leaf_of(found) != entry:
            raise changed(head.size)

    async def _compare(self, head: Checkpoint, now: StreamNow) -> None:
        told = f"The stream was made anew at {now.created[:19]}"
        if now.last < head.size:
            raise StreamRecreated(f"{told}, and has {now.last} of {head.size} facts.")
        tree = Tree(self._shelf, head.size)
        try:
            async with aclosing(read_batches(self._connection, 1, head.size)) as batches:
                async for batch in batches:
                    sequence = await apart(differing, tree, batch)
                    if sequence is not None:
                        raise StreamRecreated(
                            f"{told}: fact {sequence} is not the one that was signed.",
                            str(sequence),
                        )
        except Gap as error:
            raise StreamRecreated(f"{told}. {error}") from error


def changed(sequence: int) -> FactChanged:
    return FactChanged(
        f"Fact {sequence} in the stream is not the one that was signed.", str(sequence)
    )
