"""The score formula: the worked vectors, its noes, and what holds for every input."""

from collections.abc import Callable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.editions import (
    UNPUBLISHED,
    Constants,
    Edition,
    FormulaError,
    RegionIndex,
    RowScore,
    UnpublishedConstant,
    band,
    government_aspect,
    index,
    innovation_count_score,
    load,
    maturity,
    next_mark,
    plain,
    row_score,
    steps,
)
from shared.editions.numbers import exactly

E2026, E2023, E2027 = load("2026"), load("2023"), load("2027")
SID_CODES = [row.code for row in E2026.sid]
SPD_CODES = [row.code for row in E2026.spd or ()]
SPD_WEIGHTS = {row.code: row.weight for row in E2026.spd or ()}
D = Decimal
SETTINGS = settings(max_examples=80, deadline=None)

levels_of = st.dictionaries(st.sampled_from(SID_CODES), st.integers(0, 3))
spd_scores = st.decimals(0, 63, places=2)
maturities = st.lists(st.decimals(0, 111, places=2), max_size=30)


@pytest.mark.parametrize(
    ("spd", "scores", "affairs", "expected"),
    [
        ("63", [D(111)] * 200, 6, ("100.00", "111.00", "76.00", "250.00", "sangat_inovatif")),
        ("40", [D(80)] * 12, 5, ("49.82", "80.00", "4.56", "124.56", "inovatif")),
        ("40", [D(70)] * 20, 5, ("47.04", "70.00", "7.60", "117.60", "inovatif")),
        ("0", [], 0, ("0.00", "0.00", "0.00", "0.00", "tidak_dapat_dinilai")),
    ],
)
def test_the_worked_vectors(
    spd: str, scores: list[Decimal], affairs: int, expected: tuple[str, ...]
) -> None:
    found = index(E2026, D(spd), scores, affairs)
    shown = (found.index, found.average, found.innovation_count_score, found.total)
    assert (*map(str, shown), found.band) == expected


def test_an_index_carries_all_its_parts() -> None:
    assert index(E2026, D(40), [D(80)] * 12, 5) == RegionIndex(
        index=D("49.82"),
        band="inovatif",
        divisor=12,
        average=D("80.00"),
        innovation_count_score=D("4.56"),
        sid=D("84.56"),
        total=D("124.56"),
    )


def test_few_innovations_are_divided_by_the_floor() -> None:
    found = index(E2026, D(0), [D(111)], 0)
    assert (found.divisor, str(found.average)) == (12, "9.25")
    assert index(E2026, D(0), [D(1)] * 13, 0).divisor == 13


def test_one_missing_affair_loses_the_whole_innovation_count() -> None:
    assert innovation_count_score(E2026, 200, 5) == D("76.00")
    assert innovation_count_score(E2026, 200, 4) == 0
    assert innovation_count_score(E2026, 201, 6) == D("76.00")


def test_a_half_hundredth_is_rounded_up_once() -> None:
    assert str(index(E2026, D("0.0125"), [], 0).index) == "0.01"
    assert str(index(E2026, D("0.01249999999999999999"), [], 0).index) == "0.00"
    # The average is 0.08333...; rounded to 0.08 before it is added it would give 12.51.
    assert index(E2026, D("31.205"), [D(1)], 0).index == D("12.52")


@pytest.mark.parametrize(
    ("edition", "value", "expected"),
    [
        (E2026, "65.01", "sangat_inovatif"),
        (E2026, "65.005", "sangat_inovatif"),
        (E2026, "65.00", "inovatif"),
        (E2026, "65.0049", "inovatif"),
        (E2026, "40.01", "inovatif"),
        (E2026, "40", "kurang_inovatif"),
        (E2026, "0.01", "kurang_inovatif"),
        (E2026, "0.004", "tidak_dapat_dinilai"),
        (E2023, "60.01", "sangat_inovatif"),
        (E2023, "60.00", "inovatif"),
        (E2023, "35", "inovatif"),
        (E2023, "34.99", "kurang_inovatif"),
    ],
)
def test_the_bounds_of_the_bands(edition: Edition, value: str, expected: str) -> None:
    assert band(edition, D(value)) == expected


@pytest.mark.parametrize("edition", [E2026, E2023])
def test_every_two_decimal_index_has_a_band_and_better_is_never_worse(edition: Edition) -> None:
    order = [found.id for found in reversed(edition.bands or ())]
    ranks = [order.index(band(edition, D(value).scaleb(-2))) for value in range(10_001)]
    assert ranks == sorted(ranks)
    assert set(ranks) == {0, 1, 2, 3}


