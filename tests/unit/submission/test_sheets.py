"""Sheets of strangers: read where they are plain, refused in words that help where they are not."""

import struct
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904, MAC_EPOCH
from xlsxwriter import Workbook as OtherWorkbook

from services.submission.api.imports import cells
from services.submission.api.imports.delimited import guarded
from services.submission.api.imports.faults import Unusable
from services.submission.api.imports.sheets import MAX_ROWS, Form, Row, Sheet, read
from services.submission.api.imports.values import Broken, Number, Value
from services.submission.api.imports.xlsx_cells import WINDOWS_EPOCH
from tests.sheets import comma_separated, saved, xlsx

MAY_DAY = datetime(2024, 5, 1)  # noqa: DTZ001 - a sheet knows no time zone
FORM = Form("Inovasi", ("judul", "tanggal", "nilai"), (("judul",),), ("musim",))


def number(text: str) -> Number:
    return Number(Decimal(text), WINDOWS_EPOCH)


def refused(content: bytes, form: Form = FORM) -> tuple[str, dict[str, Any]]:
    with pytest.raises(Unusable) as refusal:
        read(content, form)
    assert refusal.value.sentence
    assert "-" not in refusal.value.told("id").sentence[:3]
    return refusal.value.code, dict(refusal.value.params)


def rows(content: bytes, form: Form = FORM) -> list[dict[str, Value]]:
    return [dict(row.cells) for row in read(content, form).rows]


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    content = BytesIO()
    with ZipFile(content, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_sheet(xml: bytes) -> bytes:
    """A workbook whose only sheet is this XML."""
    found = parts(xlsx([{"judul": "A"}]))
    return packed({**found, "xl/worksheets/sheet1.xml": xml})


def worksheet(data: str, behind: str = "") -> bytes:
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>judul</t></is></c></row>'
    text = f'<worksheet xmlns="{namespace}"><sheetData>{head}{data}</sheetData>{behind}</worksheet>'
    return with_sheet(text.encode())


# --- plain ones ---------------------------------------------------------------------------


def test_a_sheet_of_openpyxl_is_read_with_its_types() -> None:
    found = read(
        xlsx(
            [
                {"Judul": "SIP\nPUTIH", "Tanggal": date(2024, 5, 1), "Nilai": 0.1},
                {"Judul": None},
                {"Judul": "=1+1 itu teks"[1:], "Nilai": True},
            ]
        ),
        FORM,
    )
    assert found == Sheet(
        frozenset({"judul", "tanggal", "nilai"}),
        (
            Row(2, {"judul": "SIP\nPUTIH", "tanggal": MAY_DAY, "nilai": number("0.1")}),
            Row(4, {"judul": "1+1 itu teks", "nilai": True}),
        ),
    )


def test_a_sheet_that_was_streamed_with_inline_texts_is_read_the_same() -> None:
    content = BytesIO()
    book = OtherWorkbook(content, {"constant_memory": True})
    sheet: Any = book.add_worksheet("inovasi")
    sheet.write_row(0, 0, ["judul", "nilai"])
    sheet.write_string(1, 0, "_x0041_ \x01 é")
    sheet.write_number(1, 1, 2**53 - 1)
    book.close()
    assert rows(content.getvalue()) == [
        {"judul": "_x0041_ \x01 é", "nilai": number(str(2**53 - 1))}
    ]


def test_the_calendar_that_begins_in_1904_is_heeded() -> None:
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    sheet: Any = book.active
    sheet.append(["judul", "tanggal", "nilai"])
    sheet.append(["A", MAY_DAY, 43951])
    (row,) = rows(saved(book))
    assert row["tanggal"] == MAY_DAY
    assert row["nilai"] == Number(Decimal(43951), MAC_EPOCH)
    assert cells.day(row["nilai"]) == date(2024, 5, 1)


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_csv_is_read_whatever_parts_its_cells(delimiter: str, encoding: str) -> None:
    written = [{"judul": 'Dua\nbaris, "kutip"; é', "tanggal": "01/05/2024", "nilai": ""}]
    content = comma_separated(written, delimiter, encoding)
    assert rows(content) == [{"judul": 'Dua\nbaris, "kutip"; é', "tanggal": "01/05/2024"}]


def test_what_looks_like_a_formula_in_csv_is_text_and_comes_back_as_it_was() -> None:
    for text in ("=1+1", "+62", "-1", "@a", "'=x", "'a", "\ta", "biasa", "'"):
        content = comma_separated([{"judul": guarded(text) or "x", "nilai": "1"}])
        assert rows(content) == [{"judul": text, "nilai": "1"}], text
    assert rows(b"judul\n=1+1\n") == [{"judul": "=1+1"}]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1))
