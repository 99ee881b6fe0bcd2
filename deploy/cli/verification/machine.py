"""`inda dossier findings` and `similar`: what a machine noticed; hints, decided by nobody."""

from typing import Annotated

import typer
from rich.console import RenderableType

from deploy.cli.arguments import Dossier
from deploy.cli.client import Api, Document
from deploy.cli.output import Column, Record, listed
from deploy.cli.session import Session, reading
from deploy.cli.verification.group import dossier
from deploy.cli.verification.tables import short

SEVERITIES = {
    "blocks": "What the rules do not allow",
    "costs": "What may cost points",
    "advises": "What is worth a look",
}
FINDING: tuple[Column, ...] = (
    ("Where", lambda row: row["indicator"] or row["field"]),
    ("Evidence", "evidence_id"),
    ("What", "sentence"),
    ("May fall to", "holds"),
    ("Rule", "rule"),
)


def _likeness(row: Record) -> str:
    return f"{round(float(row['similarity']) * 100)}%"


def _of(field: str) -> Column:
    return ("File" if field == "sha256" else "Its file", lambda row: short(row[field] or "-"))


SIMILAR: tuple[Column, ...] = (
    ("Dossier", lambda row: row["dossier_id"] or "(not for you)"),
    ("Title", "title"),
    ("Agency", "agency_id"),
    ("Season", "season_id"),
    ("What is alike", "kind"),
    ("How much", _likeness),
    _of("sha256"),
    _of("other_sha256"),
)
FIELD: tuple[Column, ...] = (
    ("Field", "field"),
    ("This one", "ours"),
    ("The other", "theirs"),
    ("Alike", _likeness),
)
FILE: tuple[Column, ...] = (
    ("What is alike", "kind"),
    ("This one", "ours_name"),
    ("The other", "theirs_name"),
    ("Alike", _likeness),
)
PASSAGE: tuple[Column, ...] = (("Words", "words"), ("This one", "ours"), ("The other", "theirs"))


@dossier.command("findings")
@reading
def show_findings(session: Session, dossier_id: Dossier) -> None:
    """Show what the rules find, those that the agency saw before it handed in; hints only."""
    found = session.api("verification").get(f"/dossiers/{dossier_id}/findings")
    groups = [
        ([each for each in found["items"] if each["severity"] == severity], title)
        for severity, title in SEVERITIES.items()
    ]
    shown = [listed(rows, *FINDING, title=title) for rows, title in groups if rows]
    session.out.answer(found, *shown)
    if not found["items"]:
        session.out.tell("The rules find nothing.")
    _tell_unread(session, found)


@dossier.command("similar")
@reading
def show_similar(
    session: Session,
    dossier_id: Dossier,
    other_id: Annotated[
        str | None, typer.Argument(metavar="[OTHER]", help="Show this dossier side by side.")
    ] = None,
) -> None:
    """Show what is like this dossier across agencies and years, or two of them side by side."""
    api = session.api("verification")
    if other_id is not None:
        _show_beside(session, api, dossier_id, other_id)
        return
    found = api.get(f"/dossiers/{dossier_id}/similar")
    session.out.answer(found, listed(found["items"], *SIMILAR))
    _tell_unread(session, found)


def _show_beside(session: Session, api: Api, dossier_id: str, other_id: str) -> None:
    found = api.get(f"/dossiers/{dossier_id}/similar/{other_id}")
    shown: list[RenderableType] = [listed(found["fields"], *FIELD, title="Profile")]
    if found["files"]:
        shown.append(listed(found["files"], *FILE, title="Files"))
    for each in found["texts"]:
        title = f"{short(each['ours_sha256'])} and {short(each['theirs_sha256'])}"
        shown.append(listed(each["passages"], *PASSAGE, title=f"{title}: {_likeness(each)} alike"))
    session.out.answer(found, *shown)
    _tell_unread(session, found)


def _tell_unread(session: Session, found: Document) -> None:
    if found["unread"]:
        count = len(found["unread"])
        session.out.tell(f"{count} files were not read yet; ask again in a moment.")
