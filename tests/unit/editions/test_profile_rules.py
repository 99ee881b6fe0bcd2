"""The window an innovation must fall into, and how its words are counted."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.editions import in_window, load, window, word_count

EDITION = load("2026")
BEFORE, FIRST, LAST, AFTER = (
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2025, 12, 31),
    date(2026, 1, 1),
)


def test_the_window_is_the_two_years_before_the_assessment() -> None:
    found = window(EDITION)
    assert (found.first_day, found.last_day) == (FIRST, LAST)
    older = window(load("2023"))
    assert (older.first_day, older.last_day) == (date(2021, 1, 1), date(2022, 12, 31))


@pytest.mark.parametrize(
    ("implemented_on", "developed_on", "expected"),
    [
        (FIRST, None, True),
        (LAST, None, True),
        (BEFORE, None, False),
        (AFTER, None, False),
        (BEFORE, FIRST, True),
        (BEFORE, AFTER, False),
        (FIRST, AFTER, True),
    ],
)
def test_implemented_or_developed_inside_the_window(
    implemented_on: date, developed_on: date | None, expected: bool
) -> None:
    assert in_window(EDITION, implemented_on, developed_on) is expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("satu dua\ttiga\nempat", 4),
        ("<p>satu</p><p>dua</p>", 2),
        ("ino<b>vasi</b> <span class='a b c'>daerah</span>", 2),
        ("<div title='tidak dihitung'>satu<br/>dua</div>", 2),
        ("satu&nbsp;dua &amp; tiga", 3),
        ("- * # -- … satu", 1),
        ("**satu** [dua](https://contoh.id)", 2),
        ("satu <!-- dua <b>tiga</b> --> empat", 2),
        ("satu <script>var dua = 3;</script> empat <STYLE>b { }</STYLE> lima", 3),
        ("satu <script>tidak pernah ditutup dua tiga", 1),
        ("5 < 6 dan 7 > 3", 5),
        ("pelayanan/perizinan 24-jam", 2),
        ("\u200b \u00a0 satu", 1),
    ],
)
def test_words_are_counted_without_markup(text: str, words: int) -> None:
    assert word_count(text) == words


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a", "<script>", "&", "<", "-->"])
def test_hostile_markup_is_counted_in_linear_time(piece: str) -> None:
    assert word_count(piece * 100_000) <= 100_000


@given(st.lists(st.text("abcdefghij", min_size=1), max_size=50))
@settings(deadline=None)
def test_wrapping_words_in_tags_does_not_change_their_number(words: list[str]) -> None:
    assert word_count(" ".join(f"<em>{word}</em>" for word in words)) == len(words)
    assert word_count("".join(f"<li>{word}</li>" for word in words)) == len(words)
