"""Pages as pictures: of the width that was asked, of nothing that cannot be shown."""

from io import BytesIO

import pytest
from fpdf import FPDF
from PIL import Image

from shared.documents.inspection import Limits
from shared.documents.inspection.inspecting import picture_of
from shared.documents.sandbox import Sandbox
from tests.builders.files import jpeg, locked_pdf, mp4, pdf, png

LIMITS = Limits(500, 10_000)
PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"


def drawn(content: bytes, media_type: str, page: int = 1, width: int = 200) -> Image.Image:
    picture = picture_of(content, media_type, page, width, LIMITS)
    assert isinstance(picture, bytes), picture
    shown = Image.open(BytesIO(picture))
    assert shown.format == "PNG"
    return shown


def strip(width: float, height: float) -> bytes:
    document = FPDF(unit="pt", format=(width, height))
    document.add_page()
    return bytes(document.output())


@pytest.mark.parametrize("width", [100, 101, 333, 400, 1600])
def test_a_page_is_as_wide_as_was_asked(width: int) -> None:
    assert drawn(pdf("Isi", 2), PDF, 2, width).width == width


def test_a_page_that_is_a_long_strip_is_bounded_in_its_height() -> None:
    assert drawn(strip(30, 3000), PDF, width=200).height <= 801
    assert drawn(strip(3000, 30), PDF, width=200).size == (200, 2)


def test_an_image_is_made_smaller_and_never_larger() -> None:
    assert drawn(png(80, 40), PNG, width=50).size == (50, 25)
    assert drawn(jpeg(80, 40), JPEG, width=400).size == (80, 40)


def test_a_photo_is_shown_upright() -> None:
    out, turned = BytesIO(), Image.Exif()
    turned[0x0112] = 6
    Image.new("RGB", (80, 40)).save(out, "JPEG", exif=turned)
    assert drawn(out.getvalue(), JPEG).size == (40, 80)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_of_every_kind_are_shown(mode: str) -> None:
    out = BytesIO()
    Image.new(mode, (30, 20)).save(out, "PNG")
    assert drawn(out.getvalue(), PNG).size == (30, 20)


def test_what_cannot_be_shown_says_why() -> None:
    told = [
        picture_of(pdf(), PDF, 2, 200, LIMITS),
        picture_of(png(), PNG, 2, 200, LIMITS),
        picture_of(mp4(), "video/mp4", 1, 200, LIMITS),
        picture_of(png(101, 100), PNG, 1, 200, LIMITS),
        picture_of(locked_pdf(), PDF, 1, 200, LIMITS),
        picture_of(b"%PDF-1.7 broken", PDF, 1, 200, LIMITS),
        picture_of(jpeg(), PNG, 1, 200, LIMITS),
    ]
    unreadable = ["unreadable"] * 3
    assert told == ["no_page", "no_page", "no_pictures", "too_large", *unreadable]


def test_pages_are_drawn_in_a_process_apart() -> None:
    apart = Sandbox(LIMITS)
    try:
        picture = apart.picture_of(pdf("Isi"), PDF, 1, 120)
        assert isinstance(picture, bytes)
        assert Image.open(BytesIO(picture)).width == 120
    finally:
        apart.close()
