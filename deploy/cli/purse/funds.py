"""`inda fund register`, `list`, `show`: sources of money, and what is left of them."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import day, given
from deploy.cli.client import Document
from deploy.cli.output import Column, Record, detailed, listed, money, rupiah
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

fund = typer.Typer(no_args_is_help=True, help="Sources of uang pembinaan and their ceilings.")

FundId = Annotated[str, typer.Argument(metavar="FUND", help="The fund's id.")]
LISTED: tuple[Column, ...] = (
    ("Fund", "fund_id"),
    ("Name", "name"),
    ("Source", "source_kind"),
    ("Year", "fiscal_year"),
    ("Cut-off", "cut_off"),
    ("Ceiling", money("ceiling_rupiah")),
    ("Allocated", money("allocated_rupiah")),
    ("Available", money("available_rupiah")),
    ("Paid", money("paid_rupiah")),
    ("Warnings", lambda row: [each["code"] for each in row["warnings"]]),
)
SHOWN: tuple[Column, ...] = (
    *LISTED[:-1],
    ("Account", "account_code"),
    ("Held", money("held_rupiah")),
    ("Tax withheld of what is paid", money("paid_tax_rupiah")),
    ("Paid and returned", money("returned_rupiah")),
)
ALLOCATION: tuple[Column, ...] = (
    ("Allocation", "allocation_id"),
    ("Category", "category"),
    ("Rank", "rank"),
    ("For", lambda row: _label(row)),
    ("Innovation", "innovation_id"),
    ("Recipient", "recipient.recipient_id"),
    ("Amount", money("amount_rupiah")),
    ("Tax", money("tax_rupiah")),
    ("Net", money("net_rupiah")),
    ("State", "state"),
    ("Reference", "paid.reference"),
)
WARNING: tuple[Column, ...] = (("Warning", "sentence"),)


@fund.command("register")
@writing
def register_fund(
    session: Session,
    fund_id: FundId,
    name: Annotated[str, typer.Option("--name", help="What it is called in the budget.")],
    source: Annotated[str, typer.Option("--source", help="apbd or sponsor.")],
    year: Annotated[int, typer.Option("--year", help="The fiscal year.")],
    ceiling: Annotated[int, typer.Option("--ceiling", min=0, help="Pagu, in whole rupiah.")],
    account: Annotated[
        str, typer.Option("--account", help="Kode rekening of the APBD: 5.1.02.05.01.0001.")
    ] = "",
    cut_off: Annotated[
        str | None,
        typer.Option("--cut-off", help="The last day for payment orders: 2026-12-15."),
    ] = None,
) -> None:
    """Register a fund with the ceiling that allocations can never pass."""
    body = {
        "fund_id": fund_id,
        "name": name,
        "source_kind": source,
        "account_code": account,
        "fiscal_year": year,
        "ceiling_rupiah": ceiling,
        "cut_off": None if cut_off is None else day(cut_off),
    }
    written = session.api("awards").post("/funds", body)
    show_written(session, written, f"Fund {fund_id} is registered with {rupiah(ceiling)}.")


@fund.command("list")
@listing
def list_funds(
    session: Session,
    year: Annotated[int | None, typer.Option("--year", help="Only of this fiscal year.")] = None,
) -> None:
    """List the funds: ceiling, allocated, available, paid, and what to do before the cut-off."""
    filters = given(fiscal_year=year)
    found = session.api("awards").pages("/funds", every=session.every_page, **filters)
    show_page(session, found, *LISTED)


@fund.command("show")
@reading
def show_fund(
    session: Session,
    fund_id: FundId,
    state: Annotated[
        str | None,
        typer.Option("--state", help="Only allocated, approved, held, paid, ..."),
    ] = None,
) -> None:
    """Show a fund, what it warns of, and what became of every rupiah."""
    found = session.api("awards").get(f"/funds/{fund_id}")
    chosen = [each for each in found["allocations"] if state in (None, each["state"])]
    told = {**found, "allocations": chosen}
    session.out.answer(told, *_tables(told))


def _tables(found: Document) -> list[Table]:
    tables = [detailed(found, *SHOWN)]
    if found["warnings"]:
        tables.append(listed(found["warnings"], *WARNING))
    return [*tables, listed(found["allocations"], *ALLOCATION, title="Allocations")]


def _label(row: Record) -> str:
    return f"{row['label']}: {row['in_kind']}" if row["in_kind"] else row["label"]
