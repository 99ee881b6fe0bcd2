"""What is still to be sent of a file, and some bytes of it as a stream of its own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import SEEK_CUR, SEEK_END, SEEK_SET, BufferedReader, RawIOBase
from pathlib import Path
from typing import BinaryIO

from deploy.cli.client import Document

BUFFER_BYTES = 64 * 1024


@dataclass(frozen=True, slots=True)
class Portion:
    """`size_bytes` of the file from `offset` on, which one form takes."""

    url: str
    fields: Mapping[str, str]
    offset: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Missing:
    """Forms for what has not come; there are more of them where `is_all` is False."""

    portions: tuple[Portion, ...]
    is_all: bool
    bytes_received: int


def missing_of(forms: Document, size_bytes: int) -> Missing:
    """Of what the service answered to a declaration, or when it was asked how far it is."""
    if forms.get("state", "waiting") != "waiting":
        return Missing((), True, size_bytes)
    whole, parts = forms.get("upload"), forms.get("parts")
    if whole is not None:
        return Missing((Portion(whole["url"], whole["fields"], 0, size_bytes),), True, 0)
    if parts is None:
        return Missing((), True, size_bytes)
    portions = tuple(
        Portion(each["url"], each["fields"], each["offset"], each["size_bytes"])
        for each in parts["missing"]
    )
    return Missing(portions, parts["missing_count"] == len(portions), _received(parts, size_bytes))


def _received(parts: Document, size_bytes: int) -> int:
    """The last part may be shorter than the others."""
    last = size_bytes - parts["part_bytes"] * (parts["part_count"] - 1)
    sizes = [last if n == parts["part_count"] else parts["part_bytes"] for n in parts["received"]]
    return sum(sizes)


def opened(file: Path, portion: Portion, tell: Callable[[int], None]) -> BinaryIO:
    """The portion as a stream, which tells how many bytes of it were read so far."""
    return BufferedReader(_Window(file, portion, tell), BUFFER_BYTES)


class _Window(RawIOBase):
    def __init__(self, file: Path, portion: Portion, tell: Callable[[int], None]) -> None:
        self._file = file.open("rb", buffering=0)
        self._portion = portion
        self._tell = tell
        self._place = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET, /) -> int:
        begin = {SEEK_SET: 0, SEEK_CUR: self._place, SEEK_END: self._portion.size_bytes}
        self._place = begin[whence] + offset
        return self._place

    def tell(self) -> int:
        return self._place

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        left = max(self._portion.size_bytes - self._place, 0)
        self._file.seek(self._portion.offset + self._place)
        count = self._file.readinto(memoryview(buffer)[:left]) or 0
        self._place += count
        self._tell(self._place)
        return count

    def close(self) -> None:
        self._file.close()
        super().close()
