"""Tables of taxes as people see them: who adopted and who confirmed them. Pure."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.awards import TAX, TaxTableAdopted, TaxTableConfirmed
from shared.events.base import Recorded, Utc
from shared.projector import Projection


class Adoption(BaseModel):
    """`note` is the treasurer's; the committee leaves none."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    by: str
    at: Utc
    note: str = ""


class TaxTableView(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    table_id: str
    digest: str
    valid_from: date
    valid_to: date | None
    adopted: Adoption
    confirmed: Adoption | None


def fold(view: TaxTableView | None, event: Recorded[Any]) -> TaxTableView:
    match event.fact, view:
        case TaxTableAdopted() as fact, _:
            return TaxTableView(
                table_id=fact.table_id,
                digest=fact.table_digest,
                valid_from=fact.valid_from,
                valid_to=fact.valid_to,
                adopted=Adoption(by=fact.by, at=fact.at),
                confirmed=None,
            )
        case TaxTableConfirmed() as fact, TaxTableView():
            confirmed = Adoption(by=fact.by, at=fact.at, note=fact.note)
            return view.model_copy(update={"confirmed": confirmed})
        case fact, _:
            raise ValueError(f"A table of taxes cannot begin with {type(fact).__name__}.")


TAX_TABLES = Projection("tax_tables", TAX, TaxTableView, fold)
