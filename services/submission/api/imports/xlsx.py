"""An XLSX workbook read cell by cell: whatever it holds, what comes out is bounded. Pure.

Read as it streams by rather than as a model of the whole workbook, which a few bytes can make
as large as they like (a merged range of all cells, a link over a whole sheet).
"""

from collections.abc import Iterator
from typing import Any, cast
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile
from zlib import error as ZlibError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format

from services.submission.api.imports.archive import Archive
from services.submission.api.imports.faults import Unusable
from services.submission.api.imports.values import Broken, Value
from services.submission.api.imports.xlsx_cells import (
    MAC_EPOCH,
    WINDOWS_EPOCH,
    column_of,
    letters,
    moment,
    name_of,
    number,
    row_of,
    serial_day,
    text_of,
    unescaped,
)

MAX_ELEMENTS = 600_000
MAX_SHEETS = 50
MACROS = ("vbaproject.bin", "macroenabled")
TROUBLE = (
    ParseError,
    DefusedXmlException,
    BadZipFile,
    ZlibError,
    EOFError,
    ValueError,
    LookupError,
)

Cells = dict[int, Value]


class Workbook:
    """Its sheets by name, in their order. Everything raises `Unusable`."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._refuse_macros()
        main = self._main_part()
        targets = self._related(main)
        self._epoch = WINDOWS_EPOCH
        self.sheets: dict[str, str] = {}
        for element in self._ends(main):
            if name_of(element) == "workbookPr" and element.get("date1904") in ("1", "true"):
                self._epoch = MAC_EPOCH
            if name_of(element) == "sheet":
                self._remember_sheet(element, targets)
        folder = main.rpartition("/")[0]
        self._strings = list(self._shared_strings(f"{folder}/sharedStrings.xml"))
        self._dates = frozenset(self._date_styles(f"{folder}/styles.xml"))

    def rows(self, path: str) -> Iterator[tuple[int, Cells]]:
        """Row numbers with what is in them, by column from 0; what is empty is left out.

        Formulas and merged cells are refused; the latter only at the end.
        """
        place = 0
        for element in self._ends(path):
            if name_of(element) == "mergeCell":
                raise Unusable("merged_cells", range=element.get("ref", "?")[:40])
            if name_of(element) == "row":
                place = row_of(element.get("r"), place)
                yield place, self._cells(element, place)
                element.clear()

    def _cells(self, row: Element, place: int) -> Cells:
        found: Cells = {}
        column = -1
        for cell in row:
            if name_of(cell) != "c":
                continue
            column = column_of(cell.get("r"), column)
            value = self._value(cell, f"{letters(column)}{place}")
            if value is not None:
                found[column] = value
        return found

    def _value(self, cell: Element, place: str) -> Value | None:
        parts = {name_of(part): part for part in cell}
        if "f" in parts:
            raise Unusable("formula", cell=place)
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return text_of(parts["is"]) if "is" in parts else None
        raw = (parts["v"].text or "") if "v" in parts else ""
        if not raw.strip():
            return None
        match kind:
            case "s":
                return self._shared(raw)
            case "str":
                return unescaped(raw)
            case "b":
                return raw.strip() == "1"
            case "e":
                return Broken(raw[:40])
            case "d":
                return moment(raw.strip())
            case _:
                return self._number(raw.strip(), cell.get("s", "0"))

    def _shared(self, raw: str) -> str:
        if not raw.isascii() or not raw.isdigit() or len(raw) > 9 or int(raw) >= len(self._strings):
            raise Unusable("workbook_broken", reason="a text that is not there")
        return self._strings[int(raw)]

    def _number(self, raw: str, style: str) -> Value:
        found = number(raw, self._epoch)
        if isinstance(found, Broken) or style not in self._dates:
            return found
        return serial_day(found.value, self._epoch) or Broken(raw[:40])

    def _refuse_macros(self) -> None:
        if any(name.endswith(MACROS[0]) for name in self._archive.names):
            raise Unusable("macros")
        for element in self._ends("[Content_Types].xml"):
            if MACROS[1] in element.get("ContentType", "").casefold():
                raise Unusable("macros")

    def _main_part(self) -> str:
        for element in self._ends("_rels/.rels"):
            if element.get("Type", "").endswith("/officeDocument"):
                return element.get("Target", "").lstrip("/")
        raise Unusable("workbook_broken", reason="no workbook inside")

    def _related(self, main: str) -> dict[str, str]:
        folder, _, name = main.rpartition("/")
        found: dict[str, str] = {}
        for element in self._ends(f"{folder}/_rels/{name}.rels".lstrip("/")):
            target = element.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else f"{folder}/{target}"
            found[element.get("Id", "")] = path.lstrip("/")
        return found

    def _remember_sheet(self, element: Element, targets: dict[str, str]) -> None:
        reference = next((v for k, v in element.attrib.items() if k.endswith("}id")), "")
        path = targets.get(reference, "")
        if path in self._archive:
            self.sheets[element.get("name", "")] = path
        if len(self.sheets) > MAX_SHEETS:
            raise Unusable("workbook_broken", reason=f"more than {MAX_SHEETS} sheets")

    def _shared_strings(self, path: str) -> Iterator[str]:
        if path not in self._archive:
            return
        for element in self._ends(path):
            if name_of(element) == "si":
                yield text_of(element)
                element.clear()

    def _date_styles(self, path: str) -> Iterator[str]:
        """The styles whose numbers are dates, as cells name them."""
        if path not in self._archive:
            return
        formats: dict[str, str] = {str(key): text for key, text in BUILTIN_FORMATS.items()}
        for element in self._ends(path):
            if name_of(element) == "numFmt":
                formats[element.get("numFmtId", "")] = element.get("formatCode", "")
            if name_of(element) == "cellXfs":
                for place, style in enumerate(element):
                    if is_date_format(formats.get(style.get("numFmtId", "0"), "")):
                        yield str(place)

    def _ends(self, path: str) -> Iterator[Element]:
        """Each element of a part as it ends."""
        count = 0
        with self._archive.open(path) as stream:
            try:
                events = cast("Any", iterparse(stream, ("end",), forbid_dtd=True))
                for _, element in events:
                    count += 1
                    if count > MAX_ELEMENTS:
                        raise Unusable("archive_too_large", reason=f"{path[:80]}")
                    yield element
            except TROUBLE as error:
                raise Unusable("workbook_broken", reason=_reason(error)) from error


def _reason(error: Exception) -> str:
    if isinstance(error, DefusedXmlException):
        return "it declares entities of its own"
    return str(error)[:120] or type(error).__name__
