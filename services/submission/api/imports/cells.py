"""From a cell to what a profile keeps, strictly, and back so that it reads as the same. Pure."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import assert_never

from services.submission.api.imports.columns import Column
from services.submission.api.imports.faults import Unfit
from services.submission.api.imports.lists import RIGHTS, Choice
from services.submission.api.imports.values import Broken, Number, Value
from services.submission.api.imports.xlsx_cells import serial_day
from shared.events.submission import IntellectualProperty

Stored = str | date | Decimal | int | tuple[str, ...] | tuple[IntellectualProperty, ...] | None
Shown = str | date | Decimal | int | None
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
LOCAL = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)
DECIMAL = re.compile(r"-?\d{1,4}(?:[.,]\d{1,15})?", re.ASCII)
RUPIAH = re.compile(r"\d{1,17}|\d{1,3}(?:\.\d{3}){1,5}", re.ASCII)
FIRST_SURE_SERIAL = 61
"""Earlier serial numbers are told apart by a leap day that 1900 did not have."""

MAX_CHOICES_SHOWN = 12
SEPARATED = re.compile(r"[;,\n]")
PARTED = re.compile(r"[;\n]")
CODE_OF_RIGHT = {stored: written for written, stored in RIGHTS.items()}


def read(column: Column, value: Value, listed: tuple[Choice, ...] | None) -> Stored:
    """Raises `Unfit`. What lengths and bounds there are is the profile's own affair."""
    match column.kind:
        case "line" | "text":
            return text(value)
        case "day":
            return day(value)
        case "decimal":
            return decimal(value)
        case "rupiah":
            return rupiah(value)
        case "choice":
            return choice(text(value), listed)
        case "choices":
            return tuple(choice(each, listed) for each in _parts(value, SEPARATED))
        case "names":
            return _parts(value, PARTED)
        case "rights":
            return tuple(_right(each) for each in _parts(value, PARTED))
        case _:
            assert_never(column.kind)


def show(column: Column, stored: Stored, listed: tuple[Choice, ...] | None) -> Shown:
    """What `read` reads back as the same."""
    if not isinstance(stored, tuple):
        written = _written(stored, listed) if isinstance(stored, str) else stored
        return written if written != "" else None
    separator = "\n" if column.kind == "rights" else "; "
    joined = separator.join(
        _shown_right(each) if isinstance(each, IntellectualProperty) else _written(each, listed)
        for each in stored
    )
    return joined or None


def _written(stored: str, listed: tuple[Choice, ...] | None) -> str:
    return next((each.written for each in listed or () if each.stored == stored), stored)


def plain(value: Value | Shown) -> str:
    """The one text of a cell, however it is kept: to tell whether two are the same."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case str():
            return value.replace("\r\n", "\n").replace("\r", "\n").strip()
        case Broken():
            return f"\0{value.text}"
        case datetime():
            return value.date().isoformat() if value.time() == time.min else value.isoformat()
        case date():
            return value.isoformat()
        case Number():
            return _digits(value.value)
        case Decimal() | int():
            return _digits(Decimal(value))
        case _:
            assert_never(value)


def text(value: Value) -> str:
    _refuse_broken(value)
    if isinstance(value, bool | datetime):
        raise Unfit("text_expected")
    return plain(value)


def day(value: Value) -> date:
    _refuse_broken(value)
    if isinstance(value, Number):
        value = _serial(value)
    if isinstance(value, datetime):
        if value.time() != time.min:
            raise Unfit("date_with_time")
        return value.date()
    written = plain(value)
    if found := ISO.fullmatch(written):
        return _calendar_day(written, found[1], found[2], found[3])
    if found := LOCAL.fullmatch(written):
        return _calendar_day(written, found[3], found[2], found[1])
    raise Unfit("date_unreadable", value=written[:40])


def decimal(value: Value) -> Decimal:
    """A coordinate: with a point or a comma, never with an exponent."""
    _refuse_broken(value)
    written = plain(value)
    if isinstance(value, bool | datetime) or not DECIMAL.fullmatch(written):
        raise Unfit("number_unreadable", value=written[:40])
    return Decimal(written.replace(",", "."))


def rupiah(value: Value) -> int:
    """Whole rupiah; points part thousands, as in 25.000.000."""
    _refuse_broken(value)
    written = plain(value)
    is_fraction = isinstance(value, Number) and "." in written
    if isinstance(value, bool | datetime) or is_fraction or not RUPIAH.fullmatch(written):
        raise Unfit("number_unreadable", value=written[:40])
    return int(written.replace(".", ""))


def level(value: Value) -> int:
    _refuse_broken(value)
    written = plain(value)
    if isinstance(value, bool | datetime) or written not in ("0", "1", "2", "3"):
        raise Unfit("level_unknown")
    return int(written)


def choice(written: str, listed: tuple[Choice, ...] | None) -> str:
    """The id as facts keep it; anything goes where no list is published."""
    if listed is None:
        return written
    for each in listed:
        if written.casefold() in (each.written.casefold(), each.stored.casefold()):
            return each.stored
    allowed = tuple(each.written for each in listed[:MAX_CHOICES_SHOWN])
    more = ("...",) if len(listed) > MAX_CHOICES_SHOWN else ()
    raise Unfit("choice_unknown", value=written[:40], allowed=(*allowed, *more))


def _refuse_broken(value: Value) -> None:
    if isinstance(value, Broken):
        raise Unfit("cell_broken", value=value.text)


def _parts(value: Value, separator: re.Pattern[str]) -> tuple[str, ...]:
    return tuple(part.strip() for part in separator.split(text(value)) if part.strip())


def _serial(value: Number) -> datetime:
    found = None
    if value.value >= FIRST_SURE_SERIAL and value.value == value.value.to_integral_value():
        found = serial_day(value.value, value.epoch)
    if found is None:
        raise Unfit("date_unreadable", value=plain(value)[:40])
    return found


def _calendar_day(written: str, year: str, month: str, number: str) -> date:
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise Unfit("date_unknown", value=written) from None


def _right(written: str) -> IntellectualProperty:
    parts = [part.strip() for part in written.split("|")]
    kind = RIGHTS.get(parts[0].casefold())
    if kind is None or len(parts) not in (2, 3) or not parts[1]:
        raise Unfit("right_unreadable", value=written[:60])
    registered = day(parts[2]) if len(parts) == 3 and parts[2] else None
    return IntellectualProperty(kind=kind, number=parts[1], registered_on=registered)


def _shown_right(right: IntellectualProperty) -> str:
    registered = "" if right.registered_on is None else right.registered_on.isoformat()
    return f"{CODE_OF_RIGHT[right.kind]}|{right.number}|{registered}"


def _digits(value: Decimal) -> str:
    """Without an exponent and without zeros that say nothing."""
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
