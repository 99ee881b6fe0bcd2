"""`inda calendar`: the days on which windows go on, and those that they leave out."""

from typing import Annotated

import typer

from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, reading

HEAD: tuple[Column, ...] = (
    ("Year", "year"),
    ("Today", "today"),
    ("Weekend days", lambda row: len(row["weekends"])),
    ("The next working days", "next_working_days"),
)
HOLIDAY: tuple[Column, ...] = (("Day", "date"), ("Holiday", "name"))
MIND = "Joint leave (cuti bersama) is not known here; the rules of a competition add it."


@reading
def show_calendar(
    session: Session,
    year: Annotated[int | None, typer.Argument(metavar="[YEAR]", help="Else this year.")] = None,
) -> None:
    """Show the national holidays of a year and the next working days, as windows count them."""
    found = session.api("awards").get("/calendar", year=year)
    session.out.answer(found, detailed(found, *HEAD), listed(found["holidays"], *HOLIDAY))
    session.out.tell(MIND)
