"""Whole rupiah shared by parts, and the proof that nothing is lost or made. Pure."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from math import lcm

Part = Decimal | Fraction | int


class NotSummed(ArithmeticError):
    """Parts do not add up to what was shared: a fault of this program, never of its input."""


def largest_remainder(total: int, parts: Sequence[Part]) -> tuple[int, ...]:
    """`total` in proportion to `parts`, each share less than 1 away from the exact one.

    What rounding down leaves goes, 1 each, to the largest remainders; of equal ones to the first.
    Raises `ValueError` for a negative total or part, or where there is nobody to share.
    """
    wholes = _whole(parts)
    whole = sum(wholes)
    if total < 0 or not whole or min(wholes) < 0:
        raise ValueError("Only parts of more than nothing can share a total that is not negative.")
    exact = [divmod(total * part, whole) for part in wholes]
    left = total - sum(share for share, _ in exact)
    by_remainder = sorted(range(len(exact)), key=lambda place: -exact[place][1])
    lucky = set(by_remainder[:left])
    return proven(total, [share + (place in lucky) for place, (share, _) in enumerate(exact)])


def proven(total: int, shares: Sequence[int]) -> tuple[int, ...]:
    """The shares as they are. Raises `NotSummed` unless they add up and none is negative."""
    if sum(shares) != total or any(share < 0 for share in shares):
        raise NotSummed(f"{sum(shares)} rupiah were shared out of {total}.")
    return tuple(shares)


def _whole(parts: Sequence[Part]) -> list[int]:
    """The same proportions in whole numbers, exactly."""
    ratios = [part.as_integer_ratio() for part in parts]
    common = lcm(*(denominator for _, denominator in ratios))
    return [numerator * (common // denominator) for numerator, denominator in ratios]