def test_any_text_comes_through_csv(text: str) -> None:
    content = comma_separated([{"judul": guarded(text), "nilai": "1"}])
    expected = {"judul": text, "nilai": "1"} if text.strip() else {"nilai": "1"}
    assert rows(content) == [expected]


def test_the_named_sheet_is_taken_among_several() -> None:
    book = Workbook()
    other: Any = book.active
    other.title = "Petunjuk"
    other.append(["bacalah"])
    for name in ("INOVASI latihan", "Lain"):
        sheet: Any = book.create_sheet(name)
        sheet.append(["judul"])
        sheet.append([name])
    assert rows(saved(book)) == [{"judul": "INOVASI latihan"}]


def test_a_sheet_of_another_name_is_taken_if_it_is_the_only_one_with_content() -> None:
    book = Workbook()
    book.create_sheet("Kosong")
    sheet: Any = book.create_sheet("Lembar5")
    sheet.append(["judul"])
    sheet.append(["A"])
    assert rows(saved(book)) == [{"judul": "A"}]


def test_columns_of_exports_are_known_and_as_many_rows_as_allowed_are_taken() -> None:
    content = comma_separated([{"judul": str(each), "musim": "2026"} for each in range(MAX_ROWS)])
    found = rows(content)
    assert (len(found), found[-1]) == (MAX_ROWS, {"judul": str(MAX_ROWS - 1), "musim": "2026"})


# --- bad ones -----------------------------------------------------------------------------


def formula() -> bytes:
    return xlsx([{"judul": "A"}, {"judul": "=SUM(B1:B2)"}])


def merged() -> bytes:
    book = Workbook()
    sheet: Any = book.active
    for text in ("judul", "A", "B"):
        sheet.append([text])
    sheet.merge_cells("A2:A3")
    return saved(book)


def merged_everywhere() -> bytes:
    """A few bytes that a model of the whole sheet would need all memory for."""
    return worksheet("", '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')


def macros() -> bytes:
    return packed({**parts(xlsx([{"judul": "A"}])), "xl/vbaProject.bin": b"\0"})


def macro_type() -> bytes:
    found = parts(xlsx([{"judul": "A"}]))
    types = found["[Content_Types].xml"].replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml")
    return packed({**found, "[Content_Types].xml": types})


def bomb() -> bytes:
    found = parts(xlsx([{"judul": "A"}]))
    return packed({**found, "xl/sharedStrings.xml": b" " * (65 * 1024 * 1024)})


def ratio_bomb() -> bytes:
    found = parts(xlsx([{"judul": "A"}]))
    return packed({**found, "xl/media/image1.png": b"\0" * (17 * 1024 * 1024)})


def lying_bomb() -> bytes:
    """Its directory says one byte; unpacked it would be a megabyte."""
    content = bytearray(packed({**parts(xlsx([{"judul": "A"}])), "xl/x": b" " * 1_000_000}))
    size = struct.pack("<I", 1_000_000)
    place = content.rfind(size)
    content[place : place + 4] = struct.pack("<I", 1)
    return bytes(content)


def many_parts() -> bytes:
    extra = {f"xl/media/{each}.png": b"" for each in range(600)}
    return packed({**parts(xlsx([{"judul": "A"}])), **extra})


