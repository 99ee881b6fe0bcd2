"""A ZIP archive that is sent while it is made: the same files always make the same bytes."""

from collections.abc import Generator
from contextlib import contextmanager
from typing import IO, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
UNIX = 3


class _Sink:
    """Takes what is written until somebody fetches it. It can neither seek nor tell."""

    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def write(self, content: bytes) -> int:
        self.chunks.append(bytes(content))
        return len(content)

    def flush(self) -> None:
        return


class Packer:
    """Nothing in it is compressed, because not every machine compresses to the same bytes."""

    def __init__(self) -> None:
        self._sink = _Sink()
        # It only writes there; the library asks for no more than `write` and `flush`.
        self._zip = ZipFile(cast("IO[bytes]", self._sink), "w", ZIP_STORED)

    def add(self, path: str, content: bytes) -> None:
        self._zip.writestr(_named(path), content)

    @contextmanager
    def adding(self, path: str) -> Generator[IO[bytes]]:
        """A file that is written piece by piece."""
        with self._zip.open(_named(path), "w", force_zip64=True) as stream:
            yield stream

    def finish(self) -> None:
        self._zip.close()

    def taken(self) -> bytes:
        """What came since it was asked for last."""
        found = b"".join(self._sink.chunks)
        self._sink.chunks.clear()
        return found


def _named(path: str) -> ZipInfo:
    info = ZipInfo(path, EPOCH)
    info.external_attr = READABLE
    info.create_system = UNIX
    return info
