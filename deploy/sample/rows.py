"""The published rows as they stand in the data folder."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit as a published list names it. `short_name` is empty where none is published."""

    region: str
    name: str
    short_name: str
    kind: str
    source: str


@dataclass(frozen=True, slots=True)
class InnovationRow:
    """An innovation as reported; an empty text is not published.

    `implemented_on` is a day (2025-08-04), a year (2025) or empty. `inferred` are the columns
    that are a reading of the text.
    """

    name: str
    acronym_meaning: str
    agency: str
    agency_kind: str
    region: str
    affair: str
    form: str
    kind: str
    initiator: str
    implemented_on: str
    award_or_result: str
    summary: str
    source: str
    inferred: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A published index, rank or prize; numbers as printed, empty where not published."""

    event: str
    year: str
    region: str
    category: str
    rank: str
    name: str
    agency: str
    score: str
    prize_rupiah: str
    source: str


@cache
def units() -> tuple[UnitRow, ...]:
    return tuple(UnitRow(**row) for row in _rows("agencies.csv"))


@cache
def innovations() -> tuple[InnovationRow, ...]:
    return tuple(_innovation(row) for row in _rows("innovations.csv"))


@cache
def results() -> tuple[ResultRow, ...]:
    return tuple(ResultRow(**row) for row in _rows("results.csv"))


def _innovation(row: dict[str, str]) -> InnovationRow:
    kept = {name: row[name] for name in InnovationRow.__slots__ if name in row}
    extra = {"summary": row["summary_id"], "inferred": tuple(row["inferred"].split())}
    return InnovationRow(**{**kept, **extra})  # pyright: ignore[reportArgumentType]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = files("deploy.sample").joinpath("data", name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())
