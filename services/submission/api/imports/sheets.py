"""A file that a client sent, as columns and rows: told apart by content, not by name. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from services.submission.api.imports import delimited
from services.submission.api.imports.archive import Archive
from services.submission.api.imports.faults import Unusable
from services.submission.api.imports.values import Value
from services.submission.api.imports.xlsx import Cells, Workbook

MAX_ROWS = 2000
MAX_COLUMNS = 200
SHOWN = 20
TRAINING = "LATIHAN"
ZIP, OLD_EXCEL = (b"PK\x03\x04", b"PK\x05\x06"), b"\xd0\xcf\x11\xe0"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
KNOWN_BEGINNINGS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"7z\xbc\xaf": "7z",
    b"Rar!": "RAR",
    b"\x1f\x8b": "gzip",
}


@dataclass(frozen=True, slots=True)
class Form:
    """What a sheet must look like: its name, its columns, and which of them must be there.

    One of the sets in `required` is enough. Columns in `ignored` are those that exports add; they
    are read by nobody.
    """

    name: str
    columns: tuple[str, ...]
    required: tuple[tuple[str, ...], ...]
    ignored: tuple[str, ...] = ()

    @property
    def known(self) -> frozenset[str]:
        return frozenset((*self.columns, *self.ignored))


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the one that spreadsheets show. What is empty is not among its `cells`."""

    number: int
    cells: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Sheet:
    columns: frozenset[str]
    rows: tuple[Row, ...]


def read(content: bytes, form: Form) -> Sheet:
    """Raises `Unusable`, with the reason in words that help."""
    if not content:
        raise Unusable("file_empty")
    if content.startswith(ZIP):
        return _sheet(_from_workbook(content, form), form)
    _refuse_others(content)
    return _sheet(_from_csv(content, form), form)


def column_name(text: str) -> str:
    """As people write it: `Nama Inovasi` is `nama_inovasi`."""
    return "_".join(text.split()).casefold()


def _refuse_others(content: bytes) -> None:
    if content.startswith(OLD_EXCEL):
        raise Unusable("old_excel")
    if content.startswith(UTF_16):
        raise Unusable("csv_not_utf8")
    for beginning, found in KNOWN_BEGINNINGS.items():
        if content.startswith(beginning):
            raise Unusable("not_a_sheet", found=found)
    if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        raise Unusable("not_a_sheet", found="HTML/XML")


def _from_csv(content: bytes, form: Form) -> Iterator[tuple[int, Cells]]:
    width: int | None = None
    for number, record in enumerate(delimited.rows_of(content, form.known), start=1):
        cells: Cells = {place: cell for place, cell in enumerate(record) if cell.strip()}
        if width is None and cells:
            width = len(record)
        if width is not None and any(place >= width for place in cells):
            raise Unusable("row_too_long", row=number)
        yield number, cells


def _from_workbook(content: bytes, form: Form) -> Iterator[tuple[int, Cells]]:
    workbook = Workbook(Archive(content))
    return workbook.rows(_chosen(workbook, form))


def _chosen(workbook: Workbook, form: Form) -> str:
    """The sheet of the form's name, or the only one that holds anything."""
    expected = (form.name.casefold(), f"{form.name} {TRAINING}".casefold())
    for name, path in workbook.sheets.items():
        if name.strip().casefold() in expected:
            return path
    filled = {
        name: path
        for name, path in workbook.sheets.items()
        if any(_is_filled(cells) for _, cells in workbook.rows(path))
    }
    if len(filled) > 1:
        sheets = tuple(name[:40] for name in islice(filled, SHOWN))
        raise Unusable("sheet_ambiguous", sheets=sheets, expected=form.name)
    if not filled:
        raise Unusable("file_empty")
    return next(iter(filled.values()))


def _sheet(rows: Iterable[tuple[int, Cells]], form: Form) -> Sheet:
    filled = ((number, cells) for number, cells in rows if _is_filled(cells))
    first = next(filled, None)
    if first is None:
        raise Unusable("file_empty")
    names = _named(first[1], form)
    found: list[Row] = []
    for number, cells in filled:
        if len(found) == MAX_ROWS:
            raise Unusable("too_many_rows", allowed=MAX_ROWS)
        found.append(_row(number, cells, names))
    if not found:
        raise Unusable("no_rows")
    return Sheet(frozenset(names.values()), tuple(found))


def _is_filled(cells: Cells) -> bool:
    return any(not isinstance(value, str) or value.strip() for value in cells.values())


def _named(cells: Cells, form: Form) -> dict[int, str]:
    """The columns by their place. Raises `Unusable` unless they are those of the form."""
    if len(cells) > MAX_COLUMNS:
        raise Unusable("too_many_columns", allowed=MAX_COLUMNS)
    texts = {place: str(value) for place, value in cells.items() if str(value).strip()}
    names = {place: column_name(text) for place, text in texts.items()}
    unknown = tuple(texts[p].strip()[:60] for p, name in names.items() if name not in form.known)
    if unknown:
        raise Unusable("columns_unknown", columns=unknown[:SHOWN])
    given = list(names.values())
    doubled = tuple(sorted({name for name in given if given.count(name) > 1}))
    if doubled:
        raise Unusable("columns_doubled", columns=doubled)
    if not any(set(names) <= set(given) for names in form.required):
        missing = tuple(name for name in form.required[0] if name not in given)
        raise Unusable("columns_missing", columns=missing)
    return names


def _row(number: int, cells: Cells, names: Mapping[int, str]) -> Row:
    found: dict[str, Value] = {}
    for place, value in cells.items():
        if isinstance(value, str) and not value.strip():
            continue
        if place not in names:
            raise Unusable("row_too_long", row=number)
        found[names[place]] = value
    return Row(number, found)
