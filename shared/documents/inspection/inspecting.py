"""Chooses the parser by type, and turns whatever it trips over into one refusal."""

import warnings
from io import BytesIO
from typing import BinaryIO

from shared.documents.content import Failed
from shared.documents.inspection import hidden, images, pdf, pictures, texts, video
from shared.documents.inspection.outcome import Inspected, Limits, NoPicture


def inspect(source: bytes | str, media_type: str, limits: Limits) -> Inspected | Failed:
    """The file, given as its bytes or as the path of a file, held against the rules of its type.

    A parser that gives up, in whatever way, means that the file is unreadable.
    """
    try:
        with _opened(source) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what a parser grumbles about, it can still read
            return _inspected(file, media_type, limits)
    except Exception:  # the edge of a process: parsers raise all sorts of things
        return Failed("unreadable")


def text_of(source: bytes | str) -> str | None:
    """What a PDF says; None when it says nothing or cannot be read."""
    try:
        with _opened(source) as file:
            return texts.text_of(file)
    except Exception:  # the edge of a process, as above
        return None


def picture_of(
    source: bytes | str, media_type: str, page: int, width: int, limits: Limits
) -> bytes | NoPicture:
    """A page of the file as a PNG picture, or why there is none."""
    try:
        with _opened(source) as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # as above
            return pictures.picture_of(file, media_type, page, width, limits)
    except Exception:  # the edge of a process, as above
        return "unreadable"


def _inspected(file: BinaryIO, media_type: str, limits: Limits) -> Inspected | Failed:
    if failed := hidden.first_hidden(file, media_type):
        return failed
    match media_type:
        case "application/pdf":
            return pdf.inspect(file, limits)
        case "image/jpeg" | "image/png":
            return images.inspect(file, media_type, limits)
        case "video/mp4":
            return video.inspect(file)
        case _:
            return Failed("unreadable")


def _opened(source: bytes | str) -> BinaryIO:
    return BytesIO(source) if isinstance(source, bytes) else open(source, "rb")
