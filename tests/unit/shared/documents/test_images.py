"""Pictures: every pixel is decoded, none beyond the limit, and nothing may hide in them."""

import os
import struct
import zlib
from io import BytesIO

import pytest
from PIL import Image, PngImagePlugin

from shared.documents.content import Failed
from shared.documents.inspection import Inspected
from shared.documents.results import Properties
from tests.builders.files import jpeg, png
from tests.unit.shared.documents.looking import JPEG, PNG, looked_into, rule


def saved(picture: Image.Image, form: str, **how: object) -> bytes:
    out = BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def noise(mode: str = "RGB", width: int = 40, height: int = 30) -> Image.Image:
    return Image.frombytes("RGB", (width, height), os.urandom(3 * width * height)).convert(mode)


@pytest.mark.parametrize(("content", "media_type"), [(png(8, 6), PNG), (jpeg(8, 6), JPEG)])
def test_the_size_of_a_picture_is_told(content: bytes, media_type: str):
    told = looked_into(content, media_type)
    assert told == Inspected(Properties(width_pixels=8, height_pixels=6))


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (saved(noise(), "JPEG", progressive=True), JPEG),
        (saved(noise("CMYK"), "JPEG"), JPEG),
        (
            saved(
                noise("L"), "JPEG", quality=5, exif=b"Exif\x00\x00II*\x00\x08\x00\x00\x00\x00\x00"
            ),
            JPEG,
        ),
        (saved(noise(), "MPO", save_all=True, append_images=[noise()]), JPEG),
        (saved(noise(), "JPEG") + b"\x00" * 300 + b"\r\n", JPEG),
        (saved(noise(), "JPEG") + saved(noise(), "JPEG"), JPEG),
        (
            saved(noise(), "JPEG") + b"\x00\x00\x01\x0a\x0e\x00Image_UTC_Data1700SEFH\x6b\x00SEFT",
            JPEG,
        ),
        (saved(noise("P"), "PNG"), PNG),
        (saved(noise("1"), "PNG"), PNG),
        (saved(noise("RGBA"), "PNG", optimize=True), PNG),
        (saved(noise(), "PNG", save_all=True, append_images=[noise()]), PNG),
        (saved(noise(), "PNG") + b"\n", PNG),
    ],
)
def test_what_cameras_and_phones_make_is_not_refused(content: bytes, media_type: str):
    assert rule(content, media_type) is None


def bomb() -> bytes:
    """A megapixel for every kilobyte: 30,000 by 30,000 white points."""

    def chunk(name: bytes, content: bytes) -> bytes:
        tail = zlib.crc32(name + content).to_bytes(4)
        return len(content).to_bytes(4) + name + content + tail

    header = struct.pack(">II", 30_000, 30_000) + bytes([1, 0, 0, 0, 0])
    pixels = zlib.compress(bytes(30_000 * 3751), 9)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def test_a_decompression_bomb_is_not_decoded():
    expected = {"pixels": 900_000_000, "max_pixels": 10_000}
    assert looked_into(bomb(), PNG) == Failed("too_many_pixels", expected)


def test_a_text_that_swells_is_refused():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "x" * 80_000_000, zip=True)
    assert rule(saved(noise(), "PNG", pnginfo=notes), PNG) == "unreadable"


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (saved(noise(), "JPEG")[:-200], JPEG),
        (saved(noise(), "PNG")[:-200], PNG),
        (saved(noise(), "JPEG")[:300] + b"\xff\xd9", JPEG),
        (png().replace(b"IDAT", b"IDAT\x00", 1), PNG),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01" + bytes(range(64)) + b"\xff\xd9", JPEG),
        (saved(noise(), "GIF"), PNG),
        (saved(noise(), "PNG"), JPEG),
    ],
)
def test_a_picture_that_cannot_be_shown_is_unreadable(content: bytes, media_type: str):
    assert rule(content, media_type) == "unreadable"
