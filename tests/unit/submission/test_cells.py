"""Cells read strictly, and what is kept shown so that it reads back as the same."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.submission.api.imports import cells
from services.submission.api.imports.columns import BY_FIELD, COLUMNS
from services.submission.api.imports.faults import Unfit
from services.submission.api.imports.lists import choices
from services.submission.api.imports.values import Broken, Number, Value
from services.submission.api.imports.xlsx_cells import WINDOWS_EPOCH
from shared.editions import load
from shared.events.submission import IntellectualProperty

EDITION = load("2026")
DAY = BY_FIELD["trial_on"]
MAY_DAY = datetime(2024, 5, 1)  # noqa: DTZ001 - a sheet knows no time zone


def number(text: str) -> Number:
    return Number(Decimal(text), WINDOWS_EPOCH)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-01", date(2024, 5, 1)),
        ("1/5/2024", date(2024, 5, 1)),
        ("01/05/2024", date(2024, 5, 1)),
        (MAY_DAY, date(2024, 5, 1)),
        (number("45413"), date(2024, 5, 1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_days_are_read(value: Value, expected: date) -> None:
    assert cells.read(DAY, value, None) == expected


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("31/02/2024", "date_unknown"),
        ("2023-02-29", "date_unknown"),
        ("2024-13-01", "date_unknown"),
        ("0000-01-01", "date_unknown"),
        ("1 Mei 2024", "date_unreadable"),
        ("05-01-2024", "date_unreadable"),
        ("٢٠٢٤-٠٥-٠١", "date_unreadable"),
        (number("45413.5"), "date_unreadable"),
        (number("60"), "date_unreadable"),
        (number("-5"), "date_unreadable"),
        (number("99999999"), "date_unreadable"),
        (MAY_DAY.replace(hour=8), "date_with_time"),
        (True, "date_unreadable"),
        (Broken("#REF!"), "cell_broken"),
    ],
)
def test_days_that_do_not_exist_are_refused(value: Value, code: str) -> None:
    with pytest.raises(Unfit) as refusal:
        cells.day(value)
    assert refusal.value.code == code


@pytest.mark.parametrize(
    ("read_as", "value", "expected"),
    [
        (cells.decimal, "-2,781", Decimal("-2.781")),
        (cells.decimal, number("115.26"), Decimal("115.26")),
        (cells.decimal, "1e400", "number_unreadable"),
        (cells.decimal, "nan", "number_unreadable"),
        (cells.decimal, "٣", "number_unreadable"),
        (cells.decimal, True, "number_unreadable"),
        (cells.decimal, Broken("1e400"), "cell_broken"),
        (cells.rupiah, "25.000.000", 25_000_000),
        (cells.rupiah, "25000000", 25_000_000),
        (cells.rupiah, number("25000000"), 25_000_000),
        (cells.rupiah, number("2.5"), "number_unreadable"),
        (cells.rupiah, number("1.250"), "number_unreadable"),
        (cells.rupiah, "2.5", "number_unreadable"),
        (cells.rupiah, "Rp 5", "number_unreadable"),
        (cells.rupiah, "-5", "number_unreadable"),
        (cells.rupiah, "9" * 18, "number_unreadable"),
        (cells.level, number("3"), 3),
        (cells.level, "0", 0),
        (cells.level, number("4"), "level_unknown"),
        (cells.level, number("1.5"), "level_unknown"),
        (cells.level, "dua", "level_unknown"),
        (cells.text, number("188"), "188"),
        (cells.text, MAY_DAY, "text_expected"),
        (cells.text, True, "text_expected"),
    ],
)
def test_cells_are_read_strictly(read_as: Any, value: Value, expected: object) -> None:
    try:
        found = read_as(value)
    except Unfit as refusal:
        found = refusal.code
    assert found == expected


AFFAIRS = choices("affairs", EDITION)
NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=20)
RIGHTS = st.builds(
    IntellectualProperty,
    kind=st.sampled_from(["patent", "copyright", "communal"]),
    number=NAMES,
    registered_on=st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)),
)
STORED = {
    "line": NAMES,
    "text": NAMES,
    "day": st.dates(date(1990, 1, 1), date(2030, 1, 1)),
    "decimal": st.decimals(-180, 180, places=6),
    "rupiah": st.integers(0, 2**53 - 1),
    "names": st.lists(NAMES, min_size=1, max_size=5).map(tuple),
    "rights": st.lists(RIGHTS, min_size=1, max_size=3).map(tuple),
}


def stored_in(column: Any) -> st.SearchStrategy[Any]:
    """What a profile may keep under a column."""
    listed = choices(column.listed, EDITION) if column.listed else None
    if column.kind not in ("choice", "choices"):
        return STORED[column.kind]
    ids = st.sampled_from([each.stored for each in listed]) if listed else NAMES
    return ids if column.kind == "choice" else st.lists(ids, min_size=1, max_size=4).map(tuple)


def as_cells(shown: Any) -> list[Value]:
    """What a sheet, and a CSV file, gives back for what was shown."""
    written: list[Value] = [cells.plain(shown)]
    if isinstance(shown, Decimal | int):
        written.append(number(cells.plain(shown)))
    if isinstance(shown, date):
        written.append(datetime.combine(shown, datetime.min.time()))
    return written


@pytest.mark.parametrize("column", COLUMNS, ids=lambda column: column.name)
@given(data=st.data())
def test_what_is_shown_reads_back_as_the_same(column: Any, data: st.DataObject) -> None:
    stored = data.draw(stored_in(column))
    listed = choices(column.listed, EDITION) if column.listed else None
    shown = cells.show(column, stored, listed)
    for cell in as_cells(shown):
        assert cells.read(column, cell, listed) == stored
        assert cells.plain(cell) == cells.plain(shown)


def test_an_id_that_no_list_has_is_refused_with_the_choices() -> None:
    with pytest.raises(Unfit) as refusal:
        cells.choice("Kesehatan Hewan", AFFAIRS)
    allowed = refusal.value.params["allowed"]
    assert refusal.value.code == "choice_unknown"
    assert isinstance(allowed, tuple)
    assert (allowed[0], allowed[-1]) == ("pendidikan", "...")
    assert cells.choice("KESEHATAN", AFFAIRS) == "kesehatan"
    assert cells.choice("apa saja", None) == "apa saja"


@pytest.mark.parametrize("written", ["paten", "paten|", "lisensi|1", "paten|1|2|3", "|1"])
def test_a_right_is_written_as_kind_number_and_day(written: str) -> None:
    with pytest.raises(Unfit) as refusal:
        cells.read(BY_FIELD["intellectual_property"], written, None)
    assert refusal.value.code == "right_unreadable"
