"""The tiles of a log made again from its entries alone. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from shared.transparency.merkle import folded
from shared.transparency.tiles import WIDTH


@dataclass(frozen=True, slots=True)
class Tile:
    """Hashes one after the other, at most 256."""

    level: int
    index: int
    content: bytes


@dataclass(slots=True)
class _Row:
    """The last tile of a level, which is not full yet."""

    tiles: int = 0
    hashes: list[bytes] = field(default_factory=list[bytes])


class Making:
    """Takes the leaves' hashes a bundle at once; tiles come when they are full, or at the end."""

    def __init__(self) -> None:
        self._rows: list[_Row] = []

    def add(self, leaves: Sequence[bytes]) -> Iterator[Tile]:
        """Every bundle but the last must be full."""
        if self._rows and self._rows[0].hashes:
            raise ValueError("only the last bundle may be partial")
        for leaf in leaves:
            yield from self._put(0, leaf)

    def _put(self, level: int, found: bytes) -> Iterator[Tile]:
        if level == len(self._rows):
            self._rows.append(_Row())
        row = self._rows[level]
        row.hashes.append(found)
        if len(row.hashes) < WIDTH:
            return
        whole, row.hashes = row.hashes, []
        yield Tile(level, row.tiles, b"".join(whole))
        row.tiles += 1
        yield from self._put(level + 1, folded(whole))

    def rest(self) -> Iterator[Tile]:
        """The partial tiles at the end."""
        for level, row in enumerate(self._rows):
            if row.hashes:
                yield Tile(level, row.tiles, b"".join(row.hashes))
