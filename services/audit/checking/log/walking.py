"""One walk through the whole log: every entry read once, every tile made again and compared."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from services.audit.archive.vouching import Growing
from services.audit.checking.difference import Differs, Tally, ahead
from services.audit.checking.log.files import ENTRIES, TILES, File, Spot, by_spot, differing_at
from services.audit.checking.log.making import Making, Tile
from shared.transparency import BrokenTile, Shelf, leaf_hash
from shared.transparency.merkle import HASH_BYTES
from shared.transparency.tiles import (
    HEIGHT,
    WIDTH,
    bundle,
    entries_of,
    entries_path,
    tile_path,
    widths,
)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A stored file that is not what the entries make. `index` is the first entry that it speaks
    of otherwise, `digest` the SHA-256 of its bytes.
    """

    file: File
    index: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Odd:
    """An entry that cannot be one of its place. `sequence` is the one that it tells, if any."""

    path: str
    index: int
    sequence: int | None


@dataclass(slots=True)
class Walked:
    """What a walk has seen. `roots` are over the entries, by size; `made` tells where the bytes of
    a tile or bundle belong, by their digest.
    """

    roots: dict[int, bytes] = field(default_factory=dict[int, bytes])
    made: dict[bytes, Spot] = field(default_factory=dict[bytes, Spot])
    wrong: list[Wrong] = field(default_factory=list[Wrong])
    odd: Odd | None = None


class Walk:
    """Over the first `size` entries; the root is told at each of `sizes`."""

    def __init__(self, shelf: Shelf, size: int, sizes: Sequence[int], tally: Tally) -> None:
        self._shelf = shelf
        self._size = size
        self._sizes = frozenset(sizes)
        self._tally = tally
        self._files = by_spot(shelf.listed(TILES))
        self._growing = Growing()
        self._walked = Walked()

    def all(self) -> Walked:
        """Raises `Differs` for a tile or bundle that is missing or cut."""
        making = Making()
        if 0 in self._sizes:
            self._walked.roots[0] = self._growing.root
        for (index, width), stored in self._bundles():
            entries = self._entries(index, width, stored)
            self._compare_bundles(index, entries, stored)
            self._look_at(index, entries)
            leaves = [leaf_hash(each) for each in entries]
            self._grow(leaves)
            for tile in making.add(leaves):
                self._compare(tile)
            self._tally.checked = index * WIDTH + width
            self._tally.watch(self._tally.checked, self._size)
        for tile in making.rest():
            self._compare(tile)
        return self._walked

    def _bundles(self) -> Iterator[tuple[tuple[int, int], dict[File, bytes]]]:
        places = list(widths(0, self._size))
        spots = ((ENTRIES, index) for index, _ in places)
        yield from zip(places, ahead(self._stored, spots), strict=True)

    def _stored(self, spot: Spot) -> dict[File, bytes]:
        found = {each: self._shelf.get(each.path) for each in self._files.get(spot, ())}
        return {each: content for each, content in found.items() if content is not None}

    def _entries(self, index: int, width: int, stored: dict[File, bytes]) -> tuple[bytes, ...]:
        """Of the bundle that this size asks for; of the full one where that is gone."""
        path = entries_path(index, width)
        for wanted in (width, WIDTH):
            for file, content in stored.items():
                if file.width == wanted:
                    return self._whole(file, content)[:width]
        raise _missing(path, index * WIDTH + 1)

    def _whole(self, file: File, content: bytes) -> tuple[bytes, ...]:
        try:
            entries = entries_of(content, file.path)
        except BrokenTile as error:
            raise Differs(error.code, file.path, str(error)) from None
        if len(entries) != file.width:
            raise _cut(file, len(entries))
        return entries

    def _compare_bundles(
        self, index: int, entries: Sequence[bytes], stored: dict[File, bytes]
    ) -> None:
        """Bundles of smaller trees begin alike, the full one goes on where this tree ends."""
        self._walked.made[sha256(bundle(entries)).digest()] = ENTRIES, index
        for file, content in stored.items():
            at = differing_at(entries, self._whole(file, content))
            if at is not None:
                self._note_wrong(file, content, index * WIDTH + at)

    def _look_at(self, index: int, entries: Sequence[bytes]) -> None:
        for at, entry in enumerate(entries, start=index * WIDTH):
            if self._walked.odd is None and not _is_canonical(entry, at + 1):
                path = entries_path(index, len(entries))
                self._walked.odd = Odd(path, at, _sequence(entry))

    def _grow(self, leaves: Sequence[bytes]) -> None:
        for leaf in leaves:
            self._growing.add(leaf)
            if self._growing.size in self._sizes:
                self._walked.roots[self._growing.size] = self._growing.root

    def _compare(self, tile: Tile) -> None:
        self._walked.made[sha256(tile.content).digest()] = tile.level, tile.index
        width = len(tile.content) // HASH_BYTES
        stored = self._stored((tile.level, tile.index))
        if not any(each.width in (width, WIDTH) for each in stored):
            first = (tile.index << (HEIGHT * (tile.level + 1))) + 1
            raise _missing(tile_path(tile.level, tile.index, width), first)
        for file, content in stored.items():
            if len(content) != file.width * HASH_BYTES:
                raise _cut(file, len(content) // HASH_BYTES)
            at = differing_at(_hashes(tile.content), _hashes(content))
            if at is not None:
                index = (tile.index * WIDTH + at) << (HEIGHT * tile.level)
                self._note_wrong(file, content, index)

    def _note_wrong(self, file: File, content: bytes, index: int) -> None:
        self._walked.wrong.append(Wrong(file, index, sha256(content).digest()))


def _hashes(content: bytes) -> Iterator[bytes]:
    return (content[at : at + HASH_BYTES] for at in range(0, len(content), HASH_BYTES))


def _is_canonical(entry: bytes, sequence: int) -> bool:
    """For texts and whole numbers under these names RFC 8785 is what `json` writes when told so."""
    try:
        told = json.loads(entry)
        plain = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
        return plain.encode() == entry and told["sequence"] == sequence
    except (ValueError, KeyError, TypeError):
        return False


def _sequence(entry: bytes) -> int | None:
    try:
        found = json.loads(entry)["sequence"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, int) else None


def _missing(path: str, sequence: int) -> Differs:
    return Differs("tile_broken", path, f"{path} is missing.", sequence=sequence)


def _cut(file: File, found: int) -> Differs:
    return Differs(
        "tile_broken",
        file.path,
        f"{file.path} does not have the {file.width} that its name tells.",
        expected=str(file.width),
        found=str(found),
    )
