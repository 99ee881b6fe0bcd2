"""How single cells of an XLSX sheet are written: texts, numbers, days, places. Pure."""

import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from xml.etree.ElementTree import Element

from openpyxl.utils import datetime as serials

from services.submission.api.imports.faults import Unusable
from services.submission.api.imports.values import Broken, Number, Value

WINDOWS_EPOCH: datetime = serials.WINDOWS_EPOCH
MAC_EPOCH: datetime = serials.MAC_EPOCH
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
SURROGATES = range(0xD800, 0xE000)


def name_of(element: Element) -> str:
    """Without its namespace: there are two for the same format."""
    return element.tag.rpartition("}")[2]


def number(raw: str, epoch: datetime) -> Number | Broken:
    value = _decimal(raw)
    return Broken(raw[:40]) if value is None else Number(value, epoch)


def serial_day(value: Decimal, epoch: datetime) -> datetime | None:
    """The moment that a serial number stands for; None where there is none."""
    try:
        found: Any = cast("Any", serials).from_excel(float(value), epoch)
    except (OverflowError, ValueError):
        return None
    return found if isinstance(found, datetime) else None


def text_of(element: Element) -> str:
    """What is written; how it is pronounced (`rPh`) is not."""
    found: list[str] = []
    for part in element:
        if name_of(part) == "t":
            found.append(part.text or "")
        if name_of(part) == "r":
            found += [each.text or "" for each in part if name_of(each) == "t"]
    return unescaped("".join(found))


def unescaped(text: str) -> str:
    """XML has no way to write some characters; Excel writes `_x000D_` for them."""
    return ESCAPED.sub(_character, text) if "_x" in text else text


def _character(escaped: re.Match[str]) -> str:
    code = int(escaped[1], 16)
    return escaped[0] if code in SURROGATES else chr(code)


def _decimal(raw: str) -> Decimal | None:
    """As a sheet shows it: 0.1, not the nearest double that is written into the file."""
    try:
        exact = Decimal(raw)
        near = Decimal(repr(float(raw)))
    except (InvalidOperation, ValueError, OverflowError):
        return None
    if not near.is_finite():
        return None
    return exact if abs(exact) < 2**63 and exact == exact.to_integral_value() else near


def moment(raw: str) -> Value:
    try:
        return datetime.fromisoformat(raw).replace(tzinfo=None)
    except ValueError:
        return Broken(raw[:40])


def row_of(reference: str | None, before: int) -> int:
    if reference is None:
        return before + 1
    if not reference.isascii() or not reference.isdigit() or len(reference) > 7:
        raise Unusable("workbook_broken", reason="a row without a proper number")
    found = int(reference)
    if not before < found <= LAST_ROW:
        raise Unusable("workbook_broken", reason="rows that are not in order")
    return found


def column_of(reference: str | None, before: int) -> int:
    """From 0. A cell without a reference stands right of the one before it."""
    column = before + 1
    if reference is not None:
        found = REFERENCE.fullmatch(reference)
        if found is None:
            raise Unusable("workbook_broken", reason="a cell without a proper place")
        column = -1
        for letter in found[1]:
            column = (column + 1) * 26 + ord(letter) - ord("A")
    if not before < column < LAST_COLUMN:
        raise Unusable("workbook_broken", reason="cells that are not in order")
    return column


def letters(column: int) -> str:
    """The column as spreadsheets name it: 0 is A."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name
