"""`inda dossier evidence`, `text`, `page`, `letter`: one piece of evidence, looked at closely."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import Dossier
from deploy.cli.client import Document
from deploy.cli.output import Column, line, listed
from deploy.cli.saving import download
from deploy.cli.session import Session, reading
from deploy.cli.verification import seen
from deploy.cli.verification.group import Sha256, dossier
from deploy.cli.verification.reading import SaveOption
from deploy.cli.verification.tables import short

PART: tuple[Column, ...] = (
    ("Part", "part"),
    ("As declared", "declared"),
    ("In the file", "outcome"),
    ("Similarity", "similarity"),
    ("Read", "seen.text"),
    ("Page", "seen.page"),
    ("Around it", "seen.excerpt"),
)
OTHER: tuple[Column, ...] = (("Found", "text"), ("Page", "page"), ("Around it", "excerpt"))
PARTS = {"number": "Number", "signed_on": "Date", "subject": "Subject"}


@dossier.command("evidence")
@reading
def read_evidence(session: Session, dossier_id: Dossier, sha256: Sha256) -> None:
    """Print a short-lived address where a piece of evidence can be looked at."""
    found = session.api("verification").get(_path(session, dossier_id, sha256))
    session.out.answer(found, line(found["url"]))


@dossier.command("text")
@reading
def read_text(
    session: Session,
    dossier_id: Dossier,
    sha256: Sha256,
    page: Annotated[int | None, typer.Option("--page", min=1, help="Only this page.")] = None,
) -> None:
    """Print what a machine reads in a file; a scan has nothing to read."""
    path = f"{_path(session, dossier_id, sha256)}/text"
    found = session.api("verification").get(path, page=page)
    session.out.answer(found, *text_of(found))


@dossier.command("page")
@reading
def save_page(
    session: Session,
    dossier_id: Dossier,
    sha256: Sha256,
    page: Annotated[int, typer.Argument(min=1, metavar="PAGE", help="Counted from 1.")] = 1,
    width: Annotated[
        int, typer.Option("--width", min=100, max=1600, help="Of the picture, in points.")
    ] = 1200,
    save: SaveOption = None,
) -> None:
    """Save a page of a file as a picture (PNG)."""
    digest = seen.digest(session, dossier_id, sha256)
    path = f"/dossiers/{dossier_id}/evidence/{digest}/pages/{page}"
    target = save or Path(f"{short(digest)}-{page}.png")
    download(session, session.api("verification"), path, target, width=width)


@dossier.command("letter")
@reading
def check_letter(session: Session, dossier_id: Dossier, sha256: Sha256) -> None:
    """Hold a letter's number, date and subject, as declared, against what the file says."""
    found = session.api("verification").get(f"{_path(session, dossier_id, sha256)}/letter")
    parts = [{**found[each], "part": name} for each, name in PARTS.items() if found.get(each)]
    tables: list[RenderableType] = [listed(parts, *PART, title="The letter")]
    for field, title in (("other_numbers", "Other numbers"), ("other_dates", "Other dates")):
        if found[field]:
            tables.append(listed(found[field], *OTHER, title=title))
    session.out.answer(found, *tables)
    if found["status"] == "nothing_to_read":
        session.out.tell("There is nothing to read in this file; look at it yourself.")


def text_of(found: Document) -> list[RenderableType]:
    """Page by page, so that nothing in a file looks like part of another page."""
    if found["text"] is None:
        return [line("There is nothing to read in this file; look at it yourself.")]
    first = found["page"] or 1
    shown: list[RenderableType] = []
    for number, text in enumerate(found["text"].split("\f"), start=first):
        shown += [line(f"--- page {number} of {found['pages'] or '?'} ---"), line(text)]
    if found["is_cut"]:
        shown.append(line("--- The file says more than is read here. ---"))
    return shown


def _path(session: Session, dossier_id: str, sha256: str) -> str:
    return f"/dossiers/{dossier_id}/evidence/{seen.digest(session, dossier_id, sha256)}"
