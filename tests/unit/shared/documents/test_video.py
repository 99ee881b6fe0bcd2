"""Video: boxes that fill the file, and a duration where one is told."""

import pytest

from shared.documents.inspection import Inspected
from shared.documents.results import Properties
from tests.builders.files import box, movie_header, mp4
from tests.unit.shared.documents.looking import MP4, looked_into, rule

FTYP = box(b"ftyp", b"isom\x00\x00\x02\x00isomiso2avc1mp41")
MDAT = box(b"mdat", bytes(40))


def movie(header: bytes) -> bytes:
    return FTYP + MDAT + box(b"moov", box(b"udta", b"") + header)


def lasts(content: bytes) -> int | None:
    told = looked_into(content, MP4)
    assert isinstance(told, Inspected)
    return told.properties.duration_seconds


def test_the_duration_is_told_up_to_the_second():
    assert looked_into(mp4(seconds=301), MP4) == Inspected(Properties(duration_seconds=301))
    assert lasts(movie(movie_header(scale=1000, ticks=300_001))) == 301


def test_long_numbers_are_read_as_well():
    header = movie_header(scale=90_000, ticks=90_000 * 75, is_wide=True)
    assert lasts(movie(header)) == 75


@pytest.mark.parametrize("ticks", [0, 0xFFFF_FFFF])
def test_a_duration_that_is_not_told_is_none(ticks: int):
    assert lasts(movie(movie_header(scale=600, ticks=ticks))) is None


def test_a_duration_without_a_scale_is_none():
    assert lasts(movie(movie_header(scale=0, ticks=600))) is None


def test_a_box_may_reach_to_the_end_of_the_file_or_tell_a_long_size():
    head = FTYP + box(b"moov", movie_header(600, 600))
    assert lasts(head + bytes(4) + b"mdat" + bytes(99)) == 1
    assert lasts(head + (1).to_bytes(4) + b"mdat" + (26).to_bytes(8) + bytes(10)) == 1


@pytest.mark.parametrize(
    "content",
    [
        mp4()[:-10],
        mp4() + b"rest",
        mp4() + b"\x00\x00\x00\x02mdat",
        FTYP + MDAT,
        FTYP + box(b"moov", movie_header(600, 600)),
        FTYP + MDAT + box(b"moov", b"\x00\x00\xff\xffmvhd"),
        FTYP + MDAT + box(b"moov", box(b"mvhd", b"\x00\x00")),
        FTYP + MDAT + box(b"moov", box(b"udta", b"")),
        FTYP + (1).to_bytes(4) + b"mdat" + (2**63).to_bytes(8) + bytes(40),
        b"",
    ],
)
def test_a_video_that_is_none_is_unreadable(content: bytes):
    assert rule(content, MP4) == "unreadable"
