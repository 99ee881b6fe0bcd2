"""The date of a letter in its text, in words or digits, and other dates beside it. Pure."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from services.verification.api.machine.letters.spots import NOT_FOUND, Check, Page, Spot

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "january", "jan"),
            ("februari", "pebruari", "february", "feb"),
            ("maret", "march", "mar"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "june", "jun"),
            ("juli", "july", "jul"),
            ("agustus", "august", "agu", "ags", "agt", "aug"),
            ("september", "sept", "sep"),
            ("oktober", "october", "okt", "oct"),
            ("november", "nopember", "nov", "nop"),
            ("desember", "december", "des", "dec"),
        ),
        1,
    )
    for name in names
}
NAMES: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
YEAR: Final = r"(?P<year>(?:19|20)\d\d)"
PATTERNS: Final = (
    re.compile(
        rf"(?<!\d)(?P<day>[0-3]?\d)[\s.\-]{{1,3}}(?P<month>{NAMES})[\s.\-]{{1,3}}{YEAR}(?!\d)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\d/.\-])(?P<day>[0-3]?\d)(?P<mark>[-/.])(?P<month>[01]?\d)(?P=mark){YEAR}(?![\d/])"
    ),
    re.compile(rf"(?<!\d){YEAR}-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)"),
)
ALL_BUT_ONE = round(2 / 3, 4)
"""The similarity of two dates of which two parts agree: a slip of the pen."""

MOST_LOOKED_AT = 500


def check_day(day: date, pages: Sequence[Page]) -> Check:
    """The day itself, however it is written; else one of which only one part differs."""
    near: Spot | None = None
    for found, spot in _all(pages):
        if found == day:
            return Check("exact", 1.0, spot)
        if near is None and _parts_alike(found, day) == 2:
            near = spot
    return NOT_FOUND if near is None else Check("similar", ALL_BUT_ONE, near)


def days_in(pages: Sequence[Page]) -> tuple[tuple[date, Spot], ...]:
    """The dates of the text in its order, each once."""
    found: dict[date, Spot] = {}
    for day, spot in _all(pages):
        found.setdefault(day, spot)
        if len(found) >= MOST_LOOKED_AT:
            break
    return tuple(found.items())


def _all(pages: Sequence[Page]) -> Iterator[tuple[date, Spot]]:
    for page in pages:
        seen = (each for pattern in PATTERNS for each in pattern.finditer(page.text))
        for each in sorted(seen, key=lambda match: match.start()):
            day = _day(each)
            if day is not None:
                yield day, page.spot(*each.span())


def _day(found: re.Match[str]) -> date | None:
    month = MONTHS.get(found["month"].casefold()) or int(found["month"])
    try:
        return date(int(found["year"]), month, int(found["day"]))
    except ValueError:
        return None


def _parts_alike(one: date, other: date) -> int:
    pairs = ((one.year, other.year), (one.month, other.month), (one.day, other.day))
    return sum(first == second for first, second in pairs)
