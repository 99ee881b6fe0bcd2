"""The ZIP archive that an XLSX file is, opened only if unpacking it is harmless. Pure."""

from io import BytesIO
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from services.submission.api.imports.faults import Unusable

MAX_ENTRIES = 500
MAX_UNPACKED_BYTES = 64 * 1024 * 1024
MAX_RATIO = 200
SMALL_BYTES = 16 * 1024 * 1024
"""Text shrinks well: only what is larger than this is held against the ratio."""

ENCRYPTED = 0x1
METHODS = (ZIP_STORED, ZIP_DEFLATED)


class Archive:
    """The checked parts of a workbook by name. Everything raises `Unusable`.

    Sizes are those that the archive declares: reading never gives more than they say.
    """

    def __init__(self, content: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(content))
        except (BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise _broken(error) from error
        self._parts = {each.filename.casefold(): each for each in self._zip.infolist()}
        self._check(self._zip.infolist(), len(content))

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._parts

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._parts)

    def open(self, name: str) -> IO[bytes]:
        part = self._parts.get(name.casefold())
        if part is None:
            raise Unusable("workbook_broken", reason=f"{name[:80]} is missing")
        try:
            return self._zip.open(part)
        except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
            raise _broken(error) from error

    def _check(self, parts: list[ZipInfo], size: int) -> None:
        if len(parts) > MAX_ENTRIES:
            raise Unusable("archive_too_large", reason=f"{len(parts)} > {MAX_ENTRIES}")
        if len(self._parts) < len(parts):
            raise Unusable("archive_broken", reason="a name appears twice")
        if sum(part.compress_size for part in parts) > size:
            raise Unusable("archive_broken", reason="parts overlap")
        for part in parts:
            _check_part(part)
        unpacked = sum(part.file_size for part in parts)
        if unpacked > MAX_UNPACKED_BYTES:
            raise Unusable("archive_too_large", reason=f"{unpacked} > {MAX_UNPACKED_BYTES}")


def _check_part(part: ZipInfo) -> None:
    if part.flag_bits & ENCRYPTED:
        raise Unusable("old_excel")
    if part.compress_type not in METHODS:
        raise Unusable("archive_broken", reason="packed in an unusual way")
    name = part.filename
    if name.startswith("/") or "\\" in name or ".." in name.split("/"):
        raise Unusable("archive_broken", reason="a path that leaves the archive")
    if part.file_size > SMALL_BYTES and part.file_size > MAX_RATIO * max(part.compress_size, 1):
        raise Unusable("archive_too_large", reason=f"1:{MAX_RATIO}")


def _broken(error: Exception) -> Unusable:
    return Unusable("archive_broken", reason=str(error)[:120] or type(error).__name__)
