"""Workbooks that are known by their digest."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from openpyxl import load_workbook

from shared.papers import Table, as_kept_workbook, as_png

MOMENT = datetime(2026, 11, 23, 1, 30, tzinfo=UTC)
ROWS = [["Posyandu", 5_000_000, Decimal("82.25"), MOMENT, None], ["=1+1", 0, Decimal(1), None, ""]]
TABLE = Table("Daftar", ("Inovasi", "Rupiah", "Nilai", "Waktu (WITA)", "Kosong"), ROWS)


def test_the_same_tables_give_the_same_bytes_and_others_give_others() -> None:
    other = Table("Daftar", TABLE.columns, ROWS[:1])
    assert as_kept_workbook([TABLE]) == as_kept_workbook([TABLE])
    assert as_kept_workbook([TABLE]) != as_kept_workbook([other])


def test_nothing_is_compressed_and_no_entry_tells_when_it_was_made() -> None:
    with ZipFile(BytesIO(as_kept_workbook([TABLE]))) as book:
        kept = {(each.compress_type, each.date_time) for each in book.infolist()}
        assert kept == {(ZIP_STORED, (1980, 1, 1, 0, 0, 0))}
        assert b"2000-01-01T00:00:00Z" in book.read("docProps/core.xml")


def test_numbers_stand_as_numbers_and_what_looks_computed_as_text() -> None:
    sheet = load_workbook(BytesIO(as_kept_workbook([TABLE])))["Daftar"]
    found = [[(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows(min_row=2)]
    assert [row[:3] for row in found] == [
        [("Posyandu", "s"), (5_000_000, "n"), (82.25, "n")],
        [("=1+1", "s"), (0, "n"), (1, "n")],
    ]
    moment, kind = found[0][3]
    assert (f"{moment:%Y-%m-%d %H:%M}", kind) == ("2026-11-23 09:30", "d")


def test_a_picture_stands_below_the_rows() -> None:
    code = as_png("https://inda.test/verify/1")
    book = load_workbook(BytesIO(as_kept_workbook([Table("A", ("x",), [["y"]], code)])))
    (picture,) = book["A"]._images
    assert (picture.anchor._from.row, picture._data()) == (3, code)
