"""Names in any script reach a header as one bounded line of ASCII, and never a key."""

from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.documents.names import disposition, evidence_of, part_key, parts_of, quarantine_key
from shared.errors import Invalid

START = 'attachment; filename="'


def told(name: str) -> str:
    """The name as a browser of today reads it."""
    return unquote(disposition(name).partition("filename*=UTF-8''")[2])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("SK Bupati №5 – ᮃᮊ᮪ᮞᮛ 漢字.pdf", "SK Bupati №5 – ᮃᮊ᮪ᮞᮛ 漢字.pdf"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\Users\\a\\sk.pdf", "C:_Users_a_sk.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a__Set-Cookie: x.pdf"),
        ("laporan\u202efdp.exe", "laporan_fdp.exe"),
        ("a\u2066b\u2069\u200f.pdf", "a_b__.pdf"),
        ("क\u094d\u200dष.pdf", "क\u094d\u200dष.pdf"),
        ("\ud800broken.pdf", "_broken.pdf"),
        ("garis\u2028baru.pdf", "garis_baru.pdf"),
        ("", "file"),
        (" .. ", "file"),
        ("/", "_"),
        ("x" * 500 + ".pdf", "x" * 146 + ".pdf"),
        ("字" * 500 + ".pdf", "字" * 48 + ".pdf"),
        ("a." + "b" * 500, "a." + "b" * 148),
    ],
)
def test_a_name_is_shown_as_it_is_but_for_what_deceives(name: str, expected: str):
    assert told(name) == expected


@given(some.text(alphabet=some.characters(), max_size=400))
def test_whatever_the_name_is_the_header_is_one_bounded_line_of_ascii(name: str):
    header = disposition(name)
    plain = header.removeprefix(START).partition('"; filename*=')[0]
    assert header.isascii()
    assert header.isprintable()
    assert len(header) < 700
    assert header.startswith(START)
    assert not set(plain) & set('"\\%/')
    assert told(name)


@pytest.mark.parametrize("evidence_id", ["", "a/b", "../a", "_parts", ".a", "a b", "a" * 101, "ä"])
def test_an_id_that_could_be_a_path_is_no_key(evidence_id: str):
    with pytest.raises(Invalid):
        quarantine_key(evidence_id)
    with pytest.raises(Invalid):
        parts_of(evidence_id)


def test_an_object_in_quarantine_tells_whose_it_is():
    keys = [quarantine_key("e-1"), part_key("e-1", 5, 1), part_key("e-1", 5, 10_000)]
    assert keys == ["e-1", "_parts/e-1/5/00001", "_parts/e-1/5/10000"]
    assert [evidence_of(key) for key in keys] == ["e-1", "e-1", "e-1"]
