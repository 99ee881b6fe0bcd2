"""The text of a file page by page, and whether there is more of it than is kept."""

from shared.contents import Content
from shared.contents.contents import MAX_CHARACTERS


def test_a_text_has_as_many_pages_as_were_read() -> None:
    assert Content("a", "\fDua\f", 3).page_texts == ("", "Dua", "")
    assert Content("a", None, 3).page_texts == ()


def test_a_text_is_cut_where_pages_or_letters_are_missing() -> None:
    told = [
        Content("a", "Satu\fDua", 2).is_cut,
        Content("a", "Satu\fDua", 3).is_cut,
        Content("a", "Satu\fDua", None).is_cut,
        Content("a", "x" * MAX_CHARACTERS, 1).is_cut,
        Content("a", None, 9).is_cut,
    ]
    assert told == [False, True, False, True, False]
