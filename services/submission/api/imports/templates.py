"""Sheets to fill in: the columns, what may stand in them, and a page that explains them."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.submission.api.imports.columns import (
    AGENCY,
    AGENCY_COLUMNS,
    AGENCY_FORM,
    COLUMNS,
    ID,
    basis_column,
    innovation_form,
    level_column,
    subtype_column,
)
from services.submission.api.imports.lists import (
    AGENCY_KIND_CHOICES,
    RIGHTS,
    Choice,
    choices,
)
from services.submission.api.imports.sheets import MAX_ROWS, TRAINING
from services.submission.api.imports.xlsx_cells import letters
from shared.editions import Edition, SidRow

GUIDE = "Petunjuk"
LISTS_FROM = 6
"""The column of the guide where the lists begin, two columns each."""

NOTES = (
    "Isi satu baris untuk setiap inovasi; jangan gabungkan sel dan jangan pakai rumus.",
    "id_inovasi kosong membuat inovasi baru; terisi mengubah inovasi itu.",
    "Saat mengubah, kolom yang dihapus dari lembar tidak mengubah apa pun; sel kosong"
    " mengosongkan isian, kecuali level: level kosong dibiarkan, tulis 0 untuk mencabutnya.",
    "Tanggal ditulis 2024-05-01 atau 01/05/2024. Beberapa isian dipisah titik koma.",
    "Berkas bukti tidak diimpor: unggah setelah draf dibuat.",
)
AGENCY_NOTES = (
    "Isi satu baris untuk setiap perangkat daerah; induk boleh ada di baris mana pun.",
    "Kode yang sudah terdaftar hanya dapat diubah nama dan singkatannya.",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A column as the guide explains it; `listed` is what may stand in its cells."""

    name: str
    meaning: str
    example: str = ""
    listed: tuple[Choice, ...] = ()
    is_free: bool = False
    is_day: bool = False


def innovations_template(edition: Edition, *, training: bool) -> bytes:
    lines = [
        Line(ID, "Kosong untuk inovasi baru."),
        Line(AGENCY, "Kode perangkat daerah pemilik.", "hss-dinkes"),
        *(_profile_lines(edition)),
        *(line for row in edition.sid for line in _claim_lines(row)),
    ]
    rights = tuple(Choice(written, written, "") for written in RIGHTS)
    extra = {"jenis haki": rights}
    name = innovation_form(edition).name
    title = f"Impor inovasi, instrumen {edition.id}"
    return _book(f"{name} {TRAINING}" if training else name, title, NOTES, lines, extra)


def agencies_template() -> bytes:
    lines = [
        Line(name, meaning, example, AGENCY_KIND_CHOICES if name == "jenis" else ())
        for name, meaning, example in AGENCY_COLUMNS
    ]
    return _book(AGENCY_FORM.name, "Impor perangkat daerah", AGENCY_NOTES, lines, {})


def _profile_lines(edition: Edition) -> list[Line]:
    return [
        Line(
            column.name,
            column.meaning,
            column.example,
            (choices(column.listed, edition) or ()) if column.listed else (),
            is_free=column.kind == "choices",
            is_day=column.kind == "day",
        )
        for column in COLUMNS
    ]


def _claim_lines(row: SidRow) -> list[Line]:
    levels = tuple(
        Choice(str(number), str(number), text)
        for number, text in enumerate(("tidak diklaim", *row.levels))
    )
    found = [Line(level_column(row), f"Level {row.iid_no}. {row.name_id}.", "", levels)]
    if row.bases:
        bases = tuple(
            Choice(each.id, each.id, f"{each.unit}: {each.levels[2]}") for each in row.bases
        )
        found.append(Line(basis_column(row), "Dasar pengukurannya.", "a", bases))
    if row.subtypes:
        kinds = tuple(Choice(each, each, "") for each in row.subtypes)
        found.append(Line(subtype_column(row), "Sub-jenisnya.", "digital", kinds))
    return found


def _book(
    name: str,
    title: str,
    notes: Sequence[str],
    lines: Sequence[Line],
    extra: dict[str, tuple[Choice, ...]],
) -> bytes:
    content = BytesIO()
    book = Workbook(content, {"in_memory": True, "strings_to_formulas": False})
    bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
    sheet, guide = book.add_worksheet(name), book.add_worksheet(GUIDE)
    day, text = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"num_format": "@"})
    sheet.freeze_panes(1, 2)
    ranges = _guide(guide, title, notes, lines, extra, bold)
    for place, line in enumerate(lines):
        sheet.write_string(0, place, line.name, bold)
        sheet.set_column(place, place, max(14, len(line.name) + 2), day if line.is_day else text)
        if line.name in ranges:
            sheet.data_validation(1, place, MAX_ROWS, place, _validation(ranges[line.name], line))
    book.close()
    return content.getvalue()


def _validation(cells: str, line: Line) -> dict[str, object]:
    """Several ids in one cell are beyond what a list can check: it only offers them there."""
    return {
        "validate": "list",
        "source": cells,
        "error_type": "information" if line.is_free else "stop",
        "error_title": line.name,
        "error_message": f"Pilih dari daftar di lembar {GUIDE}.",
    }


def _guide(
    guide: Worksheet,
    title: str,
    notes: Sequence[str],
    lines: Sequence[Line],
    extra: dict[str, tuple[Choice, ...]],
    bold: Format,
) -> dict[str, str]:
    """Writes the guide; where each column's list stands in it."""
    guide.write_string(0, 0, title, bold)
    for number, note in enumerate(notes, start=1):
        guide.write_string(number, 0, note)
    top = len(notes) + 2
    for place, heading in enumerate(("Kolom", "Arti", "Contoh")):
        guide.write_string(top, place, heading, bold)
    for number, line in enumerate(lines, start=top + 1):
        for place, text in enumerate((line.name, line.meaning, line.example)):
            guide.write_string(number, place, text)
    guide.set_column(0, 0, 24)
    guide.set_column(1, 1, 60)
    guide.set_column(2, 2, 28)
    ranges: dict[str, str] = {}
    lists = {line.name: line.listed for line in lines if line.listed}
    for number, (name, listed) in enumerate({**lists, **extra}.items()):
        ranges[name] = _list(guide, LISTS_FROM + 2 * number, top, name, listed, bold)
    return ranges


def _list(
    guide: Worksheet, place: int, top: int, name: str, listed: Sequence[Choice], bold: Format
) -> str:
    guide.write_string(top, place, name, bold)
    guide.set_column(place, place, 18)
    guide.set_column(place + 1, place + 1, 36)
    for number, each in enumerate(listed, start=top + 1):
        if each.written.isdigit():
            guide.write_number(number, place, int(each.written))
        else:
            guide.write_string(number, place, each.written)
        guide.write_string(number, place + 1, each.name)
    column = letters(place)
    return f"={GUIDE}!${column}${top + 2}:${column}${top + 1 + len(listed)}"
