"""What the instrument asks of an innovation's profile: its window and its words. Pure."""

import re
from datetime import date
from html import unescape

from shared.editions.model import Edition, Window

MARKUP = re.compile(
    r"<!--|-->|<(?P<closing>/?)(?P<name>[a-z][a-z0-9:-]*)(?=[\s/>])[^<>]*>", re.IGNORECASE
)
INLINE = frozenset(
    ("a", "abbr", "b", "code", "em", "font", "i", "mark", "s", "small", "span", "strong")
) | {"sub", "sup", "u"}
HIDDEN = frozenset(("script", "style"))


def window(edition: Edition) -> Window:
    """The days, both included, whose innovations the edition assesses."""
    return edition.window


def in_window(edition: Edition, implemented_on: date, developed_on: date | None) -> bool:
    """Implemented inside the window, or else developed further inside it."""
    days = edition.window
    return any(
        days.first_day <= day <= days.last_day
        for day in (implemented_on, developed_on)
        if day is not None
    )


def word_count(text: str) -> int:
    """Words separated by white space that hold a letter or digit, once markup is taken away."""
    words = unescape(_without_markup(text)).split()
    return sum(word.isalnum() or any(map(str.isalnum, word)) for word in words)


def _without_markup(text: str) -> str:
    """Inline tags vanish, other tags part words; comments, scripts and styles are not text."""
    kept: list[str] = []
    position, hidden_until = 0, ""
    for mark in MARKUP.finditer(text):
        if not hidden_until:
            kept.append(text[position : mark.start()])
            kept.append("" if _name(mark) in INLINE else " ")
            hidden_until = _end_of_hidden(mark)
        elif mark[0] == hidden_until or (mark["closing"] and _name(mark) == hidden_until):
            hidden_until = ""
        position = mark.end()
    return "".join(kept) + ("" if hidden_until else text[position:])


def _name(mark: re.Match[str]) -> str:
    return (mark["name"] or "").lower()


def _end_of_hidden(mark: re.Match[str]) -> str:
    if mark[0] == "<!--":
        return "-->"
    return _name(mark) if _name(mark) in HIDDEN and not mark["closing"] else ""
