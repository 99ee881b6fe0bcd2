"""What is withheld from a prize, by kind of recipient, and what gross leaves a net."""

from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.tax import Tax, grossed_up, tax_on
from shared.editions.taxes import TaxedAs, parse_table, table_on
from tests.unit.awards.tax_tables import written

TABLE = table_on(date(2026, 11, 20))
KINDS: tuple[TaxedAs, ...] = ("person", "body", "agency", "payroll")
KIND = st.sampled_from(KINDS)
RUPIAH = st.integers(min_value=0, max_value=2**53 - 1) | st.integers(min_value=0, max_value=10**9)


@pytest.mark.parametrize(
    ("taxed_as", "gross", "tax"),
    [
        ("person", 0, 0),
        ("person", 19, 0),
        ("person", 20, 1),
        ("person", 5_000_000, 250_000),
        ("person", 40_000_000, 2_000_000),
        ("person", 60_000_000, 3_000_000),
        ("person", 60_000_006, 3_000_000),
        ("person", 60_000_007, 3_000_001),
        ("person", 100_000_000, 9_000_000),
        ("person", 250_000_000, 31_500_000),
        ("person", 500_000_000, 94_000_000),
        ("person", 5_000_000_000, 1_444_000_000),
        ("person", 6_000_000_000, 1_794_000_000),
        ("body", 5_000_000, 750_000),
        ("body", 6, 0),
        ("body", 7, 1),
        ("agency", 5_000_000, 0),
        ("payroll", 5_000_000, 0),
    ],
)
def test_tax_is_rounded_down_to_whole_rupiah(taxed_as: TaxedAs, gross: int, tax: int) -> None:
    rule = TABLE.treatment(taxed_as).rule
    assert tax_on(TABLE, taxed_as, gross) == Tax(gross, tax, gross - tax, rule)


def test_what_an_employee_wins_is_merged_with_the_salary() -> None:
    found = tax_on(TABLE, "payroll", 5_000_000)
    assert "merged with that month's salary" in found.rule


def test_a_percentage_with_decimals_is_exact() -> None:
    table = parse_table(written(percent="2.55"))
    assert tax_on(table, "person", 9_999_999).tax_rupiah == 254_999


@pytest.mark.parametrize(
    ("taxed_as", "net", "gross"),
    [
        ("person", 0, 0),
        ("person", 4_750_000, 4_999_999),
        ("person", 91_000_000, 99_999_999),
        ("body", 4_250_000, 4_999_999),
        ("agency", 4_250_000, 4_250_000),
        ("payroll", 4_250_000, 4_250_000),
    ],
)
def test_the_smallest_gross_that_leaves_a_net(taxed_as: TaxedAs, net: int, gross: int) -> None:
    assert grossed_up(TABLE, taxed_as, net) == tax_on(TABLE, taxed_as, gross)


@for_all(KIND, RUPIAH)
def test_gross_less_tax_is_net_and_no_part_is_negative(taxed_as: TaxedAs, gross: int) -> None:
    found = tax_on(TABLE, taxed_as, gross)
    assert found.gross_rupiah == gross == found.tax_rupiah + found.net_rupiah
    assert 0 <= found.tax_rupiah <= gross


@for_all(KIND, RUPIAH, RUPIAH)
def test_a_higher_gross_is_never_taxed_less_and_never_leaves_less(
    taxed_as: TaxedAs, one: int, other: int
) -> None:
    low, high = (tax_on(TABLE, taxed_as, gross) for gross in sorted((one, other)))
    assert low.tax_rupiah <= high.tax_rupiah
    assert low.net_rupiah <= high.net_rupiah


@for_all(KIND, RUPIAH)
def test_gross_up_leaves_the_net_and_one_rupiah_less_does_not(taxed_as: TaxedAs, net: int) -> None:
    found = grossed_up(TABLE, taxed_as, net)
    assert found == tax_on(TABLE, taxed_as, found.gross_rupiah)
    assert found.net_rupiah >= net
    if found.gross_rupiah:
        assert tax_on(TABLE, taxed_as, found.gross_rupiah - 1).net_rupiah < net
