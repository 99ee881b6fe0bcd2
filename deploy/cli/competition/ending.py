"""`inda competition determine`, `publish`: the decree, and what everybody may read from then on."""

from typing import Annotated

import typer

from deploy.cli.arguments import Competition, day
from deploy.cli.competition.group import competition
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written


@competition.command("determine")
@writing
def determine(
    session: Session,
    competition_id: Competition,
    decree_number: Annotated[str, typer.Option("--decree-number", help="The number of the SK.")],
    decree_date: Annotated[str, typer.Option("--decree-date", help="Its day: 2026-10-01.")],
) -> None:
    """Fix the results by decree (SK)."""
    body = {"decree_number": decree_number, "decree_date": day(decree_date)}
    path = f"/competitions/{competition_id}/determination"
    written = session.api("awards").post(path, body, if_match=True)
    show_written(session, written, "The results are determined.")


@competition.command("publish")
@writing
def publish(session: Session, competition_id: Competition) -> None:
    """Publish the determined results for anybody to read."""
    written = session.api("awards").post(f"/competitions/{competition_id}/publication")
    show_written(session, written, "The results are published.")
