"""The number of a letter in its text, however it is spaced, and other numbers like it. Pure.

Every repetition in a pattern is bounded: the texts are those of strangers' files.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from rapidfuzz import fuzz

from services.verification.api.machine.letters.spots import NOT_FOUND, Check, Page, Spot

PREFIX: Final = re.compile(r"^\s*(?:nomor|nomer|no)\b\s{0,3}[.:]{0,2}\s{0,3}", re.IGNORECASE)
AFTER_NOMOR: Final = re.compile(
    r"\b(?:nomor|nomer|no)\b\s{0,3}[.:]{0,2}\s{0,3}"
    r"(?P<number>(?=\S{0,40}\d)[A-Za-z0-9][\w.\-]{0,40}(?:\s?/\s?[\w.\-]{1,40}){0,8}"
    r"(?:\s{1,3}tahun\s{1,3}\d{4})?)",
    re.IGNORECASE,
)
SLASHED: Final = re.compile(
    r"(?<![\w/.\-])(?=[\w.\-/]{0,60}\d)(?P<number>[\w.\-]{1,30}(?:\s?/\s?[\w.\-]{1,30}){1,8})"
)
IS_A_DAY: Final = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")
DASHES = "[-\u2010-\u2015]"
SPACES = r"\s{0,4}"
SHORTEST = 3
LEAST_ALIKE = 0.8
PART_OF_ANOTHER = 0.9
MOST_LOOKED_AT = 500


def check_number(number: str, pages: Sequence[Page]) -> Check:
    """Exactly, whatever the spaces and capitals; else the most similar number of the text."""
    wanted = _bare(PREFIX.sub("", number))
    if not wanted:
        return NOT_FOUND
    exact = _pattern(wanted)
    for page in pages:
        if found := exact.search(page.text):
            return Check("exact", 1.0, page.spot(*found.span()))
    alike = [(_similarity(wanted, _bare(spot.text)), spot) for spot in numbers_in(pages)]
    best = max(alike, key=lambda pair: pair[0], default=None)
    if best is None or best[0] < LEAST_ALIKE:
        return NOT_FOUND
    return Check("similar", round(best[0], 4), best[1])


def numbers_in(pages: Sequence[Page]) -> tuple[Spot, ...]:
    """What looks like the number of a letter, in the order of the text, each once."""
    found: dict[str, Spot] = {}
    for page in pages:
        for start, end in sorted(_spans(page.text)):
            spot = page.spot(start, end)
            found.setdefault(_bare(spot.text), spot)
            if len(found) >= MOST_LOOKED_AT:
                return tuple(found.values())
    return tuple(found.values())


def is_same_number(one: str, other: str) -> bool:
    return _bare(PREFIX.sub("", one)) == _bare(other)


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """A number after the word for it begins where its slashed part may be found once more."""
    taken: set[int] = set()
    for found in AFTER_NOMOR.finditer(text):
        taken.add(found.start("number"))
        yield _without_stop(text, *found.span("number"))
    for found in SLASHED.finditer(text):
        start, end = _without_stop(text, *found.span("number"))
        is_number = end - start >= SHORTEST and not IS_A_DAY.fullmatch(text[start:end])
        if start not in taken and is_number:
            yield start, end


def _without_stop(text: str, start: int, end: int) -> tuple[int, int]:
    return start, start + len(text[start:end].rstrip(".-"))


def _bare(number: str) -> str:
    return "".join(number.split()).casefold()


def _pattern(wanted: str) -> re.Pattern[str]:
    """With spaces between any two characters, and neither more digits nor more parts around."""
    spaced = SPACES.join(DASHES if each == "-" else re.escape(each) for each in wanted)
    return re.compile(rf"(?<![\w/]){spaced}(?![/\-.]?\w)", re.IGNORECASE)


def _similarity(wanted: str, found: str) -> float:
    alike = fuzz.ratio(wanted, found) / 100
    is_part = min(len(wanted), len(found)) > SHORTEST and (wanted in found or found in wanted)
    return max(alike, PART_OF_ANOTHER) if is_part else alike
