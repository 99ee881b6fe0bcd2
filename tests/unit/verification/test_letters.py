"""A letter's number, date and subject in its text: as declared, nearly so, or not at all."""

from datetime import date

import pytest

from services.verification.api.machine.letters.days import check_day, days_in
from services.verification.api.machine.letters.numbers import check_number, numbers_in
from services.verification.api.machine.letters.spots import NOT_FOUND, Check, Page, Spot, pages_of
from services.verification.api.machine.letters.subjects import check_subject

NUMBER = "188.45/12/KUM/2025"
DAY = date(2025, 3, 3)


def found(check: Check) -> tuple[str, int | None, str | None]:
    spot = check.spot
    return check.outcome, spot and spot.page, spot and spot.text


@pytest.mark.parametrize(
    "text",
    [
        "NOMOR : 188.45/12/KUM/2025",
        "Nomor:188.45 / 12 / Kum / 2025 TENTANG",
        "No. 188.45/12/\nKUM/2025",
        "berdasarkan 188.45/12/KUM/2025, maka",
    ],
)
def test_a_number_is_found_however_it_is_spaced(text: str) -> None:
    check = check_number(f"Nomor {NUMBER}", pages_of(("Sampul", text)))
    assert (check.outcome, check.similarity, check.spot and check.spot.page) == ("exact", 1.0, 2)


@pytest.mark.parametrize(
    ("declared", "text", "outcome", "shown"),
    [
        (NUMBER, "Nomor 188.45/13/KUM/2025", "similar", "188.45/13/KUM/2025"),
        ("188/12", "Nomor: 188/12/KUM/2025.", "similar", "188/12/KUM/2025"),
        ("188/12", "Nomor 188/123", "similar", "188/123"),
        ("188-12", "Nomor 188\u201312", "exact", "188\u201312"),
        ("5 Tahun 2025", "PERATURAN BUPATI\nNOMOR 5 TAHUN 2025", "exact", "5 TAHUN 2025"),
        ("5 Tahun 2025", "PERATURAN BUPATI\nNOMOR 15 TAHUN 2025", "similar", "15 TAHUN 2025"),
    ],
)
def test_what_is_nearly_the_number_is_called_so(
    declared: str, text: str, outcome: str, shown: str
) -> None:
    assert found(check_number(declared, pages_of((text,)))) == (outcome, 1, shown)


@pytest.mark.parametrize("text", ["", "Tanpa angka", "Nomor 900/1/UND/2019", "pada 01/03/2025"])
def test_a_number_that_is_not_there_is_not_found(text: str) -> None:
    assert check_number(NUMBER, pages_of((text,))) == NOT_FOUND
    assert check_number("  ", pages_of((text,))) == NOT_FOUND


def test_other_numbers_are_those_of_letters_and_no_dates() -> None:
    text = "Nomor 7/A/2025, surat 005/77/DINKES/2025 dan/atau 01/03/2025; Nomor 7/A/2025"
    told = [spot.text for spot in numbers_in(pages_of((text,)))]
    assert told == ["7/A/2025", "005/77/DINKES/2025"]


@pytest.mark.parametrize(
    "text",
    ["3 Maret 2025", "03 MARET 2025", "3-3-2025", "03/03/2025", "2025-03-03", "3 March 2025"],
)
def test_a_day_is_found_however_it_is_written(text: str) -> None:
    told = check_day(DAY, pages_of((f"Kandangan, {text}, Bupati",)))
    assert found(told) == ("exact", 1, text)


def test_a_day_of_which_one_part_differs_is_similar() -> None:
    pages = pages_of(("1 Januari 2020", "3 Maret 2024", "4 Maret 2025"))
    assert found(check_day(DAY, pages)) == ("similar", 2, "3 Maret 2024")
    assert check_day(date(1999, 12, 31), pages) == NOT_FOUND


def test_days_that_no_calendar_has_are_none() -> None:
    pages = pages_of(("31 Februari 2025 39/12/2024 00-00-2025 17 Agustus 1945 1 Nopember 2023",))
    assert [day for day, _ in days_in(pages)] == [date(1945, 8, 17), date(2023, 11, 1)]


def test_a_subject_is_found_in_other_capitals_and_lines() -> None:
    pages = pages_of(("Sampul", "TENTANG\nPENETAPAN  INOVASI,\nPosyandu (Digital)"))
    told = check_subject("Penetapan inovasi posyandu digital", pages)
    assert found(told) == ("exact", 2, "PENETAPAN INOVASI, Posyandu (Digital")


def test_a_subject_with_misread_letters_is_similar() -> None:
    pages = pages_of(("tentang PENETAPAN 1NOVASI POSYANDU DIG1TAL di daerah",))
    told = check_subject("Penetapan inovasi posyandu digital", pages)
    assert (told.outcome, told.similarity > 0.9) == ("similar", True)
    assert check_subject("Anggaran belanja pegawai", pages) == NOT_FOUND
    assert check_subject("---", pages) == NOT_FOUND


def test_a_page_that_is_shorter_than_the_subject_is_not_similar_to_it() -> None:
    assert check_subject("Penetapan inovasi posyandu digital", pages_of(("inovasi",))) == NOT_FOUND


def test_what_is_around_a_spot_is_short_and_on_one_line() -> None:
    page = Page(4, "a " * 500 + "Nomor\n7/A" + " b" * 500)
    start = page.text.index("Nomor")
    spot = page.spot(start, start + 9)
    expected = " ".join("a" * 40) + " Nomor 7/A " + " ".join("b" * 40)
    assert spot == Spot(4, "Nomor 7/A", expected)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "unit", ["no.", "1/", "Nomor 1", "a" * 100, "1 ", "- ", "1-", "no 1/ ", "\u00df"]
)
def test_a_text_that_is_made_to_be_slow_is_not(unit: str) -> None:
    pages = pages_of((unit * (200_000 // len(unit)),))
    assert check_number(NUMBER, pages).outcome != "exact"
    assert check_day(DAY, pages) == NOT_FOUND
    assert check_subject("Penetapan inovasi posyandu digital", pages) == NOT_FOUND