def test_maturity_explains_every_row() -> None:
    found = maturity(E2026, {"SID-01": 3, "SID-20": 2})
    assert [row.indicator for row in found.rows] == SID_CODES
    assert found.rows[0] == RowScore("SID-01", D(3), 3, D(9))
    assert found.rows[1] == RowScore("SID-02", D(2), 0, D(0))
    assert found.total == 9 + 8


@pytest.mark.parametrize("edition", [E2026, E2023])
def test_full_levels_reach_the_maximum(edition: Edition) -> None:
    assert plain(maturity(edition, dict.fromkeys(SID_CODES, 3)).total) == "111"
    assert plain(maturity(edition, {}).total) == "0"


def test_the_government_aspect_reaches_its_maximum() -> None:
    assert plain(government_aspect(E2026, dict.fromkeys(SPD_CODES, 3)).total) == "63"
    found = government_aspect(E2026, {"SPD-05a": 3})
    assert (found.total, len(found.rows)) == (D("2.25"), 20)


def test_a_row_scores_weight_times_level() -> None:
    assert [row_score(E2026.sid[0], level) for level in range(4)] == [0, 3, 6, 9]


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ({"SID-21": 1}, "Edition 2026-r1 has no indicator 'SID-21'."),
        ({"SID-01": 4}, "The level of SID-01 must be 0, 1, 2 or 3."),
        ({"SID-01": -1}, "The level of SID-01 must be 0, 1, 2 or 3."),
        ({"SID-01": True}, "The level of SID-01 must be 0, 1, 2 or 3."),
    ],
)
def test_impossible_levels_are_refused(levels: Mapping[str, int], sentence: str) -> None:
    with pytest.raises(FormulaError) as refused:
        maturity(E2026, levels)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("spd", "score", "affairs", "sentence"),
    [
        ("63.01", "1", 5, "spd must be from 0 to 63."),
        ("-1", "1", 5, "spd must be from 0 to 63."),
        ("NaN", "1", 5, "spd must be from 0 to 63."),
        ("sNaN", "1", 5, "spd must be from 0 to 63."),
        ("Infinity", "1", 5, "spd must be from 0 to 63."),
        ("1E+999999", "1", 5, "spd must be from 0 to 63."),
        ("1E-999999", "1", 5, "spd may have at most 20 decimals."),
        ("1", "111.01", 5, "maturity must be from 0 to 111."),
        ("1", "-0.01", 5, "maturity must be from 0 to 111."),
        ("1", "1", 7, "basic_service_affairs must be from 0 to 6."),
        ("1", "1", -1, "basic_service_affairs must be from 0 to 6."),
    ],
)
def test_what_is_out_of_range_is_refused(spd: str, score: str, affairs: int, sentence: str) -> None:
    with pytest.raises(FormulaError) as refused:
        index(E2026, D(spd), [D(1), D(score)], affairs)
    assert str(refused.value) == sentence


def test_an_index_over_100_has_no_band() -> None:
    with pytest.raises(FormulaError, match=r"^index must be from 0 to 100\.$"):
        band(E2026, D("100.01"))
    with pytest.raises(FormulaError, match="cannot be negative"):
        innovation_count_score(E2026, -1, 5)


def test_2023_refuses_by_the_name_of_the_missing_constant() -> None:
    with pytest.raises(UnpublishedConstant) as refused:
        index(E2023, D(40), [D(80)], 5)
    missing = refused.value
    assert (missing.name, missing.edition_id) == ("min_basic_service_affairs", "2023-r1")
    assert str(missing) == "min_basic_service_affairs is not published for edition 2023-r1."
    with pytest.raises(UnpublishedConstant, match="spd_weights"):
        government_aspect(E2023, {})


def test_2023_takes_the_missing_constant_as_an_input() -> None:
    found = index(E2023, D(40), [D(80)] * 10, 2, Constants(min_basic_service_affairs=2))
    assert (found.divisor, found.total, found.band) == (10, D("123.80"), "inovatif")
    assert government_aspect(E2023, {"SPD-12": 3}, SPD_WEIGHTS).total == 6


def test_2027_has_an_index_without_a_band() -> None:
    found = index(E2027, D(40), [D(80)] * 14, 6)
    assert (found.index, found.divisor, found.band) == (D("50.13"), 14, None)
    assert found.innovation_count_score == D("5.32")
    assert (found.unpublished, index(E2026, D(40), [], 0).unpublished) == ("bands", None)
    assert index(E2027, D(40), [D(80)] * 14, 5).innovation_count_score == 0


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("sid_rows", lambda: maturity(E2027, {})),
        ("spd_weights", lambda: government_aspect(E2027, {})),
        ("bands", lambda: band(E2027, D(50))),
        ("bands", lambda: next_mark(E2027, D(50))),
        ("sid_rows", lambda: steps(E2027, {})),
    ],
)
def test_2027_refuses_by_name_what_nobody_published(name: str, asked: Callable[[], object]) -> None:
    with pytest.raises(UnpublishedConstant) as refused:
        asked()
    assert (refused.value.name, refused.value.edition_id) == (name, "2027-r1")


