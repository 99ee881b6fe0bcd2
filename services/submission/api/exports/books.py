"""XLSX workbooks: of one innovation as its form, of many as sheets that are written row by row."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from services.submission.api.exports.shapes import InnovationForm, shown_name
from services.submission.api.imports import cells
from services.submission.api.imports.cells import Shown
from services.submission.api.imports.columns import COLUMNS
from services.submission.api.imports.lists import choices
from services.submission.api.imports.sheets import TRAINING
from shared.editions import Edition
from shared.errors import Refused
from shared.events.submission import EvidenceItem, FileEvidence

LAST_ROW = 1_048_576
FIRST_YEAR = 1901
LONGEST_LIST = 8_000
NOTHING_CLEVER: dict[str, Any] = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""What agencies write is text, whatever it begins with."""

INDICATORS = (
    "nomor",
    "indikator",
    "nama",
    "bobot",
    "level_klaim",
    "klaim",
    "dasar",
    "subjenis",
    "level_terverifikasi",
    "terverifikasi",
    "bukti",
)
FILES = (
    "nama",
    "indikator",
    "jenis_bukti",
    "nomor_surat",
    "tanggal_surat",
    "tentang",
    "ukuran",
    "sha256",
    "diterima",
)


class Writer:
    """A sheet that is written downwards. Raises `Refused` for what a sheet cannot hold."""

    def __init__(self, book: Workbook, sheet: Worksheet, columns: Sequence[str]) -> None:
        self._sheet = sheet
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._row = 1
        bold = book.add_format({"bold": True, "bg_color": "#DDEBF7", "border": 1})
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(columns):
            sheet.set_column(place, place, max(12, len(name) + 2))
            sheet.write_string(0, place, name, bold)

    def add(self, values: Iterable[Shown]) -> None:
        if self._row >= LAST_ROW:
            raise Refused(
                "sheet_full",
                "This is more than a sheet can hold. Ask for less, or for JSON or CSV.",
                rows=LAST_ROW,
            )
        for place, value in enumerate(values):
            write(self._sheet, self._row, place, value, self._day)
        self._row += 1


def write(sheet: Worksheet, row: int, place: int, value: Shown, day: Format) -> None:
    """Raises `Refused` for a text that is longer than a cell."""
    match value:
        case None:
            return
        case str():
            if sheet.write_string(row, place, value) != 0:
                raise Refused(
                    "text_too_long_for_sheet",
                    "A text is longer than a cell of a sheet can hold. Ask for JSON or CSV.",
                    row=row + 1,
                )
        case date() if value.year >= FIRST_YEAR:
            sheet.write_datetime(row, place, datetime.combine(value, time()), day)
        case date():
            sheet.write_string(row, place, value.isoformat())
        case Decimal() | int():
            sheet.write_number(row, place, float(value) if isinstance(value, Decimal) else value)


def book(target: BinaryIO) -> Workbook:
    """A workbook that is made in memory."""
    return Workbook(target, {**NOTHING_CLEVER, "in_memory": True})


def streamed_book(target: Path) -> Workbook:
    """Rows leave the memory as soon as the next one begins; drafts lie beside the target."""
    return Workbook(
        str(target), {**NOTHING_CLEVER, "constant_memory": True, "tmpdir": str(target.parent)}
    )


def form_book(form: InnovationForm, edition: Edition) -> bytes:
    """The sheets Profil, Indikator (twenty rows) and Berkas of one innovation."""
    content = BytesIO()
    made = book(content)
    try:
        mark = f" {TRAINING}" if form.training else ""
        profile = Writer(made, made.add_worksheet(f"Profil{mark}"), ("isian", "isi"))
        for line in profile_lines(form, edition):
            profile.add(line)
        indicators = Writer(made, made.add_worksheet(f"Indikator{mark}"), INDICATORS)
        for row in indicator_rows(form):
            indicators.add(row)
        files = Writer(made, made.add_worksheet(f"Berkas{mark}"), FILES)
        for item in form.evidence:
            files.add(file_row(item))
    finally:
        made.close()
    return content.getvalue()


def profile_lines(form: InnovationForm, edition: Edition) -> Iterable[tuple[Shown, Shown]]:
    if form.label is not None:
        yield form.label, "Bukan pengajuan sungguhan"
    yield "id_inovasi", form.innovation_id
    yield "musim", form.season_id
    yield "instrumen", form.edition_id
    yield "kode_skpd", form.agency_id
    yield "nama_skpd", form.agency_name
    yield "keadaan", form.state
    for column in COLUMNS:
        listed = choices(column.listed, edition) if column.listed else None
        yield column.name, cells.show(column, getattr(form.profile, column.field), listed)
    yield "sidik_isi", form.content_digest


def indicator_rows(form: InnovationForm) -> Iterable[list[Shown]]:
    for row in form.indicators:
        yield [
            row.number,
            row.indicator,
            row.name,
            row.weight,
            row.claimed_level,
            row.claimed,
            row.basis,
            row.subtype,
            row.verified_level,
            row.verified,
            _joined(row.evidence),
        ]


def _joined(names: tuple[str, ...]) -> str | None:
    """As many as one reads in a cell; all of them are in the sheet of the files."""
    joined = "; ".join(names)
    return (joined if len(joined) <= LONGEST_LIST else f"{joined[:LONGEST_LIST]} ...") or None


def file_row(item: EvidenceItem) -> list[Shown]:
    content, letter = item.content, item.letter
    return [
        shown_name(item),
        "; ".join(item.indicators) or "profil",
        item.evidence_kind,
        None if letter is None else letter.number,
        None if letter is None else letter.signed_on,
        None if letter is None else letter.subject,
        content.size_bytes if isinstance(content, FileEvidence) else None,
        content.sha256,
        "ya" if item.accepted else "belum",
    ]
