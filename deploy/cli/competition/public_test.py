"""`inda competition objection-window` and `public-test`: the times in which people may disagree."""

import typer

from deploy.cli.arguments import Competition
from deploy.cli.competition.group import Version, competition
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

public_test = typer.Typer(
    no_args_is_help=True, help="The public test (uji publik): is every finalist original?"
)
competition.add_typer(public_test, name="public-test")

TEST: tuple[Column, ...] = (
    ("Competition", "name"),
    ("Opened", "opened_at"),
    ("Until", "closes_at"),
    ("Open now", "is_open"),
)
FINALIST: tuple[Column, ...] = (
    ("Category", "category_name"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("Innovation", "innovation_id"),
)


@competition.command("objection-window")
@writing
def open_objection_window(
    session: Session, competition_id: Competition, version: Version = 1
) -> None:
    """Open the time for objections (masa sanggah) to a version of the results."""
    path = f"/competitions/{competition_id}/objection-window"
    written = session.api("awards").post(path, {"version": version})
    show_written(session, written, "Objections may be filed.")


@public_test.command("open")
@writing
def open_public_test(session: Session, competition_id: Competition, version: Version = 1) -> None:
    """Open the public test to a version of the results; anybody may file a doubt then."""
    path = f"/competitions/{competition_id}/public-test"
    written = session.api("awards").post(path, {"version": version})
    show_written(session, written, "The public test is open.")


@public_test.command("show")
@reading
def show_public_test(session: Session, competition_id: Competition) -> None:
    """Show the finalists that are tested; nobody needs to log in for them."""
    found = session.public("awards").get(f"/competitions/{competition_id}/public-test")
    session.out.answer(found, detailed(found, *TEST), listed(found["finalists"], *FINALIST))
