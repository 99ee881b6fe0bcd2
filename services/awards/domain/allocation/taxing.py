"""What is withheld of one recipient's share; what nobody taxes needs no table. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from services.awards.domain.tax import Tax, grossed_up, tax_on
from shared.editions.taxes import TaxTable
from shared.errors import Refused
from shared.events.awards import TaxedAs


@dataclass(frozen=True, slots=True)
class Withheld:
    """A tax and the table that asks for it; None where nothing is taxed."""

    tax: Tax
    table: TaxTable | None


Taxing = Callable[[TaxedAs, int, Literal["gross", "net"]], Withheld]
"""From the kind of recipient, an amount, and whether it is gross or net, to what is withheld."""


def untaxed(taxed_as: TaxedAs, amount: int, amount_is: Literal["gross", "net"]) -> Withheld:
    """Gross and net are one."""
    return Withheld(Tax(amount, 0, amount, ""), None)


def by_table(table: TaxTable | None) -> Taxing:
    """Taxes by a table; without one, only what needs none. Raises `Refused` for the rest."""

    def taxing(taxed_as: TaxedAs, amount: int, amount_is: Literal["gross", "net"]) -> Withheld:
        if taxed_as == "agency" or not amount:
            return untaxed(taxed_as, amount, amount_is)
        if table is None:
            raise Refused(
                "tax_table_not_adopted",
                f"What a {taxed_as} receives is taxed, and no tax table is adopted.",
                taxed_as=taxed_as,
            )
        how = tax_on if amount_is == "gross" else grossed_up
        return Withheld(how(table, taxed_as, amount), table)

    return taxing
