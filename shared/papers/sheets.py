"""Tables as people take them along: CSV, or a workbook with a sheet for each."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Final

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


@dataclass(frozen=True, slots=True)
class Table:
    """`name` heads a sheet: at most 31 characters."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]


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
