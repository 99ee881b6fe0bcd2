"""What is withheld from a prize, by a table and the kind of recipient; whole rupiah. Pure.

The tax is computed on the undivided gross of one recipient and rounded down once, at the end.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import assert_never

from shared.editions.taxes import Flat, Layer, Layers, Merged, TaxedAs, TaxTable, Treatment, Untaxed


@dataclass(frozen=True, slots=True)
class Tax:
    """`tax_rupiah` of `gross_rupiah` is withheld, and `net_rupiah` is left; `rule` says why."""

    gross_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    rule: str


def tax_on(table: TaxTable, taxed_as: TaxedAs, gross_rupiah: int) -> Tax:
    """The tax on a gross prize. Gross is not negative."""
    treatment = table.treatment(taxed_as)
    withheld = _withheld(treatment, gross_rupiah)
    return Tax(gross_rupiah, withheld, gross_rupiah - withheld, treatment.rule)


def grossed_up(table: TaxTable, taxed_as: TaxedAs, net_rupiah: int) -> Tax:
    """The tax on the smallest gross that leaves `net_rupiah` or more."""
    # Net never falls as gross rises, since no percentage reaches 100; so halving finds it.
    treatment = table.treatment(taxed_as)
    highest = int(net_rupiah * 100 / (100 - _highest_percent(treatment))) + 2
    gross = bisect_left(
        range(net_rupiah, highest),
        net_rupiah,
        key=lambda given: given - _withheld(treatment, given),
    )
    return tax_on(table, taxed_as, net_rupiah + gross)


def _withheld(treatment: Treatment, gross: int) -> int:
    match treatment:
        case Layers():
            return _in_layers(treatment.layers, gross)
        case Flat():
            return int(gross * treatment.percent / 100)
        case Merged() | Untaxed():
            return 0
        case _:
            assert_never(treatment)


def _in_layers(layers: Sequence[Layer], gross: int) -> int:
    hundredfold, below = Decimal(0), 0
    for layer in layers:
        top = gross if layer.up_to_rupiah is None else min(gross, layer.up_to_rupiah)
        hundredfold += (top - below) * layer.percent
        below = top
    return int(hundredfold / 100)


def _highest_percent(treatment: Treatment) -> Decimal:
    match treatment:
        case Layers():
            return max(layer.percent for layer in treatment.layers)
        case Flat():
            return treatment.percent
        case Merged() | Untaxed():
            return Decimal(0)
        case _:
            assert_never(treatment)
