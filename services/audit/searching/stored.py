"""Facts as the stream has them, for whom the index has told where they are."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from contextlib import aclosing
from typing import Final

from services.audit.searching.index import ALL_SUBJECTS
from shared.errors import Unavailable
from shared.history import Connection
from shared.history.envelope import Message
from shared.history.reader import last_sequence, read_all
from shared.history.wire import Wire

NEAR: Final = 100
"""What lies no further apart is read in one go, with what lies between."""


async def stored_at(connection: Connection, sequence: int) -> Message | None:
    """What the leader has there. Raises `Unavailable`."""
    return await Wire(connection).last_or_at({"seq": sequence})


async def messages_on(connection: Connection, subject: str) -> list[Message]:
    """All that was said on a subject, whether this build can read it or not."""
    last = await last_sequence(connection)
    return [each async for each in read_all(connection, 1, last, subject)]


async def messages_at(connection: Connection, sequences: Sequence[int]) -> AsyncGenerator[Message]:
    """The facts at these ascending sequences. Raises `Unavailable` for one that is not there."""
    wanted = iter(sequences)
    for first, last in _stretches(sequences):
        stream = read_all(connection, first, last, ALL_SUBJECTS)
        async with aclosing(stream):
            due = next(wanted)
            async for message in stream:
                if message.sequence == due:
                    yield message
                    due = next(wanted) if due < last else 0
                elif due and message.sequence > due:
                    raise _missing(due)
        if due:
            raise _missing(due)


def _stretches(sequences: Sequence[int]) -> Iterator[tuple[int, int]]:
    first = last = 0
    for each in sequences:
        if first and each - last > NEAR:
            yield first, last
            first = 0
        first = first or each
        last = each
    if first:
        yield first, last


def _missing(sequence: int) -> Unavailable:
    return Unavailable("fact_missing", f"The stream lacks sequence {sequence}.", sequence=sequence)
