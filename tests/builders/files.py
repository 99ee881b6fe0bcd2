"""Real files, small and each of its own: what an operator would upload, and what she should not."""

import os
import struct
from io import BytesIO
from uuid import uuid4

import pikepdf
from fpdf import FPDF
from PIL import Image


def pdf(text: str | None = None, pages: int = 1) -> bytes:
    """A PDF that says this on every page."""
    document = FPDF(format=(100.0, 60.0))
    for number in range(pages):
        document.add_page()
        document.set_font("helvetica", size=9)
        document.text(8, 12, f"{text or uuid4()}")
        document.text(8, 20, f"Halaman {number + 1}")
    return bytes(document.output())


def pdf_with(**entries: object) -> bytes:
    """A PDF with these entries in its catalog."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        for name, value in entries.items():
            document.Root[f"/{name}"] = value
        document.save(out)
    return out.getvalue()


def locked_pdf(password: str = "rahasia") -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf())) as document:
        document.save(out, encryption=pikepdf.Encryption(owner="pemilik", user=password))
    return out.getvalue()


def png(width: int = 8, height: int = 6) -> bytes:
    return _picture("PNG", width, height)


def jpeg(width: int = 8, height: int = 6) -> bytes:
    return _picture("JPEG", width, height)


def _picture(form: str, width: int, height: int) -> bytes:
    out = BytesIO()
    Image.frombytes("RGB", (width, height), os.urandom(width * height * 3)).save(out, form)
    return out.getvalue()


def mp4(seconds: int = 7, content: bytes = b"") -> bytes:
    """The boxes of a video without pictures to show: as much as intake looks at."""
    inside = content or os.urandom(64)
    return mp4_head(len(inside), seconds) + inside


def mp4_head(content_bytes: int, seconds: int = 7) -> bytes:
    """What comes before so many bytes of pictures and sound."""
    return b"".join(
        (
            box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2avc1mp41"),
            box(b"moov", movie_header(600, seconds * 600)),
            (content_bytes + 8).to_bytes(4) + b"mdat",
        )
    )


def movie_header(scale: int, ticks: int, *, is_wide: bool = False) -> bytes:
    form = ">IQQIQ" if is_wide else ">IIIII"
    version = 1 << 24 if is_wide else 0
    return box(b"mvhd", struct.pack(form, version, 0, 0, scale, ticks) + bytes(80))


def box(kind: bytes, content: bytes) -> bytes:
    return (len(content) + 8).to_bytes(4) + kind + content