def doubled_part() -> bytes:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = BytesIO(xlsx([{"judul": "A"}]))
        with ZipFile(content, "a") as archive:
            archive.writestr("xl/workbook.xml", b"<a/>")
    return content.getvalue()


def encrypted() -> bytes:
    content = bytearray(xlsx([{"judul": "A"}]))
    place = content.rfind(b"PK\x01\x02")
    content[place + 8] |= 1
    return bytes(content)


def with_doctype(doctype: str) -> bytes:
    return with_sheet(f'<?xml version="1.0"?>{doctype}<worksheet/>'.encode())


def several() -> bytes:
    book = Workbook()
    for name in ("Satu", "Dua"):
        sheet: Any = book.create_sheet(name)
        sheet.append(["judul"])
    return saved(book)


def renamed_html() -> bytes:
    return b"\xef\xbb\xbf \r\n<html><table><tr><td>judul</td></tr></table></html>"


def wrong_checksum() -> bytes:
    content = xlsx([{"judul": "A" * 100}])
    found = parts(content)
    raw = bytearray(packed(found, 0))
    place = raw.find(b"<sheetData>")
    raw[place + 1] ^= 1
    return bytes(raw)


BAD: list[tuple[str, bytes | Callable[[], bytes], str]] = [
    ("nothing", b"", "file_empty"),
    ("an empty workbook", saved(Workbook()), "file_empty"),
    ("only blanks", b" \n\n", "file_empty"),
    ("no rows", xlsx([{"judul": None}]), "no_rows"),
    ("a formula", formula, "formula"),
    ("merged cells", merged, "merged_cells"),
    ("all cells merged", merged_everywhere, "merged_cells"),
    ("a macro", macros, "macros"),
    ("xlsm by its type", macro_type, "macros"),
    ("xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
    ("HTML renamed", renamed_html, "not_a_sheet"),
    ("a PDF", b"%PDF-1.7\n", "not_a_sheet"),
    ("a picture", b"\x89PNG\r\n\x1a\n", "not_a_sheet"),
    ("some other ZIP", packed({"a.txt": b"a"}), "workbook_broken"),
    (
        "ODS",
        packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}),
        "workbook_broken",
    ),
    ("an empty ZIP", packed({}), "workbook_broken"),
    ("a cut-off ZIP", xlsx([{"judul": "A"}])[:-200], "archive_broken"),
    ("half a ZIP", xlsx([{"judul": "A"}])[:500], "archive_broken"),
    ("a wrong checksum", wrong_checksum, "workbook_broken"),
    ("a bomb", bomb, "archive_too_large"),
    ("a bomb by its ratio", ratio_bomb, "archive_too_large"),
    ("many parts", many_parts, "archive_too_large"),
    ("a path that leaves", packed({"../a": b""}), "archive_broken"),
    ("an absolute path", packed({"/etc/a": b""}), "archive_broken"),
    ("an unusual packing", packed(parts(xlsx([{"judul": "A"}])), ZIP_BZIP2), "archive_broken"),
    ("encrypted parts", encrypted, "old_excel"),
    ("entities", with_doctype('<!DOCTYPE a [<!ENTITY b "c">]>'), "workbook_broken"),
    (
        "a foreign entity",
        with_doctype('<!DOCTYPE a SYSTEM "file:///etc/passwd">'),
        "workbook_broken",
    ),
    ("broken XML", with_sheet(b"<worksheet><sheetData>"), "workbook_broken"),
    (
        "an unknown encoding",
        with_sheet(b'<?xml version="1.0" encoding="x"?><a/>'),
        "workbook_broken",
    ),
    (
        "a wide encoding",
        with_sheet(b'<?xml version="1.0" encoding="gb18030"?><a/>'),
        "workbook_broken",
    ),
    ("rows out of order", worksheet('<row r="1"/>'), "workbook_broken"),
    ("a row beyond the last", worksheet('<row r="1048577"/>'), "workbook_broken"),
    ("a cell without a place", worksheet('<row r="2"><c r="?"/></row>'), "workbook_broken"),
    (
        "a text that is not there",
        worksheet('<row r="2"><c r="A2" t="s"><v>9</v></c></row>'),
        "workbook_broken",
    ),
    ("several sheets", several, "sheet_ambiguous"),
    ("Windows-1252", "judul\nKafé\n".encode("cp1252"), "csv_not_utf8"),
    ("UTF-16", "judul\nA\n".encode("utf-16"), "csv_not_utf8"),
    ("NUL", b"judul\nA\0B\n", "not_a_sheet"),
    ("a quote that never ends", b'judul\n"A\n', "csv_broken"),
    ("a cell beyond all bounds", b"judul\n" + b"A" * 200_000, "csv_broken"),
    ("a cell beside the columns", b"judul\nA,B\n", "row_too_long"),
    (
        "a cell right of the columns",
        worksheet('<row r="2"><c r="B2"><v>1</v></c></row>'),
        "row_too_long",
    ),
    ("an unknown column", xlsx([{"judul": "A", "harga": "1"}]), "columns_unknown"),
    ("a doubled column", b"judul,Judul\nA,B\n", "columns_doubled"),
    ("a missing column", b"tanggal\n2024-05-01\n", "columns_missing"),
    (
        "ten thousand columns",
        (",".join(map(str, range(10_000))) + "\nA\n").encode(),
        "too_many_columns",
    ),
    ("too many rows", b"judul\n" + b"A\n" * (MAX_ROWS + 1), "too_many_rows"),
]


