"""`inda tax`: tables of taxes by date; the committee adopts one, the treasurer confirms it."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.client import Document
from deploy.cli.output import Column, Record, listed, rupiah
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

tax = typer.Typer(no_args_is_help=True, help="Tables of taxes on prizes.")

TableId = Annotated[
    str, typer.Argument(metavar="TABLE", help="The table's id, as `inda tax tables` shows it.")
]
RULE = {"id": "rule_id", "en": "rule"}
TABLE: tuple[Column, ...] = (
    ("Table", "table.id"),
    ("From", "table.valid_from"),
    ("To", "table.valid_to"),
    ("Digest", lambda row: row["table"]["digest"][:12]),
    ("Adopted by", "adopted.by"),
    ("Confirmed by", "confirmed.by"),
    ("Note", "confirmed.note"),
    ("State", "sentence"),
)


@tax.command("tables")
@reading
def list_tables(session: Session) -> None:
    """List the tables with their rules, sources, and how far they are signed."""
    found = session.api("awards").get("/tax-tables")
    rules = [_rules(each["table"], RULE[session.language]) for each in found["items"]]
    session.out.answer(found, listed(found["items"], *TABLE), *rules)


@tax.command("adopt")
@writing
def adopt_table(session: Session, table_id: TableId) -> None:
    """Adopt a table for the committee; taxed prizes are allocated by it from then on."""
    written = session.api("awards").post(f"/tax-tables/{table_id}/adoption", {})
    show_written(session, written, f"Tax table {table_id} is adopted.")


@tax.command("confirm")
@writing
def confirm_table(
    session: Session,
    table_id: TableId,
    note: Annotated[str, typer.Option("--note", help="What the confirmation rests on.")],
) -> None:
    """Confirm a table as the treasurer; taxed prizes are not paid before."""
    written = session.api("awards").post(f"/tax-tables/{table_id}/confirmation", {"note": note})
    show_written(session, written, f"Tax table {table_id} is confirmed.")


def _rules(table: Document, rule: str) -> Table:
    columns: tuple[Column, ...] = (
        ("Taxed as", "taxed_as"),
        ("Rule", rule),
        ("Rates", _rates),
        ("Inferred, to be confirmed", "inferred"),
        ("Sources", "source"),
    )
    return listed(table["recipients"], *columns, title=f"Table {table['id']}: {table['basis']}")


def _rates(treatment: Record) -> list[str]:
    if "percent" in treatment:
        return [f"{treatment['percent']} %"]
    return [f"{each['percent']} % {_upto(each)}" for each in treatment.get("layers", ())]


def _upto(layer: Record) -> str:
    bound = layer["up_to_rupiah"]
    return "above" if bound is None else f"to {rupiah(bound)}"
