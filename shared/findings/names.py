"""Whether a text names an innovation, and how alike two titles are. Pure."""

import re
from typing import Final
from unicodedata import normalize

from rapidfuzz import fuzz

NOT_A_WORD: Final = re.compile(r"[\W_]+")
PARTED: Final = re.compile(r"[():;,\u2013\u2014]|\s-\s|\"")
EXACT_BELOW: Final = 6
"""Shorter names hide inside other words, so that only the whole word counts."""

SHORTEST_PART: Final = 3
NAMED_RATIO: Final = 88.0
SIMILAR_RATIO: Final = 88.0
LONGEST_FUZZY: Final = 64


def plain_words(text: str) -> str:
    """Letters and digits in lower case, one space between words."""
    return NOT_A_WORD.sub(" ", normalize("NFKC", text).casefold()).strip()


def names_in(title: str) -> tuple[str, ...]:
    """The names a title holds: `SIP PUTIH (Sistem Informasi Puskesmas)` is called by either."""
    parts = [plain_words(part) for part in PARTED.split(title)]
    long_enough = [part for part in parts if len(part) >= SHORTEST_PART]
    return tuple(dict.fromkeys([plain_words(title), *long_enough]))


def is_named(title: str, text: str) -> bool:
    """The text holds one of the title's names, allowing for a misread letter or broken spaces."""
    words = plain_words(text)
    joined = words.replace(" ", "")
    return any(_is_in(name, words, joined) for name in names_in(title) if name)


def _is_in(name: str, words: str, joined: str) -> bool:
    if f" {name} " in f" {words} ":
        return True
    bare = name.replace(" ", "")
    if len(bare) < EXACT_BELOW:
        return False
    if bare in joined:
        return True
    needle = bare[:LONGEST_FUZZY]
    return fuzz.partial_ratio(needle, joined, score_cutoff=NAMED_RATIO) > 0


def is_same_title(one: str, other: str) -> bool:
    return plain_words(one) == plain_words(other)


def is_similar_title(one: str, other: str) -> bool:
    """Nearly the same words in whatever order; not the very same."""
    first, second = plain_words(one), plain_words(other)
    if first == second or not first or not second:
        return False
    return fuzz.token_sort_ratio(first, second, score_cutoff=SIMILAR_RATIO) > 0
