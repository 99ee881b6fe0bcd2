"""Where in a text something stands, with a little of what is around it. Pure."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

WORD: Final = re.compile(r"[^\W_]+")
AROUND = 80
LONGEST_EXCERPT = 400

Outcome = Literal["exact", "similar", "not_found"]


@dataclass(frozen=True, slots=True)
class Spot:
    """`text` as the file has it, on a page counted from 1."""

    page: int
    text: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Check:
    """Whether something that was declared stands in the file; `similarity` from 0 to 1."""

    outcome: Outcome
    similarity: float = 0.0
    spot: Spot | None = None


NOT_FOUND: Final = Check("not_found")


@dataclass(frozen=True)
class Page:
    """A page and its plain words, each of which is found again in the text."""

    number: int
    text: str

    @cached_property
    def _words(self) -> tuple[tuple[str, int, int], ...]:
        found = WORD.finditer(self.text)
        return tuple((each[0].casefold(), each.start(), each.end()) for each in found)

    @cached_property
    def plain(self) -> str:
        """Letters and digits in lower case, one space between words."""
        return " ".join(word for word, _, _ in self._words)

    @cached_property
    def _starts(self) -> tuple[int, ...]:
        starts, at = [0], 0
        for word, _, _ in self._words:
            at += len(word) + 1
            starts.append(at)
        return tuple(starts[:-1])

    def spot(self, start: int, end: int) -> Spot:
        """What stands between two places of the text."""
        around = self.text[max(0, start - AROUND) : end + AROUND][:LONGEST_EXCERPT]
        found = self.text[start:end][:LONGEST_EXCERPT]
        return Spot(self.number, " ".join(found.split()), " ".join(around.split()))

    def spot_of_plain(self, start: int, end: int) -> Spot:
        """What stands between two places of the plain words, in whole words."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, max(start, end - 1)) - 1)
        return self.spot(self._words[first][1], self._words[last][2])


def pages_of(texts: Sequence[str]) -> tuple[Page, ...]:
    return tuple(Page(number, text) for number, text in enumerate(texts, 1))
