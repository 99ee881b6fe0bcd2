"""Numbers of the instrument: shown plainly, kept in range, summed exactly, rounded half up."""

from contextlib import AbstractContextManager
from decimal import Context, Decimal, localcontext
from typing import Final

from shared.editions.errors import FormulaError

MAX_DECIMALS: Final = 20


def plain(value: Decimal) -> str:
    """Decimal digits without exponent and without trailing zeros: "111", "2.25", "0"."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def check_range(name: str, value: Decimal, highest: Decimal) -> None:
    """Raises `FormulaError` unless 0 <= value <= highest with a sane number of decimals."""
    if not value.is_finite() or not 0 <= value <= highest:
        raise FormulaError(f"{name} must be from 0 to {plain(highest)}.")
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -MAX_DECIMALS:
        raise FormulaError(f"{name} may have at most {MAX_DECIMALS} decimals.")


def two_decimals(numerator: Decimal, denominator: int | Decimal = 1) -> Decimal:
    """The quotient rounded half up from its exact value; neither part is negative here."""
    hundredths = (numerator * 200 + denominator) // (denominator * 2)
    return hundredths.scaleb(-2)


def exactly() -> AbstractContextManager[Context]:
    """Digits enough that sums and products of a billion innovations are never rounded."""
    return localcontext(Context(prec=80))