@pytest.mark.parametrize(
    ("content", "code"), [(c, code) for _, c, code in BAD], ids=[n for n, *_ in BAD]
)
def test_what_is_no_plain_sheet_is_refused(content: bytes | Callable[[], bytes], code: str) -> None:
    assert refused(content if isinstance(content, bytes) else content())[0] == code


def test_the_formula_and_the_merged_cells_are_named() -> None:
    assert refused(formula()) == ("formula", {"cell": "A3"})
    assert refused(merged()) == ("merged_cells", {"range": "A2:A3"})


def test_a_part_that_is_larger_than_it_says_is_never_unpacked_further() -> None:
    assert rows(lying_bomb()) == [{"judul": "A"}]


def test_a_part_that_is_there_twice_is_refused() -> None:
    assert refused(doubled_part())[0] == "archive_broken"


def test_more_cells_than_any_form_has_are_refused_before_they_are_kept() -> None:
    content = worksheet('<row r="2">' + "<c/>" * 601_000 + "</row>")
    assert len(content) < 100_000
    assert refused(content)[0] == "archive_too_large"


def test_deeply_nested_parts_are_refused() -> None:
    deep = b"<a>" * 200_000 + b"</a>" * 200_000
    assert refused(with_sheet(deep)) == ("file_empty", {})


def test_a_number_beyond_all_bounds_is_a_broken_cell_and_not_an_error() -> None:
    data = "".join(
        f'<row r="{place}"><c r="A{place}"><v>{raw}</v></c></row>'
        for place, raw in enumerate(("1e400", "9" * 5000, "NaN", "Infinity", "x"), start=2)
    )
    assert [row["judul"] for row in rows(worksheet(data))] == [
        Broken("1e400"), Broken("9" * 40), Broken("NaN"), Broken("Infinity"), Broken("x"),
    ]  # fmt: skip


@given(st.binary(max_size=400))
def test_no_bytes_at_all_are_anything_but_read_or_refused(content: bytes) -> None:
    for sent in (content, b"PK\x03\x04" + content, b"judul\n" + content):
        try:
            read(sent, FORM)
        except Unusable as refusal:
            assert refusal.sentence


@given(st.data())
def test_a_workbook_with_any_byte_changed_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(GOOD)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        read(bytes(content), FORM)
    except Unusable as refusal:
        assert refusal.sentence


GOOD = xlsx([{"judul": "A", "tanggal": date(2024, 5, 1), "nilai": 1}])
