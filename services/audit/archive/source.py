"""The segments of an archive as one history: in order, without a gap, verified while it is read."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TypeVar

from services.audit.archive.broken import (
    ArchiveBehind,
    BrokenAt,
    SegmentChanged,
    SegmentCut,
    SegmentDoubled,
    SegmentMissing,
    SegmentReordered,
)
from services.audit.archive.segments import SEGMENTS, BrokenSegment, SegmentName, messages_of
from shared.history.envelope import Message
from shared.transparency import Shelf

Missing = TypeVar("Missing", bound=SegmentMissing)


@dataclass(frozen=True, slots=True)
class Archive:
    """`segments` follow one another from the first fact on. Calls block."""

    shelf: Shelf
    segments: tuple[SegmentName, ...]

    @classmethod
    def of(cls, shelf: Shelf) -> "Archive":
        """Raises `BrokenSegment` where the names alone show that some are missing or doubled."""
        return cls(shelf, in_order(shelf.listed(SEGMENTS)))

    @property
    def last(self) -> int:
        """The sequence of the last fact; 0 for an empty archive."""
        return self.segments[-1].last if self.segments else 0

    def batches(self, first: int, last: int) -> Iterator[Sequence[Message]]:
        """Facts `first` to `last`, a segment or a part of one at once. Raises `BrokenSegment`."""
        for name in self.segments:
            if name.last < first or name.first > last:
                continue
            messages = self.opened(name)
            yield messages[max(0, first - name.first) : last - name.first + 1]

    def opened(self, name: SegmentName) -> Sequence[Message]:
        """The facts of one segment. Raises `BrokenSegment`."""
        content = self.shelf.get(name.path)
        if content is None:
            raise SegmentMissing(f"{name.path} is missing.", name.path, name.first)
        return opened(name, content)


def in_order(paths: Iterable[str]) -> tuple[SegmentName, ...]:
    """Raises `BrokenSegment` for a path that names no segment, a gap, or facts that two hold."""
    names = sorted(SegmentName.from_path(path) for path in paths)
    expected = 1
    for name in names:
        if name.first > expected:
            raise _missing(expected, name.first - 1, SegmentMissing)
        if name.first < expected or name.last < name.first:
            raise SegmentDoubled(
                f"{name.path} holds facts that another segment holds too.", name.path, name.first
            )
        expected = name.last + 1
    return tuple(names)


def missing_behind(last: int, size: int) -> ArchiveBehind:
    """For an archive that ends before the log that vouches for it."""
    return _missing(last + 1, size, ArchiveBehind)


def _missing(first: int, last: int, kind: type[Missing]) -> Missing:
    return kind(
        f"No segment of the archive holds facts {first} to {last}.",
        f"{SEGMENTS}{first:012d}-",
        first,
    )


def opened(name: SegmentName, content: bytes) -> Sequence[Message]:
    """The facts in the bytes of a segment. Raises a `BrokenSegment` that tells what is wrong."""
    is_whole = sha256(content).hexdigest() == name.digest
    try:
        messages = list(messages_of(content, name.path))
    except BrokenSegment as error:
        kind = SegmentCut if content and not content.endswith(b"\n") else SegmentChanged
        raise kind(str(error), name.path, name.first) from None
    wrong = _wrong_order(name, [each.sequence for each in messages])
    if wrong is not None:
        raise wrong
    if not is_whole:
        what = f"The bytes of {name.path} are not those that its name tells."
        raise SegmentChanged(what, name.path, name.first)
    return messages


def _wrong_order(name: SegmentName, found: list[int]) -> BrokenAt | None:
    """What is wrong where the facts are not exactly those that the name promises."""
    expected = list(range(name.first, name.last + 1))
    if found == expected:
        return None
    pairs = zip(expected, [*found, *([0] * len(expected))], strict=False)
    first = next((want for want, have in pairs if want != have), name.last + 1)
    if len(set(found)) < len(found):
        return SegmentDoubled(f"{name.path} holds a fact twice.", name.path, first)
    if sorted(found) == expected:
        return SegmentReordered(
            f"{name.path} holds its facts in another order, from {first} on.", name.path, first
        )
    if found == expected[: len(found)]:
        return SegmentCut(f"{name.path} ends before fact {first}.", name.path, first)
    if set(found) < set(expected):
        return SegmentCut(f"{name.path} lacks fact {first}.", name.path, first)
    return SegmentChanged(
        f"{name.path} holds other facts than {name.first} to {name.last}.", name.path, first
    )
