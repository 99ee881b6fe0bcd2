"""QR codes on paper: the pattern is the library's, whatever it is drawn as."""

import zlib
from io import BytesIO

import segno
from PIL import Image

from shared.papers import as_png, as_svg
from shared.papers.codes import DOTS, pattern

URL = "https://inda.kalselprov.go.id/verify/3f0c1f0e-8d1c-5b1e-9a3e-7a3d0f7a8b11"
QUIET = 4
"""Modules of light around a code, as readers want it."""


def drawn(png: bytes) -> tuple[tuple[bool, ...], ...]:
    """What a camera sees: dark and light, module by module, without the quiet zone."""
    picture = Image.open(BytesIO(png)).convert("L")
    width = picture.width // DOTS
    dark = [
        [picture.getpixel((column * DOTS, line * DOTS)) == 0 for column in range(width)]
        for line in range(width)
    ]
    edge = slice(QUIET, width - QUIET)
    assert not any(any(row) for row in dark[:QUIET])
    return tuple(tuple(row[edge]) for row in dark[edge])


def test_the_pattern_is_that_of_the_text_with_room_for_wear() -> None:
    expected = segno.make_qr(URL, error="m", boost_error=False)
    assert pattern(URL) == tuple(tuple(bool(dot) for dot in row) for row in expected.matrix)
    assert pattern(URL) != pattern(f"{URL}x")


def test_the_picture_shows_the_pattern_and_nothing_in_it_is_compressed() -> None:
    png = as_png(URL)
    assert drawn(png) == pattern(URL)
    at = png.index(b"IDAT")
    size = int.from_bytes(png[at - 4 : at])
    packed = png[at + 4 : at + 4 + size]
    assert zlib.decompress(packed) in packed


def test_the_drawing_is_the_same_again_and_has_no_size_of_its_own() -> None:
    svg = as_svg(URL)
    assert svg == as_svg(URL)
    assert svg.startswith("<svg ") and f'viewBox="0 0 {len(pattern(URL)) + 2 * QUIET} ' in svg
    assert " width=" not in svg and "<?xml" not in svg
