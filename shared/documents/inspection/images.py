"""Pictures: their size first, then every pixel."""

from typing import BinaryIO

from PIL import Image

from shared.documents.content import Failed
from shared.documents.inspection.outcome import Inspected, Limits
from shared.documents.results import Properties

# Cameras mark photos with a preview as MPO; its first picture is a JPEG like any other.
FORMATS = {"image/jpeg": ("JPEG", "MPO"), "image/png": ("PNG",)}


def inspect(file: BinaryIO, media_type: str, limits: Limits) -> Inspected | Failed:
    """Raises what Pillow raises for a picture that cannot be shown."""
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    with opened(file, media_type) as picture:
        width, height = picture.size
        if width * height > limits.max_pixels:
            found = {"pixels": width * height, "max_pixels": limits.max_pixels}
            return Failed("too_many_pixels", found)
        picture.verify()
    with opened(file, media_type) as picture:
        picture.load()
    return Inspected(Properties(width_pixels=width, height_pixels=height))


def opened(file: BinaryIO, media_type: str) -> Image.Image:
    file.seek(0)
    return Image.open(file, formats=FORMATS[media_type])
