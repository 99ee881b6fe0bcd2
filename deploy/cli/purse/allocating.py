"""`inda allocate`: the prizes of determined results become lines of their funds."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import Competition
from deploy.cli.client import Document
from deploy.cli.failures import REFUSED
from deploy.cli.output import Column, listed, money
from deploy.cli.session import Session, writing

OUTCOME: tuple[Column, ...] = (
    ("Fund", "fund_id"),
    ("Outcome", "outcome"),
    ("Asked", money("asked_rupiah")),
    ("Tax", money("tax_rupiah")),
    ("Net", money("net_rupiah")),
    ("Lines", lambda row: len(row["lines"])),
    ("Why not", "detail"),
)
LINE: tuple[Column, ...] = (
    ("Category", "category"),
    ("Rank", "rank"),
    ("For", "label"),
    ("Innovation", "innovation_id"),
    ("Recipient", "recipient.recipient_id"),
    ("Amount", money("amount_rupiah")),
    ("Tax", money("tax_rupiah")),
    ("Net", money("net_rupiah")),
    ("Before the cap", money("uncapped_rupiah")),
    ("In kind", "in_kind"),
    ("Allocation", "allocation_id"),
)


@writing
def allocate(
    session: Session,
    competition_id: Competition,
    again: Annotated[
        list[str] | None,
        typer.Option(
            "--again",
            metavar="ALLOCATION",
            help="One that was reversed or returned, and is to be made anew; may be repeated.",
        ),
    ] = None,
) -> None:
    """Set aside the prizes of determined results, fund by fund: all of a fund's or none."""
    path = f"/competitions/{competition_id}/allocations"
    found = session.api("awards").post(path, {"again": again or []})
    session.out.answer(found, *_tables(found))
    if not found["dry_run"] and found["funds"]:
        session.drawer.keep_sequence("awards", max(each["sequence"] for each in found["funds"]))
    refused = [each["fund_id"] for each in found["funds"] if each["outcome"] == "refused"]
    if refused:
        session.out.tell(f"Refused by: {', '.join(refused)}.")
        raise typer.Exit(REFUSED)


def _tables(found: Document) -> list[Table]:
    title = "A trial; nothing was changed" if found["dry_run"] else None
    lines = [listed(each["lines"], *LINE, title=each["fund_id"]) for each in found["funds"]]
    return [listed(found["funds"], *OUTCOME, title=title), *lines]
