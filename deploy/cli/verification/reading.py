"""`inda dossier show` and what else there is to read: changes, minutes, reasons, criteria."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import Dossier
from deploy.cli.client import Document
from deploy.cli.output import Column, listed
from deploy.cli.saving import download
from deploy.cli.session import Session, reading
from deploy.cli.verification import seen, tables
from deploy.cli.verification.group import dossier

SaveOption = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Where to; else under the name it comes with."),
]
REASON: tuple[Column, ...] = (("Code", "code"), ("Meaning", "sentence"))
CRITERION: tuple[Column, ...] = (("Criterion", "criterion"), ("Meaning", "sentence"))


@dossier.command("show")
@reading
def show_dossier(session: Session, dossier_id: Dossier) -> None:
    """Show a dossier: every claim beside its verdict, the evidence, and what happened so far.

    What you decide afterwards, you decide on what was shown here.
    """
    found, shown = shown_whole(session, dossier_id)
    session.out.answer(found, *shown)


@dossier.command("changes")
@reading
def show_changes(session: Session, dossier_id: Dossier) -> None:
    """Show what each revision changed, and which verdicts that undid."""
    found = session.api("verification").get(f"/dossiers/{dossier_id}/changes")
    session.out.answer(found, *tables.changed(found["items"]))


@dossier.command("minutes")
@reading
def save_minutes(session: Session, dossier_id: Dossier, save: SaveOption = None) -> None:
    """Save the minutes of the validation (berita acara) as a PDF, once the review is concluded."""
    download(session, session.api("verification"), f"/dossiers/{dossier_id}/minutes", save)


@dossier.command("reasons")
@reading
def list_reasons(session: Session) -> None:
    """List the reasons for granting less than was claimed."""
    found = session.api("verification").get("/reason-codes")
    session.out.answer(found, listed(found["items"], *REASON))


@dossier.command("criteria")
@reading
def list_criteria(session: Session) -> None:
    """List the five criteria of admissibility."""
    found = session.api("verification").get("/criteria")
    session.out.answer(found, listed(found["items"], *CRITERION))


def shown_whole(session: Session, dossier_id: str) -> tuple[Document, tuple[RenderableType, ...]]:
    """The dossier and how people see it; it is remembered as what this person was shown."""
    found = session.api("verification").get(f"/dossiers/{dossier_id}")
    seen.keep(session, dossier_id, found)
    return found, tuple(tables.whole(found))
