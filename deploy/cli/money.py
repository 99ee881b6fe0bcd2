"""`inda objection`, `inda fund`, `inda allocate`, `approve`, `pay`, `reverse`."""

from typing import Annotated

import typer

from deploy.cli.arguments import Competition, Indicator, Innovation, Reason, day, given
from deploy.cli.failures import REFUSED
from deploy.cli.output import Column, detailed, listed, rupiah
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

objection = typer.Typer(no_args_is_help=True, help="Objections (sanggah) to a verdict.")
fund = typer.Typer(no_args_is_help=True, help="Sources of uang pembinaan and their ceilings.")

FundId = Annotated[str, typer.Argument(metavar="FUND", help="The fund's id.")]
AllocationId = Annotated[
    str, typer.Argument(metavar="ALLOCATION", help="The allocation's id, as `fund show` tells.")
]
ObjectionId = Annotated[str, typer.Argument(metavar="OBJECTION", help="The objection's id.")]
FUND: tuple[Column, ...] = (
    ("Fund", "fund_id"),
    ("Name", "name"),
    ("Source", "source_kind"),
    ("Year", "fiscal_year"),
    ("Ceiling", lambda row: rupiah(row["ceiling_rupiah"])),
    ("Allocated", lambda row: rupiah(row["allocated_rupiah"])),
    ("Available", lambda row: rupiah(row["available_rupiah"])),
    ("Paid", lambda row: rupiah(row["paid_rupiah"])),
)
ALLOCATION: tuple[Column, ...] = (
    ("Allocation", "allocation_id"),
    ("Category", "category"),
    ("Rank", "rank"),
    ("For", "label"),
    ("Innovation", "innovation_id"),
    ("Amount", lambda row: rupiah(row["amount_rupiah"])),
    ("State", "state"),
    ("Reference", "paid.reference"),
)


@objection.command("file")
@writing
def file_objection(
    session: Session,
    competition_id: Competition,
    innovation_id: Innovation,
    indicator: Indicator,
    level: Annotated[int, typer.Option("--level", min=0, max=3, help="The level you seek.")],
    reason: Reason,
) -> None:
    """Object to a verdict on your own innovation, without new evidence."""
    body = {
        "innovation_id": innovation_id,
        "indicator": indicator,
        "level_sought": level,
        "reason": reason,
    }
    written = session.api("awards").post(f"/competitions/{competition_id}/objections", body)
    show_written(session, written, f"Objection {written['objection_id']} is filed.")


@objection.command("list")
@reading
def list_objections(session: Session, competition_id: Competition) -> None:
    """List the objections of a competition that you may see."""
    found = session.api("awards").get(f"/competitions/{competition_id}/objections")
    table = listed(
        found["items"],
        ("Objection", "objection_id"),
        ("Innovation", "innovation_id"),
        ("Indicator", "indicator"),
        ("Level sought", "level_sought"),
        ("Reason", "reason"),
        ("State", "state"),
    )
    session.out.answer(found, table)


@objection.command("decide")
@writing
def decide_objection(
    session: Session,
    competition_id: Competition,
    objection_id: ObjectionId,
    grant: Annotated[bool, typer.Option("--grant/--dismiss", help="Which way it is decided.")],
    reason: Reason,
    level: Annotated[
        int | None, typer.Option("--level", min=0, max=3, help="Granted; else the level sought.")
    ] = None,
) -> None:
    """Decide an objection; a granted one leads to a new version of the results."""
    body = {"granted": grant, "level": level, "reason": reason}
    path = f"/competitions/{competition_id}/objections/{objection_id}/decision"
    written = session.api("awards").post(path, body, if_match=True)
    show_written(session, written, "The objection is " + ("granted." if grant else "dismissed."))


@fund.command("register")
@writing
def register_fund(
    session: Session,
    fund_id: FundId,
    name: Annotated[str, typer.Option("--name", help="What it is called in the budget.")],
    source: Annotated[str, typer.Option("--source", help="apbd or sponsor.")],
    year: Annotated[int, typer.Option("--year", help="The fiscal year.")],
    ceiling: Annotated[int, typer.Option("--ceiling", min=0, help="Pagu, in whole rupiah.")],
    account: Annotated[str, typer.Option("--account", help="Kode rekening.")] = "",
) -> None:
    """Register a fund with the ceiling that allocations can never pass."""
    body = {
        "fund_id": fund_id,
        "name": name,
        "source_kind": source,
        "account_code": account,
        "fiscal_year": year,
        "ceiling_rupiah": ceiling,
    }
    written = session.api("awards").post("/funds", body)
    show_written(session, written, f"Fund {fund_id} is registered with {rupiah(ceiling)}.")


@fund.command("list")
@listing
def list_funds(
    session: Session,
    year: Annotated[int | None, typer.Option("--year", help="Only of this fiscal year.")] = None,
) -> None:
    """List the funds: ceiling, allocated, available, paid."""
    filters = given(fiscal_year=year)
    found = session.api("awards").pages("/funds", every=session.every_page, **filters)
    show_page(session, found, *FUND)


@fund.command("show")
@reading
def show_fund(session: Session, fund_id: FundId) -> None:
    """Show a fund and what became of every rupiah."""
    found = session.api("awards").get(f"/funds/{fund_id}")
    ledger = listed(found["allocations"], *ALLOCATION, title="Allocations")
    session.out.answer(found, detailed(found, *FUND), ledger)


@writing
def allocate(session: Session, competition_id: Competition) -> None:
    """Set aside the prizes of determined results, fund by fund: all of a fund's or none."""
    found = session.api("awards").post(f"/competitions/{competition_id}/allocations")
    table = listed(
        found["funds"],
        ("Fund", "fund_id"),
        ("Outcome", "outcome"),
        ("Asked", lambda row: rupiah(row["asked_rupiah"])),
        ("Allocations", lambda row: len(row["allocations"])),
        ("Why not", "detail"),
        title="A trial; nothing was changed" if found["dry_run"] else None,
    )
    session.out.answer(found, table)
    if not found["dry_run"] and found["funds"]:
        session.drawer.keep_sequence("awards", max(each["sequence"] for each in found["funds"]))
    refused = [each["fund_id"] for each in found["funds"] if each["outcome"] == "refused"]
    if refused:
        session.out.tell(f"Refused by: {', '.join(refused)}.")
        raise typer.Exit(REFUSED)


@writing
def approve(session: Session, fund_id: FundId, allocation_id: AllocationId) -> None:
    """Approve an allocation as the second person."""
    path = f"/funds/{fund_id}/allocations/{allocation_id}/approval"
    show_written(session, session.api("awards").post(path), "The allocation is approved.")


@writing
def pay(
    session: Session,
    fund_id: FundId,
    allocation_id: AllocationId,
    reference: Annotated[str, typer.Option("--reference", help="The number of the SP2D.")],
    paid_on: Annotated[str, typer.Option("--paid-on", help="The day, such as 2026-11-30.")],
) -> None:
    """Record that an approved allocation was paid."""
    body = {"reference": reference, "paid_on": day(paid_on)}
    path = f"/funds/{fund_id}/allocations/{allocation_id}/payment"
    show_written(session, session.api("awards").post(path, body), "The payment is recorded.")


@writing
def reverse(session: Session, fund_id: FundId, allocation_id: AllocationId, reason: Reason) -> None:
    """Reverse an allocation by a reversing entry; the amount is free again."""
    path = f"/funds/{fund_id}/allocations/{allocation_id}/reversal"
    written = session.api("awards").post(path, {"reason": reason})
    show_written(session, written, "The allocation is reversed.")
