"""Makes the files of the sample season: small, valid, the same bytes each time.

And broken ones on purpose, so that what intake refuses can be shown.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from textwrap import wrap
from typing import assert_never

from fpdf import FPDF
from PIL import Image, ImageDraw, ImageFont

from deploy.sample.plan import EvidencePlan, Flaw, Media
from deploy.sample.proofs import MARK

MEDIA_TYPES: dict[Media, str] = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
}
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
PAGE_MM = (148.0, 210.0)
IMAGE_PIXELS = (360, 220)
PALETTE = [250, 250, 245, 24, 60, 92, 200, 80, 40]
PAPER, INK, RIBBON = 0, 1, 2
JPEG_QUALITY = 12


def file_of(plan: EvidencePlan) -> bytes:
    """The file's bytes. Raises `ValueError` for a link, which has none."""
    match plan.media:
        case "pdf":
            return _pdf(plan)
        case "png":
            return _picture(plan, "PNG")
        case "jpg":
            return _picture(plan, "JPEG")
        case "link":
            raise ValueError(f"{plan.key} is a link and has no file.")
        case _:
            assert_never(plan.media)


def broken(flaw: Flaw, plan: EvidencePlan) -> bytes:
    """Bytes with the flaw, for a PDF."""
    match flaw:
        case "encrypted_pdf":
            return _pdf(plan, password="contoh")  # noqa: S106 - a lock for show
        case "png_named_pdf":
            return _picture(plan, "PNG")
        case "empty":
            return b""
        case "truncated_pdf":
            whole = _pdf(plan)
            return whole[: len(whole) * 2 // 3]
        case _:
            assert_never(flaw)


def _pdf(plan: EvidencePlan, password: str | None = None) -> bytes:
    page = FPDF(format=PAGE_MM)
    page.set_creation_date(CREATED)
    page.set_title(_latin(plan.heading))
    if password is not None:
        page.set_encryption(owner_password=password, user_password=password)
    page.add_page()
    page.set_font("helvetica", style="B", size=12)
    page.text(12, 18, MARK)
    page.text(12, 26, _latin(plan.heading))
    page.set_font("helvetica", size=9)
    for number, line in enumerate(_wrapped(plan, 72)):
        page.text(12, 36 + 5 * number, _latin(line))
    return bytes(page.output())


def _picture(plan: EvidencePlan, form: str) -> bytes:
    picture = Image.new("P", IMAGE_PIXELS, PAPER)
    picture.putpalette(PALETTE)
    drawing = ImageDraw.Draw(picture)
    font = ImageFont.load_default_imagefont()
    width, height = IMAGE_PIXELS
    drawing.rectangle((0, 0, width, 26), fill=INK)
    drawing.text((8, 8), f"{MARK}: {_latin(plan.heading)}", fill=PAPER, font=font)
    drawing.rectangle((0, height - 6, width, height), fill=RIBBON)
    for number, line in enumerate(_wrapped(plan, 56)):
        drawing.text((8, 34 + 12 * number), _latin(line), fill=INK, font=font)
    return _saved(picture if form == "PNG" else picture.convert("L"), form)


def _saved(picture: Image.Image, form: str) -> bytes:
    out = BytesIO()
    picture.save(out, form, quality=JPEG_QUALITY)
    return out.getvalue()


def _wrapped(plan: EvidencePlan, width: int) -> Iterator[str]:
    for line in plan.lines:
        yield from wrap(line, width)


def _latin(text: str) -> str:
    """What the built-in fonts can write."""
    return text.encode("latin-1", "replace").decode("latin-1")
