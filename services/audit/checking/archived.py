"""The segments of an archive, as they are checked and replayed."""

from collections.abc import AsyncGenerator, Iterator, Sequence
from dataclasses import dataclass

from services.audit.archive import SEGMENTS, SegmentName
from services.audit.archive.source import in_order, opened
from services.audit.checking.difference import Differs, ahead
from shared.history.envelope import Message
from shared.transparency import Shelf


@dataclass(frozen=True, slots=True)
class Archived:
    """The segments as they were listed. `read` blocks."""

    shelf: Shelf
    segments: tuple[SegmentName, ...]

    @classmethod
    def of(cls, shelf: Shelf) -> "Archived":
        """Raises `Amiss` for one that is missing, doubled or named strangely."""
        return cls(shelf, in_order(shelf.listed(SEGMENTS)))

    @property
    def end(self) -> int:
        """The sequence of the last fact; 0 for an empty archive."""
        return self.segments[-1].last if self.segments else 0

    def read(self) -> Iterator[tuple[SegmentName, Sequence[Message]]]:
        """Raises `Amiss` for a segment that is cut, changed, or in another order."""
        contents = ahead(self._content, self.segments)
        for name, content in zip(self.segments, contents, strict=True):
            yield name, opened(name, content)

    async def last(self) -> int:
        return self.end

    async def messages(self, first: int, last: int) -> AsyncGenerator[Sequence[Message]]:
        """Facts `first` to `last`, as a source of a replay."""
        for _, messages in self.read():
            yield [each for each in messages if first <= each.sequence <= last]

    def _content(self, name: SegmentName) -> bytes:
        found = self.shelf.get(name.path)
        if found is None:
            what = f"{name.path} is missing."
            raise Differs("segment_missing", name.path, what, sequence=name.first)
        return found
