"""Facts of a copy of the stream, in order, against the log and against the other copies."""

from collections.abc import Sequence
from hashlib import sha256

from services.audit.checking.difference import Differs
from services.audit.checking.sealed import Sealed
from shared.history.envelope import Message
from shared.transparency import leaf_of

STREAM_PLACE = "the stream"


class Facts:
    """Remembers the newest facts of the copies before, which the log does not tell of yet."""

    def __init__(self, sealed: Sealed) -> None:
        self._sealed = sealed
        self._unsealed: dict[int, bytes] = {}

    @property
    def unsealed(self) -> int:
        """How many facts lie beyond the checkpoint."""
        return len(self._unsealed)

    def take(self, messages: Sequence[Message], expected: int, node: str) -> None:
        """Facts from `expected` on. Raises `Differs` for a gap, or one that differs."""
        for sequence, message in enumerate(messages, start=expected):
            if message.sequence != sequence:
                raise gap(sequence, message.sequence - 1, node)
            self._compare(message, node)

    def _compare(self, message: Message, node: str) -> None:
        if message.sequence > self._sealed.size:
            self._compare_copies(message, node)
            return
        unlike = self._sealed.unlike(message)
        if unlike is not None:
            place = place_of(node)
            raise Differs(
                "stream_differs",
                place,
                f"The {unlike.field} of fact {unlike.sequence} in {place} is not the one that"
                " was sealed.",
                sequence=unlike.sequence,
                expected=unlike.expected,
                found=unlike.found,
            )

    def _compare_copies(self, message: Message, node: str) -> None:
        digest = sha256(leaf_of(message)).digest()
        known = self._unsealed.setdefault(message.sequence, digest)
        if known != digest:
            raise Differs(
                "stream_differs",
                place_of(node),
                f"Fact {message.sequence}, not sealed yet, is another one in {place_of(node)}"
                " than in the copies before.",
                sequence=message.sequence,
                expected=known.hex(),
                found=digest.hex(),
            )


def gap(first: int, last: int, node: str) -> Differs:
    facts = f"fact {first}" if first == last else f"facts {first} to {last}"
    place = place_of(node)
    what = f"{place[0].upper()}{place[1:]} cannot show {facts}."
    return Differs("stream_gap", place, what, sequence=first)


def place_of(node: str) -> str:
    return f"the copy of {node}" if node else STREAM_PLACE
