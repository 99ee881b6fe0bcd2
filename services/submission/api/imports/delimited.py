"""CSV as spreadsheets write it: UTF-8, with commas, semicolons or tabs. Pure."""

import csv
from collections.abc import Collection, Iterator
from io import StringIO

from services.submission.api.imports.faults import Unusable

DELIMITERS = (",", ";", "\t")
GUARD = "'"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula; exports write `'` before it."""


def rows_of(content: bytes, names: Collection[str]) -> Iterator[list[str]]:
    """The records, the column names first; `names` are those by which the delimiter is told.

    Raises `Unusable`.
    """
    text = _decoded(content)
    delimiter = max(DELIMITERS, key=lambda each: _known(text, each, names))
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for record in reader:
            number += 1
            yield [_unguarded(cell) for cell in record]
    except csv.Error as error:
        raise Unusable("csv_broken", row=number + 1, reason=str(error)) from error


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return GUARD + text if text.startswith((*DANGEROUS, GUARD)) else text


def _unguarded(cell: str) -> str:
    is_guarded = cell.startswith(GUARD) and cell[1:].startswith((*DANGEROUS, GUARD))
    return cell[1:] if is_guarded else cell


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unusable("csv_not_utf8") from error
    if "\x00" in text:
        raise Unusable("not_a_sheet", found="binary")
    return text


def _known(text: str, delimiter: str, names: Collection[str]) -> int:
    """How many of the first record's cells are names of columns, read with this delimiter."""
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        first = next(reader)
    except (csv.Error, StopIteration):
        return 0
    return sum(cell.strip().casefold() in names for cell in first)
