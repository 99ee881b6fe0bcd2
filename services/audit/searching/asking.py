"""What is asked of the index, as a query over bounded stretches of the stream. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.audit.searching.entries import DIGITS, Entry, key_of, moment_text
from services.audit.searching.naming import wanted
from shared.errors import Invalid

FIRST_STRETCH: Final = 256
WIDER: Final = 8


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is given must hold. `since` and `until` are moments, `until` not included;
    `first` and `last` are sequences, both included.

    Of `about`, and of `facts`, any one. `involves` is a person who did it or is named in it.
    """

    by: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    first: int = 1
    last: int | None = None
    facts: tuple[str, ...] = ()
    service: str | None = None
    aggregate: str | None = None
    key: str | None = None
    about: tuple[str, ...] = ()
    involves: str | None = None
    is_newest_first: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A page. It shows all facts up to `position` of a stream that had `last`."""

    items: tuple[Entry, ...]
    next_cursor: str | None
    position: int
    last: int


def query(asked: Asked) -> dict[str, Any]:
    plain = {
        "by": asked.by,
        "service": asked.service,
        "aggregate": asked.aggregate,
        "key": asked.key,
    }
    found: dict[str, Any] = {name: value for name, value in plain.items() if value is not None}
    if asked.facts:
        found["fact"] = asked.facts[0] if len(asked.facts) == 1 else {"$in": list(asked.facts)}
    if asked.about:
        names = dict.fromkeys(name for each in asked.about for name in wanted(each))
        found["about"] = {"$in": list(names)}
    if asked.involves is not None:
        named = {"$in": list(wanted(f"person:{asked.involves}"))}
        found["$or"] = [{"by": asked.involves}, {"about": named}]
    moments = {"$gte": asked.since, "$lt": asked.until}
    at = {sign: moment_text(each) for sign, each in moments.items() if each is not None}
    return {**found, "at": at} if at else found


def spans(asked: Asked, behind: int | None, position: int) -> Iterator[tuple[int, int]]:
    """(first, last) of the stretches to look at in turn, each wider than the one before.

    So a page near by is found without looking at the whole history, on any database.
    """
    low, high = asked.first, position if asked.last is None else min(asked.last, position)
    width = FIRST_STRETCH
    if asked.is_newest_first:
        high = high if behind is None else min(high, behind - 1)
        while low <= high:
            yield max(low, high - width + 1), high
            high, width = high - width, width * WIDER
        return
    low = low if behind is None else max(low, behind + 1)
    while low <= high:
        yield low, min(high, low + width - 1)
        low, width = low + width, width * WIDER


def stretch(asked: Asked, low: int, high: int) -> dict[str, Any]:
    """The `_id` of what lies there. A short stretch is named one by one where no index narrows the
    question: some databases look at everything for a range of ids, and none for the ids themselves.
    """
    is_narrow = asked.by or asked.facts or asked.key or asked.about or asked.involves
    if not is_narrow and high - low < FIRST_STRETCH:
        return {"$in": [key_of(each) for each in range(low, high + 1)]}
    return {"$gte": key_of(low), "$lte": key_of(high)}


def cursor_in(cursor: str | None) -> int | None:
    """The sequence behind which a page begins. Raises `Invalid`."""
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()) or len(cursor) >= DIGITS:
        raise Invalid("cursor_broken", "This cursor is not one of ours.")
    return int(cursor)
