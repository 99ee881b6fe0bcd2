"""Where the files of a log lie: a folder, or a bucket. What is written once is never changed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from shared.transparency.errors import Overwritten


class Readable(Protocol):
    """Files by path, such as `log/tile/0/000`. All calls block."""

    def get(self, path: str) -> bytes | None:
        """None for what is not there."""
        ...


class Shelf(Readable, Protocol):
    """Files that can be written too."""

    def put(self, path: str, content: bytes) -> None:
        """Writes it once. The same again is no change; raises `Overwritten` for anything else."""
        ...

    def put_newest(self, path: str, content: bytes) -> None:
        """For what may change, such as the latest checkpoint."""
        ...

    def listed(self, prefix: str) -> Iterator[str]:
        """All paths that begin so, in order."""
        ...


class FolderShelf:
    """A folder on this machine."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def get(self, path: str) -> bytes | None:
        try:
            return (self.root / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
            return None

    def put(self, path: str, content: bytes) -> None:
        known = self.get(path)
        if known is not None:
            same_or_overwritten(path, known, content)
            return
        self.put_newest(path, content)

    def put_newest(self, path: str, content: bytes) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        fresh = target.with_name(f".{target.name}.{os.getpid()}")
        fresh.write_bytes(content)
        fresh.replace(target)

    def listed(self, prefix: str) -> Iterator[str]:
        start = self.root / prefix
        folder = start if start.is_dir() else start.parent
        if not folder.is_dir():
            return
        paths = (each.relative_to(self.root).as_posix() for each in folder.rglob("*"))
        for path in sorted(paths):
            if path.startswith(prefix) and (self.root / path).is_file():
                yield path


def same_or_overwritten(path: str, known: bytes, content: bytes) -> None:
    """Raises `Overwritten` where what is there is not what was to be written."""
    if known != content:
        raise Overwritten(f"{path} is stored already, with other bytes.", path)
