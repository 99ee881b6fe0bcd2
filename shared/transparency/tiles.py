"""The files of a tiled log (C2SP tlog-tiles): tiles of 256 hashes, bundles of 256 entries."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from itertools import count

from shared.transparency.errors import BrokenTile
from shared.transparency.merkle import HASH_BYTES, folded, leaf_hash
from shared.transparency.shelf import Readable

HEIGHT = 8
WIDTH = 1 << HEIGHT
LARGEST_ENTRY = 0xFFFF
REMEMBERED = 512
LOG = "log/"


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    return f"{LOG}tile/{level}/{_place(index, width)}"


def entries_path(index: int, width: int = WIDTH) -> str:
    return f"{LOG}tile/entries/{_place(index, width)}"


def _place(index: int, width: int) -> str:
    digits = f"{index:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    parts = [digits[each : each + 3] for each in range(0, len(digits), 3)]
    path = "/".join([*(f"x{part}" for part in parts[:-1]), parts[-1]])
    return path if width == WIDTH else f"{path}.p/{width}"


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each behind its length, at most 65,535 bytes."""
    return b"".join(_sized(each) for each in entries)


def _sized(entry: bytes) -> bytes:
    if len(entry) > LARGEST_ENTRY:
        raise ValueError(f"An entry of {len(entry)} bytes is too long for a log.")
    return len(entry).to_bytes(2, "big") + entry


def entries_of(content: bytes, path: str) -> tuple[bytes, ...]:
    """The entries in a bundle. Raises `BrokenTile` when it is cut."""
    found: list[bytes] = []
    place = 0
    while place < len(content):
        length = int.from_bytes(content[place : place + 2], "big")
        end = place + 2 + length
        if place + 2 > len(content) or end > len(content):
            raise BrokenTile(f"The entry bundle {path} is cut.", path)
        found.append(content[place + 2 : end])
        place = end
    return tuple(found)


def widths(level: int, size: int) -> Iterator[tuple[int, int]]:
    """(index, width) of all tiles of a level in a tree of `size`, the last may be partial."""
    hashes = size >> (HEIGHT * level)
    for index in range(-(-hashes // WIDTH)):
        yield index, min(WIDTH, hashes - index * WIDTH)


class Tree:
    """A tree of `size` as the stored tiles have it: its complete subtrees, and its entries.

    All methods raise `BrokenTile` for a tile that is missing or too short.
    """

    def __init__(self, shelf: Readable, size: int) -> None:
        self._shelf = shelf
        self._tiles: OrderedDict[tuple[int, int], bytes] = OrderedDict()
        self.size = size

    def at(self, level: int, index: int) -> bytes:
        tile_level, within = divmod(level, HEIGHT)
        first = index << within
        tile = self.tile(tile_level, first >> HEIGHT)
        start, end = first % WIDTH, first % WIDTH + (1 << within)
        row = [tile[each * HASH_BYTES : (each + 1) * HASH_BYTES] for each in range(start, end)]
        if end * HASH_BYTES > len(tile):
            raise BrokenTile(f"Tile {tile_level}/{first >> HEIGHT} ends too early.")
        return folded(row)

    def tile(self, level: int, index: int) -> bytes:
        """The hashes of a tile, as many as this tree has there."""
        known = self._tiles.get((level, index))
        if known is None:
            known = self._read(level, index)
            self._tiles[level, index] = known
            if len(self._tiles) > REMEMBERED:
                self._tiles.popitem(last=False)
        return known

    def _read(self, level: int, index: int) -> bytes:
        width = min(WIDTH, (self.size >> (HEIGHT * level)) - index * WIDTH)
        if width <= 0:
            raise BrokenTile(f"A tree of {self.size} has no tile {level}/{index}.")
        path = tile_path(level, index, width)
        found = _found(self._shelf, path, tile_path(level, index))
        if len(found) < width * HASH_BYTES or (path.endswith(f".p/{width}") and len(found) % 32):
            raise BrokenTile(f"The tile {path} is cut.", path)
        return found[: width * HASH_BYTES]

    def entries(self, index: int) -> tuple[bytes, ...]:
        """The entries of a bundle, as many as this tree has there."""
        width = min(WIDTH, self.size - index * WIDTH)
        if width <= 0:
            raise BrokenTile(f"A tree of {self.size} has no entry bundle {index}.")
        path = entries_path(index, width)
        found = entries_of(_found(self._shelf, path, entries_path(index)), path)
        if len(found) < width:
            raise BrokenTile(f"The entry bundle {path} is cut.", path)
        return found[:width]

    def entry(self, index: int) -> bytes:
        """One entry, checked against its hash in the tile."""
        entry = self.entries(index // WIDTH)[index % WIDTH]
        if leaf_hash(entry) != self.at(0, index):
            path = entries_path(index // WIDTH)
            raise BrokenTile(f"Entry {index} in {path} is not the one in the tile.", path)
        return entry


def _found(shelf: Readable, path: str, full: str) -> bytes:
    """The full one where the partial one is gone: it begins alike."""
    found = shelf.get(path)
    if found is None and full != path:
        found = shelf.get(full)
    if found is None:
        raise BrokenTile(f"{path} is missing.", path)
    return found


def grown(old: Tree, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    """(path, bytes) of all bundles and tiles that a tree needs when these entries follow.

    The same entries behind the same tree give the same files. Raises `BrokenTile`.
    """
    yield from _bundles(old, entries)
    new = [leaf_hash(each) for each in entries]
    for level in count():
        if not new:
            return
        before = old.size >> (HEIGHT * level)
        kept = _beginning(old, level, before)
        hashes = [*kept, *new]
        first = before // WIDTH
        new = []
        for place in range(0, len(hashes), WIDTH):
            row = hashes[place : place + WIDTH]
            yield tile_path(level, first + place // WIDTH, len(row)), b"".join(row)
            if len(row) == WIDTH:
                new.append(folded(row))


def _beginning(old: Tree, level: int, hashes: int) -> list[bytes]:
    """The hashes of the last tile of a level, where it is partial."""
    if hashes % WIDTH == 0:
        return []
    tile = old.tile(level, hashes // WIDTH)
    return [tile[each : each + HASH_BYTES] for each in range(0, len(tile), HASH_BYTES)]


def _bundles(old: Tree, entries: Sequence[bytes]) -> Iterator[tuple[str, bytes]]:
    first, partial = divmod(old.size, WIDTH)
    kept = _checked(old, first) if partial else ()
    whole = (*kept, *entries)
    for place in range(0, len(whole), WIDTH):
        row = whole[place : place + WIDTH]
        yield entries_path(first + place // WIDTH, len(row)), bundle(row)


def _checked(old: Tree, index: int) -> tuple[bytes, ...]:
    """Entries of a bundle that are those of its tile: what is written on must not be spoiled."""
    entries = old.entries(index)
    tile = old.tile(0, index)
    if b"".join(map(leaf_hash, entries)) != tile:
        path = entries_path(index, len(entries))
        raise BrokenTile(f"The entries in {path} are not those in the tile.", path)
    return entries
