"""The files of a log's tiles: what their paths say, and where two of them differ. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.transparency.tiles import LOG, WIDTH

TILES = f"{LOG}tile/"
ENTRIES = -1
"""Bundles of entries, as a level below the tiles."""
PATH = re.compile(
    r"(?P<level>entries|[0-9]{1,2})/(?P<place>(?:x[0-9]{3}/)*[0-9]{3})(?:\.p/(?P<width>[0-9]{1,3}))?"
)
Spot = tuple[int, int]
"""Level and index."""


@dataclass(frozen=True, slots=True)
class File:
    """`width` is how many hashes or entries it has."""

    path: str
    level: int
    index: int
    width: int

    @property
    def spot(self) -> Spot:
        return self.level, self.index


def file_of(path: str) -> File | None:
    """None for a path that names no tile."""
    found = PATH.fullmatch(path.removeprefix(TILES))
    if found is None:
        return None
    index = int(found["place"].replace("x", "").replace("/", ""))
    level = ENTRIES if found["level"] == "entries" else int(found["level"])
    return File(path, level, index, int(found["width"] or WIDTH))


def by_spot(paths: Iterable[str]) -> dict[Spot, tuple[File, ...]]:
    """All files of a spot, the narrow ones first. What names no tile is left out."""
    found: dict[Spot, tuple[File, ...]] = {}
    for each in filter(None, map(file_of, paths)):
        found[each.spot] = (*found.get(each.spot, ()), each)
    return {
        spot: tuple(sorted(files, key=lambda each: each.width)) for spot, files in found.items()
    }


def differing_at(made: Iterable[bytes], stored: Iterable[bytes]) -> int | None:
    """The place of the first that differs, of as many as both have."""
    pairs: Iterator[tuple[bytes, bytes]] = zip(made, stored, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), None)
