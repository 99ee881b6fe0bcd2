"""Which years a level asks for is read from the edition's own words."""

import pytest

from shared.findings.years import asked_years, level_by_years
from tests.unit.findings.cases import EDITION, OLDER

Y = frozenset


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Salah satu tahun anggaran (T-2/T-1/T-0)", (Y({2024}), Y({2025}), Y({2026}))),
        ("Dua tahun berturut-turut", (Y({2025, 2026}), Y({2024, 2025}))),
        ("T-0, T-1 dan T-2", (Y({2024, 2025, 2026}),)),
        ("RKPD T-1 atau T-2", (Y({2025}), Y({2024}))),
        ("RKPD T-1 dan T-2", (Y({2024, 2025}),)),
        ("T-0", (Y({2026}),)),
        ("Buku elektronik", ()),
    ],
)
def test_the_years_of_a_level(text: str, expected: tuple[frozenset[int], ...]):
    assert asked_years(text, 2026) == expected


@pytest.mark.parametrize("edition", [EDITION, OLDER], ids=lambda edition: edition.id)
def test_every_level_that_asks_for_documents_by_year_names_its_years(edition: object):
    rows = [row for row in edition.sid if "per_year_document" in row.rules]  # pyright: ignore
    assert rows
    for row in rows:
        assert all(asked_years(text, edition.year) for text in row.levels)  # pyright: ignore


@pytest.mark.parametrize(
    ("shown", "level"),
    [
        ({2024, 2025, 2026}, 3),
        ({2025, 2026}, 2),
        ({2024, 2026}, 1),
        ({2024}, 1),
        (set[int](), 0),
    ],
)
def test_the_level_that_the_shown_years_carry(shown: set[int], level: int):
    row = EDITION.sid_row("SID-03")
    assert row is not None
    assert level_by_years(row, 3, 2026, frozenset(shown)) == level


def test_in_2023_the_second_level_asks_for_one_of_two_years():
    row = OLDER.sid_row("SID-03")
    assert row is not None
    assert level_by_years(row, 2, 2023, frozenset({2021})) == 2
    assert level_by_years(row, 2, 2023, frozenset({2023})) == 1
