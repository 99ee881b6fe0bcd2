"""Files that are two things at once: what another program would find in an honest-looking one."""

import re
import zipfile
from collections.abc import Callable
from typing import BinaryIO, Literal

from shared.documents.content import Failed
from shared.documents.inspection import endings

# Where viewers look for a header, and browsers for markup.
SNIFFED_BYTES = 1024
# As much is forgiven after the end of a PDF: printers and mailers leave a line there.
FORGIVEN_BYTES = 1024
# As much is forgiven after a photo: one maker's phones write a directory of their own there.
PHONE_BYTES, PHONE_END = 64 * 1024, b"SEFT"
FILLING = b"\x00\t\n\x0c\r "
MARKUP = re.compile(rb"<(?:html|script|svg|iframe|\?php|!doctype\s+html)[\s>]", re.IGNORECASE)
JPEG = b"\xff\xd8\xff"
LONG_MARKS = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a", b"\x7fELF", b"%PDF-", b"ftyp", b"<?xml")
MARKS = (*LONG_MARKS, b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"%!PS", b"\x89PNG", b"GIF8", b"#!", JPEG)
Hidden = Literal["archive", "markup", "pdf", "other"]


def first_hidden(file: BinaryIO, media_type: str) -> Failed | None:
    """A second format in the file, or bytes after its end; None when there is neither."""
    if _is_archive(file):
        return _hidden("archive")
    file.seek(0)
    head = file.read(SNIFFED_BYTES)
    if media_type != "application/pdf" and b"%PDF-" in head:
        return _hidden("pdf")
    match media_type:
        case "application/pdf":
            return _markup(head) or _after_pdf(endings.after_pdf(file).strip(FILLING))
        case "image/png":
            return _in_image(file, endings.png_end)
        case "image/jpeg":
            return _in_image(file, endings.jpeg_end)
        case _:
            return _markup(head)


def _hidden(what: Hidden) -> Failed:
    return Failed("hidden_format", {"found": what})


def _is_archive(file: BinaryIO) -> bool:
    """Whether programs that read archives from their end would open this as one."""
    try:
        with zipfile.ZipFile(file) as archive:
            return bool(archive.infolist())
    except zipfile.BadZipFile:
        return False


def _markup(some: bytes) -> Failed | None:
    return _hidden("markup") if MARKUP.search(some) else None


def _after_pdf(rest: bytes) -> Failed | None:
    if len(rest) > FORGIVEN_BYTES:
        return _trailing(rest)
    return _hidden("other") if rest.startswith(MARKS) else _markup(rest)


def _in_image(file: BinaryIO, end_of: Callable[[bytes, int], int]) -> Failed | None:
    """Pictures may be followed by further JPEG pictures: previews and the like of cameras."""
    file.seek(0)
    picture = file.read()
    if MARKUP.search(picture):
        return _hidden("markup")
    end = end_of(picture, 0)
    while picture.startswith(JPEG, end):
        end = endings.jpeg_end(picture, end)
    rest = picture[end:].strip(FILLING)
    return None if not rest or _is_phone_note(rest) else _trailing(rest)


def _is_phone_note(rest: bytes) -> bool:
    is_note = len(rest) <= PHONE_BYTES and rest.endswith(PHONE_END)
    return is_note and not any(mark in rest for mark in LONG_MARKS)


def _trailing(rest: bytes) -> Failed:
    return Failed("trailing_bytes", {"size_bytes": len(rest)})
