"""Which table of taxes on prizes the organiser works by, and whether its treasurer agrees."""

from datetime import date
from typing import ClassVar

from shared.events.base import Aggregate, Code, Digest, Fact, facts_of


class TaxTableAdopted(Fact):
    """The committee signs a table; it applies to what is allocated from `valid_from` on."""

    ce_type: ClassVar[str] = "inda.awards.tax-table-adopted.v1"

    table_id: Code
    table_digest: Digest
    valid_from: date
    valid_to: date | None


class TaxTableConfirmed(Fact):
    """The treasurer confirms it; nothing that it taxes is paid before."""

    ce_type: ClassVar[str] = "inda.awards.tax-table-confirmed.v1"

    table_id: Code
    table_digest: Digest
    note: str


TaxEvent = TaxTableAdopted | TaxTableConfirmed
TAX = Aggregate[TaxEvent]("awards", "tax", facts_of(TaxEvent))
