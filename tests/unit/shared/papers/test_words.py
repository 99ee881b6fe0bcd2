"""Terbilang: numbers, money and days in Indonesian words."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.papers.words import LARGEST, day_in_words, in_words, rupiah, rupiah_in_words, weekday

SPELLED = {
    0: "nol",
    1: "satu",
    2: "dua",
    5: "lima",
    9: "sembilan",
    10: "sepuluh",
    11: "sebelas",
    12: "dua belas",
    15: "lima belas",
    19: "sembilan belas",
    20: "dua puluh",
    21: "dua puluh satu",
    30: "tiga puluh",
    45: "empat puluh lima",
    99: "sembilan puluh sembilan",
    100: "seratus",
    101: "seratus satu",
    110: "seratus sepuluh",
    111: "seratus sebelas",
    112: "seratus dua belas",
    120: "seratus dua puluh",
    199: "seratus sembilan puluh sembilan",
    200: "dua ratus",
    211: "dua ratus sebelas",
    999: "sembilan ratus sembilan puluh sembilan",
    1_000: "seribu",
    1_001: "seribu satu",
    1_010: "seribu sepuluh",
    1_011: "seribu sebelas",
    1_100: "seribu seratus",
    1_111: "seribu seratus sebelas",
    1_999: "seribu sembilan ratus sembilan puluh sembilan",
    2_000: "dua ribu",
    2_026: "dua ribu dua puluh enam",
    10_000: "sepuluh ribu",
    11_000: "sebelas ribu",
    11_011: "sebelas ribu sebelas",
    21_000: "dua puluh satu ribu",
    100_000: "seratus ribu",
    100_001: "seratus ribu satu",
    101_000: "seratus satu ribu",
    111_111: "seratus sebelas ribu seratus sebelas",
    201_000: "dua ratus satu ribu",
    750_000: "tujuh ratus lima puluh ribu",
    1_000_000: "satu juta",
    1_000_001: "satu juta satu",
    1_000_100: "satu juta seratus",
    1_001_000: "satu juta seribu",
    1_001_001: "satu juta seribu satu",
    1_001_100: "satu juta seribu seratus",
    1_101_000: "satu juta seratus satu ribu",
    1_500_000: "satu juta lima ratus ribu",
    2_001_001: "dua juta seribu satu",
    5_000_000: "lima juta",
    11_001_000: "sebelas juta seribu",
    14_500_000: "empat belas juta lima ratus ribu",
    21_001_000: "dua puluh satu juta seribu",
    43_500_000: "empat puluh tiga juta lima ratus ribu",
    100_000_000: "seratus juta",
    101_001_000: "seratus satu juta seribu",
    1_000_000_000: "satu miliar",
    1_000_001_000: "satu miliar seribu",
    1_001_001_000: "satu miliar satu juta seribu",
    3_000_000_000: "tiga miliar",
    168_000_000_000: "seratus enam puluh delapan miliar",
    999_999_999_999: (
        "sembilan ratus sembilan puluh sembilan miliar"
        " sembilan ratus sembilan puluh sembilan juta"
        " sembilan ratus sembilan puluh sembilan ribu"
        " sembilan ratus sembilan puluh sembilan"
    ),
    1_000_000_000_000: "satu triliun",
    1_000_000_001_000: "satu triliun seribu",
    1_000_000_000_001_000: "satu kuadriliun seribu",
    9_007_199_254_740_991: (
        "sembilan kuadriliun tujuh triliun seratus sembilan puluh sembilan miliar"
        " dua ratus lima puluh empat juta tujuh ratus empat puluh ribu"
        " sembilan ratus sembilan puluh satu"
    ),
}
DIGITS = dict(
    zip(
        ("satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
        range(1, 10),
        strict=True,
    )
)
UNITS = {"ribu": 10**3, "juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def number_of(words: str) -> int:
    """Reads number words, strictly: it was written for these tests and knows nothing of ours."""
    if words == "nol":
        return 0
    total, below, rest = 0, 10**18, words.split()
    while rest:
        count, rest = (1, ["ribu", *rest[1:]]) if rest[0] == "seribu" else hundreds(rest)
        unit = UNITS[rest.pop(0)] if rest and rest[0] in UNITS else 1
        assert 0 < count < 1000 and unit < below, words
        total, below = total + count * unit, unit
        assert unit > 1 or not rest, words
    return total


def hundreds(words: list[str]) -> tuple[int, list[str]]:
    """The number below 1000 that the words begin with, and the words behind it."""
    total, rest = 0, list(words)
    if rest[0] == "seratus":
        total, rest = 100, rest[1:]
    elif rest[0] in DIGITS and rest[1:2] == ["ratus"]:
        assert rest[0] != "satu", words
        total, rest = DIGITS[rest[0]] * 100, rest[2:]
    if rest[:1] in (["sepuluh"], ["sebelas"]):
        return total + {"sepuluh": 10, "sebelas": 11}[rest[0]], rest[1:]
    if rest and rest[0] in DIGITS and rest[1:2] == ["belas"]:
        assert rest[0] != "satu", words
        return total + 10 + DIGITS[rest[0]], rest[2:]
    if rest and rest[0] in DIGITS and rest[1:2] == ["puluh"]:
        assert rest[0] != "satu", words
        total, rest = total + DIGITS[rest[0]] * 10, rest[2:]
    if rest and rest[0] in DIGITS:
        assert rest[1:2] != ["ribu"] or rest[0] != "satu" or total, words
        total, rest = total + DIGITS[rest[0]], rest[1:]
    return total, rest


@pytest.mark.parametrize("number", SPELLED)
def test_a_number_is_spelled_as_a_treasurer_writes_it(number: int) -> None:
    assert (in_words(number), number_of(SPELLED[number])) == (SPELLED[number], number)


def test_there_is_no_satu_ribu_nor_satu_ratus_of_its_own() -> None:
    """The reader of these tests refuses what the library alone would write."""
    for wrong in ("satu ribu", "satu juta satu ribu", "satu ratus", "satu puluh", "satu belas"):
        with pytest.raises(AssertionError):
            number_of(wrong)


@settings(max_examples=500)
@given(
    st.one_of(
        st.integers(0, 10**6),
        st.integers(0, LARGEST),
        st.lists(st.sampled_from((0, 1, 11, 100, 101, 999)), min_size=1, max_size=6).map(
            lambda groups: sum(group * 1000**place for place, group in enumerate(groups))
        ),
    )
)
def test_every_number_is_read_back_from_its_words(number: int) -> None:
    assert number_of(in_words(number)) == number


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_what_no_paper_spells_out_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="not a number that papers spell out"):
        in_words(number)


def test_money_is_told_in_digits_and_in_words() -> None:
    told = [(rupiah(amount), rupiah_in_words(amount)) for amount in (0, 950, 1_001_000, 43_500_000)]
    assert told == [
        ("Rp0", "Nol rupiah"),
        ("Rp950", "Sembilan ratus lima puluh rupiah"),
        ("Rp1.001.000", "Satu juta seribu rupiah"),
        ("Rp43.500.000", "Empat puluh tiga juta lima ratus ribu rupiah"),
    ]


def test_a_day_is_told_in_words() -> None:
    assert day_in_words(date(2026, 11, 23)) == (
        "Senin, tanggal dua puluh tiga bulan November tahun dua ribu dua puluh enam"
    )
    assert day_in_words(date(2027, 1, 1)) == (
        "Jumat, tanggal satu bulan Januari tahun dua ribu dua puluh tujuh"
    )
    week = [weekday(date(2026, 11, day)) for day in range(23, 30)]
    assert week == ["Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu"]
