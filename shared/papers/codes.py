"""QR codes: an address on paper that a telephone can follow. Pure."""

from io import BytesIO

import segno

Pattern = tuple[tuple[bool, ...], ...]
DOTS = 4
"""Pixels a module in a picture."""


def pattern(text: str) -> Pattern:
    """The dark and light modules, row by row, without the quiet zone around them."""
    return tuple(tuple(bool(dot) for dot in row) for row in _code(text).matrix)


def as_svg(text: str) -> str:
    """A drawing with its quiet zone, as large as whoever places it wants."""
    content = BytesIO()
    _code(text).save(content, kind="svg", xmldecl=False, omitsize=True, light="#fff")
    return content.getvalue().decode().strip()


def as_png(text: str) -> bytes:
    """A picture. Nothing in it is compressed, so that every machine makes the same bytes."""
    content = BytesIO()
    _code(text).save(content, kind="png", scale=DOTS, compresslevel=0)
    return content.getvalue()


def _code(text: str) -> segno.QRCode:
    """Readable with 15 % of it worn off; never one of the small kind that few readers know."""
    return segno.make(text, error="m", micro=False, boost_error=False)
