"""Files that are two things at once are refused, whichever of them is the honest one."""

import zipfile
from io import BytesIO

import pytest

from shared.documents.content import Failed
from tests.builders.files import box, jpeg, mp4, pdf, png
from tests.unit.shared.documents.looking import JPEG, MP4, PDF, PNG, looked_into, rule

FILES = [(pdf(), PDF), (png(), PNG), (jpeg(), JPEG), (mp4(), MP4)]
PAGE = b"<HTML><script>alert(1)</script></html>"


def archive(before: bytes = b"") -> bytes:
    out = BytesIO(before)
    out.seek(0, 2)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("Main.class", b"\xca\xfe\xba\xbe")
    return out.getvalue()


@pytest.mark.parametrize(("content", "media_type"), FILES)
def test_an_archive_behind_an_honest_file_is_found(content: bytes, media_type: str):
    expected = Failed("hidden_format", {"found": "archive"})
    assert looked_into(archive(content), media_type) == expected


def test_an_archive_inside_a_pdf_is_found():
    inside = pdf().replace(b"%%EOF", archive() + b"\n%%EOF")
    assert looked_into(inside) == Failed("hidden_format", {"found": "archive"})


def test_an_archive_inside_a_video_is_found():
    inside = mp4() + box(b"free", archive())
    assert looked_into(inside, MP4) == Failed("hidden_format", {"found": "archive"})


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (png()[:8] + box(b"teXt", b"%PDF-1.7 1 0 obj")[:-4] + png()[8:], PNG),
        (jpeg()[:2] + b"\xff\xfe\x00\x12%PDF-1.7 1 0 obj" + jpeg()[2:], JPEG),
        (box(b"ftyp", b"isom\x00\x00\x02\x00%PDF-1.7") + mp4(), MP4),
    ],
)
def test_a_pdf_inside_a_picture_or_video_is_found(content: bytes, media_type: str):
    expected = Failed("hidden_format", {"found": "pdf"})
    assert looked_into(content, media_type) == expected


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (pdf().replace(b"\n", b"\n% " + PAGE + b"\n", 1), PDF),
        (pdf() + PAGE, PDF),
        (jpeg()[:2] + b"\xff\xfe\x00\x28" + PAGE + jpeg()[2:], JPEG),
        (png() + PAGE, PNG),
        (box(b"ftyp", b"isom\x00\x00\x02\x00") + box(b"free", b"<?PHP system()") + mp4(), MP4),
        (jpeg()[:2] + b"\xff\xfe\x00\x10<svg onload=x>" + jpeg()[2:], JPEG),
    ],
)
def test_markup_where_a_browser_would_find_it_is_refused(content: bytes, media_type: str):
    assert looked_into(content, media_type) == Failed("hidden_format", {"found": "markup"})


@pytest.mark.parametrize(
    "rest",
    [b"PK\x03\x04rest", b"\n\nMZ\x90\x00", b"\x89PNG\r\n\x1a\n", b"#!/bin/sh\n", b"Rar!\x1a"],
)
def test_another_format_behind_a_pdf_is_found(rest: bytes):
    assert looked_into(pdf() + rest) == Failed("hidden_format", {"found": "other"})


@pytest.mark.parametrize(
    "rest", [b"\r\n" * 2000, b"\x00" * 5000, b"Scanned by office\r\n", b"\x1a", b"x" * 1024]
)
def test_a_little_behind_a_pdf_is_forgiven(rest: bytes):
    assert rule(pdf() + rest) is None


def test_more_than_a_little_behind_a_pdf_is_refused():
    assert looked_into(pdf() + b"x" * 1025) == Failed("trailing_bytes", {"size_bytes": 1025})


@pytest.mark.parametrize(
    ("content", "media_type", "size_bytes"),
    [
        (png() + b"rest", PNG, 4),
        (jpeg() + b"rest", JPEG, 4),
        (jpeg() + mp4(content=b"moving"), JPEG, None),
        (jpeg() + b"\x00\x00" + mp4(content=b"moving") + b"SEFT", JPEG, None),
        (jpeg() + b"a" * 70_000 + b"SEFT", JPEG, 70_004),
    ],
)
def test_bytes_behind_a_picture_are_refused(
    content: bytes, media_type: str, size_bytes: int | None
):
    told = looked_into(content, media_type)
    assert isinstance(told, Failed)
    told_bytes = told.params["size_bytes"]
    assert (told.rule, size_bytes or told_bytes) == ("trailing_bytes", told_bytes)


def test_a_picture_that_follows_a_picture_must_end_as_well():
    assert rule(jpeg() + jpeg()[:-30], JPEG) == "unreadable"


def test_other_types_are_never_readable():
    assert rule(archive(), "application/vnd.ms-excel.sheet.macroEnabled.12") == "hidden_format"
    assert rule(b"plain", "text/plain") == "unreadable"
