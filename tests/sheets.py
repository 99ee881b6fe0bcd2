"""Sheets as tests send them: rows of columns and cells, as XLSX or CSV; and what comes back."""

import csv
from collections.abc import Mapping, Sequence
from io import BytesIO, StringIO
from typing import Any

from openpyxl import Workbook, load_workbook

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SheetRow = Mapping[str, object]

NARRATIVE = "kata " * 300
FILLED: dict[str, object] = {
    "kode_skpd": "hss-dinkes",
    "nama_inovasi": "SIP PUTIH",
    "tahapan": "penerapan",
    "inisiator": "perangkat_daerah",
    "jenis": "digital",
    "bentuk": "pelayanan_publik",
    "urusan_utama": "kesehatan",
    "waktu_penerapan": "2024-05-01",
    "rancang_bangun": NARRATIVE.strip(),
    "tujuan": "tujuan",
    "manfaat": "manfaat",
    "hasil": "hasil",
}


def columns_of(rows: Sequence[SheetRow]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row))


def xlsx(rows: Sequence[SheetRow], name: str = "Inovasi") -> bytes:
    book = Workbook()
    sheet: Any = book.active
    sheet.title = name
    columns = columns_of(rows)
    sheet.append(columns)
    for row in rows:
        sheet.append([row.get(column) for column in columns])
    return saved(book)


def saved(book: Any) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def comma_separated(
    rows: Sequence[SheetRow], delimiter: str = ",", encoding: str = "utf-8"
) -> bytes:
    text = StringIO()
    columns = columns_of(rows)
    writer = csv.DictWriter(text, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def read_back(content: bytes, name: str = "Inovasi") -> list[dict[str, Any]]:
    """The rows of a sheet, what is empty left out."""
    book = load_workbook(BytesIO(content))
    first, *others = book[name].iter_rows(values_only=True)
    return [
        {str(column): value for column, value in zip(first, row, strict=True) if value is not None}
        for row in others
    ]
