"""Where a replay reads from: the stream, or messages that somebody kept."""

from bisect import bisect_left, bisect_right
from collections.abc import AsyncGenerator, Sequence
from typing import Protocol

from shared.history import Connection
from shared.history.envelope import Message
from shared.history.reader import last_sequence, read_batches

EVERY_SUBJECT = "inda.v1.*.*.*"
"""Not the subject under which the reader stops at a gap: a replay names it and goes on."""
AT_ONCE = 1000


class Source(Protocol):
    """A history in order. `messages` gives `first`..`last`, some at once; what lacks is left out.

    Both may raise `Unavailable`.
    """

    async def last(self) -> int: ...
    def messages(self, first: int, last: int) -> AsyncGenerator[Sequence[Message]]: ...


class StreamSource:
    """The stream, as the servers have it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def last(self) -> int:
        return await last_sequence(self._connection)

    def messages(self, first: int, last: int) -> AsyncGenerator[Sequence[Message]]:
        return read_batches(self._connection, first, last, EVERY_SUBJECT)


class HeldSource:
    """Messages in memory, in order of their sequences."""

    def __init__(self, messages: Sequence[Message]) -> None:
        self._messages = messages

    async def last(self) -> int:
        return self._messages[-1].sequence if self._messages else 0

    async def messages(self, first: int, last: int) -> AsyncGenerator[Sequence[Message]]:
        begin = bisect_left(self._messages, first, key=_sequence)
        end = bisect_right(self._messages, last, key=_sequence)
        for at in range(begin, end, AT_ONCE):
            yield self._messages[at : min(at + AT_ONCE, end)]


def _sequence(message: Message) -> int:
    return message.sequence
