"""`inda dossier visit`, `recuse`: what people do beside deciding."""

from typing import Annotated

import typer

from deploy.cli.arguments import Dossier, Reason, day
from deploy.cli.session import Session, writing
from deploy.cli.verification.group import dossier
from deploy.cli.verification.typed import visit_findings
from deploy.cli.written import show_written


@dossier.command("visit")
@writing
def record_visit(
    session: Session,
    dossier_id: Dossier,
    on: Annotated[str, typer.Option("--on", help="The day: 2026-08-03.")],
    note: Annotated[str, typer.Option("--note", help="What was seen on the spot.")],
    person: Annotated[
        list[str] | None,
        typer.Option(
            "--with", metavar="PERSON", help="The id of somebody who was there; may be repeated."
        ),
    ] = None,
    finding: Annotated[
        list[str] | None,
        typer.Option(
            "--finding",
            help="SID-04=confirmed:'text', or partly_confirmed, not_confirmed; may be repeated.",
        ),
    ] = None,
) -> None:
    """Record a field visit; it binds no verdict, and whoever decides sees it."""
    body = {
        "visited_on": day(on),
        "participants": person or [],
        "findings": visit_findings(finding or ()),
        "note": note,
    }
    written = session.api("verification").post(f"/dossiers/{dossier_id}/visits", body)
    show_written(session, written, "The visit is recorded.")


@dossier.command("recuse")
@writing
def recuse(session: Session, dossier_id: Dossier, reason: Reason) -> None:
    """Step aside from a dossier because of a conflict of interest; it becomes invisible to you."""
    path = f"/dossiers/{dossier_id}/recusals"
    written = session.api("verification").post(path, {"reason": reason})
    if not session.is_dry_run:
        session.drawer.forget_lease(dossier_id)
    show_written(session, written, "You have stepped aside.")
