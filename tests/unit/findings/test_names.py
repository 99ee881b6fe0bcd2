"""Names are found in the texts of documents as machines read them, and not where they are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.findings.names import is_named, is_same_title, is_similar_title, names_in

LONG = "KIA LAPIS (Kartu Identitas Anak Layanan Pasti Sampai)"
DECREE = "Keputusan Bupati tentang Tim Pelaksana {name} pada Dinas Kependudukan Tahun 2024"


@pytest.mark.parametrize(
    "name",
    [
        "KIA LAPIS",
        "kia lapis",
        "KIA-LAPIS",
        "K I A  L A P I S",
        "Kartu Identitas Anak Layanan Pasti Sampai",
        "Kartu Identitas Anak\nLayanan Pasti Sampai",
        "Kartu Identitas Anak Layanan Pasti Sampal",
        LONG,
    ],
)
def test_a_document_may_use_either_name_and_a_scanner_may_misread(name: str):
    assert is_named(LONG, DECREE.format(name=name))


@pytest.mark.parametrize("name", ["SIP PUTIH", "Kartu Keluarga", "KIA", "LAPIS", ""])
def test_another_name_or_a_part_of_it_is_not_the_name(name: str):
    assert not is_named(LONG, DECREE.format(name=name))


def test_a_short_name_is_only_the_whole_word():
    assert is_named("SIGAP", "program SIGAP tahun 2024")
    assert not is_named("SIGAP", "petugas yang sigapnya luar biasa")
    assert not is_named("AIR", "dengan cair dan fair")


def test_a_title_without_letters_is_named_nowhere():
    assert not is_named("***", "*** apa pun")
    assert names_in("***") == ("",)


def test_the_names_of_a_title():
    assert names_in("SI-APUNG: Sistem Apung") == (
        "si apung sistem apung",
        "si apung",
        "sistem apung",
    )


@given(st.text(max_size=80), st.text(max_size=300))
@settings(deadline=None)
def test_any_text_can_be_searched(title: str, text: str):
    assert is_named(title, text) in (True, False)


def test_a_long_document_is_searched_in_time():
    assert not is_named(LONG, "kata yang lain sama sekali " * 8000)


def test_titles():
    assert is_same_title("Sip  Putih!", "SIP PUTIH")
    assert is_similar_title("SIP PUTIH Posyandu Balita", "SIP PUTIH Posyandu Balite")
    assert not is_similar_title("Sip Putih", "SIP PUTIH")
    assert not is_similar_title("SIP PUTIH", "KIA LAPIS")
    assert not is_similar_title("!!", "??")
