"""The passages that two texts have in common, word for word. Pure, and linear in their length."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

WORD: Final = re.compile(r"[^\W_]+")
SEED_WORDS: Final = 8
"""Shorter runs of the same words are phrases of any letter."""

MOST_PASSAGES: Final = 20
LONGEST_SHOWN: Final = 600


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in both texts, as each of them writes them, cut at a length."""

    words: int
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class _Words:
    text: str
    plain: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, text: str) -> "_Words":
        found = list(WORD.finditer(text))
        spans = tuple(each.span() for each in found)
        return cls(text, tuple(each[0].casefold() for each in found), spans)

    def shown(self, first: int, count: int) -> str:
        start, end = self.spans[first][0], self.spans[first + count - 1][1]
        return " ".join(self.text[start:end].split())[:LONGEST_SHOWN]


def common_passages(ours: str, theirs: str, most: int = MOST_PASSAGES) -> tuple[Passage, ...]:
    """The longest first; no word of ours is in two of them."""
    one, other = _Words.of(ours), _Words.of(theirs)
    runs = sorted(_runs(one.plain, other.plain), key=lambda run: (-run[2], run[0]))
    return tuple(
        Passage(count, one.shown(first, count), other.shown(second, count))
        for first, second, count in runs[:most]
    )


def _runs(ours: tuple[str, ...], theirs: tuple[str, ...]) -> Iterator[tuple[int, int, int]]:
    """Where a run begins in either, and how many words it has, from the front on."""
    seeds = _seeds(theirs)
    place = 0
    while place <= len(ours) - SEED_WORDS:
        there = seeds.get(ours[place : place + SEED_WORDS])
        if there is None:
            place += 1
            continue
        count = _length(ours, theirs, place, there)
        yield place, there, count
        place += count


def _seeds(words: tuple[str, ...]) -> dict[tuple[str, ...], int]:
    """Where every few words stand first."""
    found: dict[tuple[str, ...], int] = {}
    for place in range(len(words) - SEED_WORDS + 1):
        found.setdefault(words[place : place + SEED_WORDS], place)
    return found


def _length(ours: tuple[str, ...], theirs: tuple[str, ...], one: int, other: int) -> int:
    count = SEED_WORDS
    most = min(len(ours) - one, len(theirs) - other)
    while count < most and ours[one + count] == theirs[other + count]:
        count += 1
    return count
