"""Tables of taxes over HTTP: what this build knows, what the committee signed, who confirmed it."""

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Final, Literal

from fastapi import APIRouter

from services.awards.api.reading import Text, Tongue
from services.awards.domain import taxation
from services.awards.domain.taxation import AdoptTaxTable, Command, ConfirmTaxTable, State
from services.awards.projections import TaxTableView
from services.awards.projections.tax import Adoption
from shared.editions.taxes import TaxTable, available_tables, load_table, table_on
from shared.errors import Refused
from shared.events.awards import TaxEvent
from shared.events.base import Code
from shared.findings.language import Language
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written
from shared.projector import bare
from shared.views import Collection

Status = Literal["unadopted", "unconfirmed", "confirmed", "differs"]
SENTENCES: Final[Mapping[Language, Mapping[Status, str]]] = {
    "id": {
        "unadopted": "Belum ditetapkan panitia.",
        "unconfirmed": "Menunggu konfirmasi bendahara.",
        "confirmed": "Sudah dikonfirmasi bendahara.",
        "differs": "Isi tabel ini bukan yang ditetapkan panitia; jangan dipakai.",
    },
    "en": {
        "unadopted": "Not adopted by the committee yet.",
        "unconfirmed": "Waiting for the treasurer's confirmation.",
        "confirmed": "Confirmed by the treasurer.",
        "differs": "This is not the content that the committee adopted; do not use it.",
    },
}


class AdoptionRequest(Body):
    """Nothing is to be said: the table is the one that this build holds under its id."""


class ConfirmationRequest(Body):
    """`note` is what the confirmation rests on."""

    note: Text


class TableAnswer(Answer):
    """A table with its rules and their sources, and how far it is signed."""

    table: TaxTable
    status: Status
    sentence: str
    adopted: Adoption | None
    confirmed: Adoption | None


class TableList(Answer):
    items: tuple[TableAnswer, ...]


class Tables:
    """The tables of this build, and what became of them in the history."""

    def __init__(self, handler: Handler[Command, State, TaxEvent]) -> None:
        self.handler = handler

    async def states(self) -> tuple[State, ...]:
        """Of every table of this build, as of now. May raise `Unavailable`."""
        return tuple([(await self.handler.state(each)).state for each in available_tables()])

    async def adopted(self) -> tuple[str, ...]:
        return taxation.adopted_digests(await self.states())


def table_of(day: date) -> TaxTable | None:
    """The table that taxes what is allocated on the day; None where none is known."""
    try:
        return table_on(day)
    except Refused:
        return None


def routes(doors: Doors, tables: Tables, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/tax-tables", tags=["taxes"])

    @router.get("", name="list_tax_tables", dependencies=[doors.lists("list_tax_tables")])
    async def list_tax_tables(language: Tongue) -> TableList:
        found = await view.get_many(available_tables())
        known = {key: TaxTableView.model_validate(bare(each)) for key, each in found.items()}
        items = [_shown(load_table(key), known.get(key), language) for key in available_tables()]
        return TableList(items=tuple(items))

    @router.post("/{table_id}/adoption", name="adopt_tax_table", status_code=201)
    async def adopt_tax_table(
        table_id: Code,
        ask: Annotated[Ask, doors.writes("adopt_tax_table")],
        body: AdoptionRequest | None = None,
    ) -> Written:
        table = load_table(table_id)
        command = AdoptTaxTable(
            by=ask.by,
            at=ask.at,
            table_id=table.id,
            digest=table.digest,
            valid_from=table.valid_from,
            valid_to=table.valid_to,
        )
        return ask.written(await ask.send(tables.handler, table.id, command, new=True))

    @router.post("/{table_id}/confirmation", name="confirm_tax_table", status_code=201)
    async def confirm_tax_table(
        table_id: Code,
        body: ConfirmationRequest,
        ask: Annotated[Ask, doors.writes("confirm_tax_table")],
    ) -> Written:
        table = load_table(table_id)
        command = ConfirmTaxTable(by=ask.by, at=ask.at, digest=table.digest, note=body.note)
        return ask.written(await ask.send(tables.handler, table.id, command))

    return router


def _shown(table: TaxTable, known: TaxTableView | None, language: Language) -> TableAnswer:
    status = _status(table, known)
    return TableAnswer(
        table=table,
        status=status,
        sentence=SENTENCES[language][status],
        adopted=None if known is None else known.adopted,
        confirmed=None if known is None else known.confirmed,
    )


def _status(table: TaxTable, known: TaxTableView | None) -> Status:
    if known is None:
        return "unadopted"
    if known.digest != table.digest:
        return "differs"
    return "unconfirmed" if known.confirmed is None else "confirmed"
