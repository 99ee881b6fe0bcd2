"""What a judge's score is worth, and what the scores of one entry come to. Exact. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from shared.events.scoring import Criterion, CriterionScore, PanelRule

FEWEST_TO_TRIM = 3


def weighted(criteria: Sequence[Criterion], scores: Sequence[CriterionScore]) -> Fraction:
    """Exact, 0..100: the sum of weight x score / scale, out of the sum of the weights."""
    given = {each.criterion: Fraction(each.score) for each in scores}
    reached = sum(
        (criterion.weight * given[criterion.code] / criterion.scale for criterion in criteria),
        Fraction(0),
    )
    return reached / sum(criterion.weight for criterion in criteria) * 100


def combined(rule: PanelRule, totals: Sequence[Fraction]) -> Fraction:
    """One exact score of at least one total; their order does not matter.

    The trimmed mean of fewer than three totals is their mean: nobody's score may be left over.
    """
    match rule.combine:
        case "mean":
            return _mean(totals)
        case "median":
            return _median(sorted(totals))
        case "trimmed_mean":
            is_enough = len(totals) >= FEWEST_TO_TRIM
            return _mean(sorted(totals)[1:-1] if is_enough else totals)
        case _:
            assert_never(rule.combine)


def half_up(value: Fraction) -> Decimal:
    """Two decimals, rounded once from the exact value; a half goes up, also below zero."""
    return Decimal((value * 100 + Fraction(1, 2)).__floor__()).scaleb(-2)


def _mean(totals: Sequence[Fraction]) -> Fraction:
    return sum(totals, Fraction(0)) / len(totals)


def _median(ordered: Sequence[Fraction]) -> Fraction:
    """The one in the middle, or the mean of the two in the middle."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else _mean(ordered[half - 1 : half + 1])
