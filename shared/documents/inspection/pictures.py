"""What a person would see of a file, as small PNG pictures: pages of a PDF, or an image."""

from io import BytesIO
from typing import BinaryIO, cast

import pypdfium2
from PIL import Image, ImageOps

from shared.documents.inspection.images import opened
from shared.documents.inspection.outcome import Limits, NoPicture

TALLEST = 4
"""A picture is at most so many times as high as it was asked to be wide."""


def picture_of(
    file: BinaryIO, media_type: str, page: int, width: int, limits: Limits
) -> bytes | NoPicture:
    """A page, counted from 1, so wide; an image is never enlarged.

    Raises what the parsers raise.
    """
    match media_type:
        case "application/pdf":
            return _page(file, page, width)
        case "image/jpeg" | "image/png":
            return _image(file, media_type, width, limits) if page == 1 else "no_page"
        case _:
            return "no_pictures"


def _page(file: BinaryIO, number: int, width: int) -> bytes | NoPicture:
    file.seek(0)
    document = pypdfium2.PdfDocument(file.read())
    try:
        if number > len(document):
            return "no_page"
        page = document[number - 1]
        return _png(_drawn(page, width))
    finally:
        document.close()


def _drawn(page: pypdfium2.PdfPage, width: int) -> Image.Image:
    """Scaled so that rounding up gives the very width, and less where the page is a long strip."""
    wide, high = page.get_size()
    scale = min((width - 0.01) / wide, width * TALLEST / high)
    return cast("Image.Image", page.render(scale=scale).to_pil())


def _image(file: BinaryIO, media_type: str, width: int, limits: Limits) -> bytes | NoPicture:
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    with opened(file, media_type) as picture:
        if picture.width * picture.height > limits.max_pixels:
            return "too_large"
        box = (width, width * TALLEST)
        picture.draft("RGB", box)
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail(box)
        return _png(upright)


def _png(picture: Image.Image) -> bytes:
    out = BytesIO()
    has_holes = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    picture.convert("RGBA" if has_holes else "RGB").save(out, "PNG")
    return out.getvalue()
