"""Tables as people take them along: CSV, or a workbook with a sheet for each."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from xlsxwriter import Workbook

from shared.wita import WITA

Cell = str | int | Decimal | datetime | None
FORMULA_SIGNS: Final = ("=", "+", "-", "@", "\t", "\r")
BYTE_ORDER_MARK: Final = "\ufeff"
"""By it a spreadsheet knows that a CSV file is in UTF-8."""

NOTHING_CLEVER: Final = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
}
WIDTH: Final = 18
NO_DAY: Final = datetime(2000, 1, 1)  # noqa: DTZ001 - the library wants a plain one
"""Stands where a workbook says when it was made, so that making it again gives the same."""


@dataclass(frozen=True, slots=True)
class Table:
    """`name` heads a sheet: at most 31 characters. `picture` is a PNG to stand below the rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    picture: bytes = b""


def as_csv(tables: Sequence[Table]) -> bytes:
    """One after another, each under its name; text that a spreadsheet would compute is guarded."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for number, table in enumerate(tables):
        if number:
            writer.writerow(())
        writer.writerow((table.name,))
        writer.writerow(table.columns)
        writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    return (BYTE_ORDER_MARK + text.getvalue()).encode()


def as_workbook(tables: Sequence[Table]) -> bytes:
    """Moments stand in WITA, as the heads of their columns should say."""
    content = BytesIO()
    with Workbook(content, {**NOTHING_CLEVER, "in_memory": True}) as book:
        book.set_properties({"created": NO_DAY})
        head = book.add_format({"bold": True, "bottom": 1})
        moment = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            sheet.set_column(0, len(table.columns) - 1, WIDTH)
            sheet.write_row(0, 0, table.columns, head)
            for line, row in enumerate(table.rows, 1):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime):
                        sheet.write_datetime(line, column, cell.astimezone(WITA), moment)
                    elif cell is not None:
                        sheet.write(line, column, cell)
            if table.picture:
                place = {"image_data": BytesIO(table.picture), "object_position": 3}
                sheet.insert_image(len(table.rows) + 2, 0, "picture.png", place)
    return content.getvalue()


def as_kept_workbook(tables: Sequence[Table]) -> bytes:
    """A workbook that is known by its digest: made again, on whatever machine, it is the same.

    Nothing in it is compressed, because not every machine compresses to the same bytes.
    """
    content = BytesIO()
    with ZipFile(BytesIO(as_workbook(tables))) as made, ZipFile(content, "w") as kept:
        for entry in made.infolist():
            kept.writestr(ZipInfo(entry.filename), made.read(entry), ZIP_STORED)
    return content.getvalue()


def _plain(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return f"{cell.astimezone(WITA):%Y-%m-%d %H:%M}"
        case str() if cell.startswith(FORMULA_SIGNS):
            return f"'{cell}"
        case _:
            return str(cell)
