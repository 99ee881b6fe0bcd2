"""Where a file ends by its own account. ValueError when it does not say, or does not end."""

import re
from io import SEEK_END
from typing import BinaryIO

TAIL_BYTES = 64 * 1024
# What follows 0xff within coded pixels is either stuffing or a restart; anything else ends them.
JPEG_MARKER = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")
JPEG_BARE, JPEG_END = frozenset({0x01, 0xD8}), 0xD9
PNG_SIGNATURE_BYTES, PNG_FRAME_BYTES = 8, 12


def after_pdf(file: BinaryIO) -> bytes:
    """What comes after the last end mark."""
    size = file.seek(0, SEEK_END)
    file.seek(max(0, size - TAIL_BYTES))
    _, mark, rest = file.read().rpartition(b"%%EOF")
    if not mark:
        raise ValueError("no end mark")
    return rest


def jpeg_end(picture: bytes, start: int) -> int:
    """Where the picture that begins at `start` ends."""
    at = start
    while marker := JPEG_MARKER.search(picture, at):
        kind, at = marker[1][0], marker.end()
        if kind == JPEG_END:
            return at
        if kind not in JPEG_BARE:
            at += int.from_bytes(picture[at : at + 2])
    raise ValueError("no end marker")


def png_end(picture: bytes, start: int) -> int:
    """Where the picture that begins at `start` ends."""
    at = start + PNG_SIGNATURE_BYTES
    while at + PNG_FRAME_BYTES <= len(picture):
        kind = picture[at + 4 : at + 8]
        at += PNG_FRAME_BYTES + int.from_bytes(picture[at : at + 4])
        if kind == b"IEND":
            return at
    raise ValueError("no last chunk")
