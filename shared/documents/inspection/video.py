"""Video: whether its boxes fill the file to the end, and how long it says that it lasts.

That a video should not be longer than five minutes is advice before submission, not a rule here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from io import SEEK_END
from typing import BinaryIO

from shared.documents.content import Failed
from shared.documents.inspection.outcome import Inspected
from shared.documents.results import Properties

MOST_BOXES = 100_000
LARGE, TO_THE_END = 1, 0
UNKNOWN = frozenset({0, 0xFFFF_FFFF, 0xFFFF_FFFF_FFFF_FFFF})


@dataclass(frozen=True, slots=True)
class Box:
    kind: bytes
    start: int
    end: int


def inspect(file: BinaryIO) -> Inspected | Failed:
    size = file.seek(0, SEEK_END)
    boxes = {box.kind: box for box in _boxes(file, 0, size)}
    if not {b"ftyp", b"moov"} <= boxes.keys() or not {b"mdat", b"moof"} & boxes.keys():
        return Failed("unreadable")
    moov = boxes[b"moov"]
    header = next((box for box in _boxes(file, moov.start, moov.end) if box.kind == b"mvhd"), None)
    return Failed("unreadable") if header is None else Inspected(_properties(file, header))


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes one after another. ValueError where they do not fill the space exactly."""
    for _ in range(MOST_BOXES):
        if start == end:
            return
        box = _box(file, start, end)
        if not start < box.start <= box.end <= end:
            raise ValueError("a box ends elsewhere")
        yield box
        start = box.end
    raise ValueError("too many boxes")


def _box(file: BinaryIO, start: int, end: int) -> Box:
    size, kind = _number(file, start, 4), _read(file, start + 4, 4)
    if size == LARGE:
        return Box(kind, start + 16, start + _number(file, start + 8, 8))
    return Box(kind, start + 8, end if size == TO_THE_END else start + size)


def _properties(file: BinaryIO, header: Box) -> Properties:
    """The movie header comes with numbers of four bytes or, from version 1 on, of eight."""
    is_wide = _number(file, header.start, 1) == 1
    scale = _number(file, header.start + (20 if is_wide else 12), 4)
    ticks = _number(file, header.start + (24 if is_wide else 16), 8 if is_wide else 4)
    is_known = scale > 0 and ticks not in UNKNOWN
    return Properties(duration_seconds=-(-ticks // scale) if is_known else None)


def _number(file: BinaryIO, at: int, length: int) -> int:
    return int.from_bytes(_read(file, at, length))


def _read(file: BinaryIO, at: int, length: int) -> bytes:
    file.seek(at)
    found = file.read(length)
    if len(found) != length:
        raise ValueError("the file ends within a box")
    return found
