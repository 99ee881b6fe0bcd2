"""A score is weighed exactly, scores are combined as the rule says, and rounded once."""

from decimal import Decimal
from fractions import Fraction
from typing import Literal

import pytest
from hypothesis import given as every
from hypothesis import strategies as st

from services.scoring.domain.combining import combined, half_up, weighted
from shared.events.scoring import Criterion, CriterionScore, PanelRule
from tests.builders.scoring import BENEFIT, NOVELTY, given_scores

Combine = Literal["mean", "median", "trimmed_mean"]
WAYS: tuple[Combine, ...] = ("mean", "median", "trimmed_mean")
exact_totals = st.lists(st.fractions(0, 100, max_denominator=400), min_size=1, max_size=9)


def _combined(combine: Combine, *totals: str) -> Decimal:
    return half_up(combined(PanelRule(combine=combine), [Fraction(each) for each in totals]))


def test_the_mean_is_rounded_half_up_and_only_once():
    assert _combined("mean", "79.144", "79.145") == Decimal("79.14")
    assert _combined("mean", "79.145", "79.145") == Decimal("79.15")
    thirds = (Criterion(code="satu", name="Satu", weight=1, scale=3),)
    scores = [(CriterionScore(criterion="satu", score=Decimal(level)),) for level in (1, 2, 2)]
    totals = [weighted(thirds, each) for each in scores]
    assert half_up(combined(PanelRule(), totals)) == Decimal("55.56")


def test_the_mean_is_the_rule_where_nothing_else_is_declared():
    assert combined(PanelRule(), [Fraction(60), Fraction(90)]) == 75


def test_the_median_is_the_middle_or_the_mean_of_the_two_in_the_middle():
    assert _combined("median", "90", "10", "71.5") == Decimal("71.50")
    assert _combined("median", "90", "10", "71.5", "70.25") == Decimal("70.88")
    assert _combined("median", "64") == Decimal("64.00")


def test_the_trimmed_mean_leaves_out_one_lowest_and_one_highest_of_three_or_more():
    assert _combined("trimmed_mean", "0", "100", "70") == Decimal("70.00")
    assert _combined("trimmed_mean", "100", "100", "70", "60") == Decimal("85.00")
    assert _combined("trimmed_mean", "60", "90") == Decimal("75.00")


@pytest.mark.parametrize("combine", WAYS)
@every(totals=exact_totals, data=st.data())
def test_the_order_of_judges_does_not_matter(
    combine: Combine, totals: list[Fraction], data: st.DataObject
):
    rule = PanelRule(combine=combine)
    shuffled = data.draw(st.permutations(totals))
    assert combined(rule, shuffled) == combined(rule, totals)


@pytest.mark.parametrize("combine", WAYS)
@every(totals=exact_totals)
def test_what_is_combined_lies_between_the_lowest_and_the_highest(
    combine: Combine, totals: list[Fraction]
):
    assert min(totals) <= combined(PanelRule(combine=combine), totals) <= max(totals)


@pytest.mark.parametrize("combine", WAYS)
@every(totals=exact_totals, data=st.data())
def test_a_higher_score_never_lowers_what_is_combined(
    combine: Combine, totals: list[Fraction], data: st.DataObject
):
    place = data.draw(st.integers(0, len(totals) - 1))
    raised = [*totals[:place], Fraction(100), *totals[place + 1 :]]
    rule = PanelRule(combine=combine)
    assert combined(rule, raised) >= combined(rule, totals)


sheets = st.tuples(
    st.decimals(0, NOVELTY.scale, places=2), st.decimals(0, BENEFIT.scale, places=2)
).map(lambda given: given_scores(str(given[0]), str(given[1])))


@every(sheets)
def test_a_weighted_score_stays_between_0_and_100(sheet: tuple[CriterionScore, ...]):
    assert 0 <= weighted((NOVELTY, BENEFIT), sheet) <= 100
    full = given_scores(str(NOVELTY.scale), str(BENEFIT.scale))
    assert weighted((NOVELTY, BENEFIT), full) == 100


def test_a_half_goes_up_below_zero_too():
    assert [half_up(Fraction(each)) for each in ("1.005", "-1.005", "-1.006", "-0.004")] == [
        Decimal("1.01"),
        Decimal("-1.00"),
        Decimal("-1.01"),
        Decimal("0.00"),
    ]