@pytest.mark.parametrize(
    ("edition", "given_constants", "sentence"),
    [
        (E2026, Constants(None, 2), "Edition 2026-r1 fixes min_basic_service_affairs at 5."),
        (E2026, Constants(10, None), "Edition 2026-r1 fixes divisor_floor at 12."),
        (E2023, Constants(None, 7), "min_basic_service_affairs must be from 0 to 6."),
    ],
)
def test_a_published_constant_cannot_be_replaced(
    edition: Edition, given_constants: Constants, sentence: str
) -> None:
    with pytest.raises(FormulaError) as refused:
        index(edition, D(40), [], 0, given_constants)
    assert str(refused.value) == sentence


@pytest.mark.parametrize("floor", [1, 1000])
def test_a_divisor_floor_may_be_given_from_one_to_a_thousand(floor: int) -> None:
    without = E2023.model_copy(update={"divisor_floor": UNPUBLISHED})
    assert index(without, D(40), [], 0, Constants(floor, 2)).divisor == floor
    with pytest.raises(FormulaError) as refused:
        index(without, D(40), [], 0, Constants(1001 if floor > 1 else 0, 2))
    assert str(refused.value) == "divisor_floor must be from 1 to 1000."


def test_a_negative_number_of_innovations_is_told_in_a_sentence() -> None:
    with pytest.raises(FormulaError) as refused:
        innovation_count_score(E2026, -1, 5)
    assert str(refused.value) == "The number of innovations cannot be negative."


def test_exact_arithmetic_keeps_eighty_digits() -> None:
    with exactly():
        assert str(D(1) / 3) == "0." + 80 * "3"


def test_given_spd_weights_must_be_whole_and_needed() -> None:
    with pytest.raises(FormulaError, match="publishes its own"):
        government_aspect(E2026, {}, SPD_WEIGHTS)
    for wrong in ({"SPD-01": D(21)}, SPD_WEIGHTS | {"SPD-01": D(2)}):
        with pytest.raises(FormulaError, match="must be 20, none of them 0, adding up to 21"):
            government_aspect(E2023, {}, wrong)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("111.00", "111"),
        ("2.250", "2.25"),
        ("1E+2", "100"),
        ("0", "0"),
        ("0.00", "0"),
        ("30", "30"),
    ],
)
def test_plain_decimals(value: str, expected: str) -> None:
    assert plain(D(value)) == expected


@given(levels_of, st.sampled_from(SID_CODES))
@SETTINGS
def test_a_higher_level_never_lowers_maturity(levels: dict[str, int], code: str) -> None:
    before = maturity(E2026, levels).total
    after = maturity(E2026, levels | {code: min(levels.get(code, 0) + 1, 3)}).total
    assert 0 <= before <= after <= 111


@given(spd_scores, maturities, st.integers(0, 6))
@SETTINGS
def test_an_index_is_the_exact_value_rounded_once(
    spd: Decimal, scores: list[Decimal], affairs: int
) -> None:
    found = index(E2026, spd, scores, affairs)
    count = Fraction(38, 100) * len(scores) if affairs >= 5 else Fraction(0)
    exact = (
        (Fraction(spd) + sum(map(Fraction, scores), Fraction(0)) / max(12, len(scores)) + count)
        / 250
        * 100
    )
    assert abs(Fraction(found.index) - exact) <= Fraction(1, 200)
    assert found.index == found.index.quantize(D("0.01"), ROUND_HALF_UP)
    assert 0 <= found.index <= 100
    assert found.band == band(E2026, found.index)


@given(spd_scores, maturities, st.integers(0, 6), st.data())
@SETTINGS
def test_a_better_innovation_never_lowers_the_index(
    spd: Decimal, scores: list[Decimal], affairs: int, data: st.DataObject
) -> None:
    better = [data.draw(st.decimals(score, 111, places=2)) for score in scores]
    before, after = index(E2026, spd, scores, affairs), index(E2026, spd, better, affairs)
    assert before.index <= after.index <= index(E2026, D(63), better, 6).index


@given(spd_scores, maturities.flatmap(st.permutations))
@SETTINGS
def test_the_order_of_innovations_does_not_matter(spd: Decimal, scores: list[Decimal]) -> None:
    assert index(E2026, spd, scores, 5) == index(E2026, spd, sorted(scores), 5)
