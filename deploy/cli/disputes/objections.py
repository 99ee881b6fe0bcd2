"""`inda objection list`, `show`, `document`, `decide`: by those who answer an objection."""

from typing import Annotated

import typer
from rich.table import Table

from deploy.cli.arguments import Competition, Reason
from deploy.cli.client import Document
from deploy.cli.disputes.links import SaveOption, Sha256, answered
from deploy.cli.failures import Denied
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

objection = typer.Typer(no_args_is_help=True, help="Objections (sanggah) to a verdict.")

ObjectionId = Annotated[str, typer.Argument(metavar="OBJECTION", help="The objection's id.")]
LISTED: tuple[Column, ...] = (
    ("Objection", "objection_id"),
    ("Innovation", "innovation_id"),
    ("Indicator", "indicator"),
    ("Claimed", "row.claimed_level"),
    ("Granted", "row.granted_level"),
    ("Level sought", "level_sought"),
    ("Reason", "reason"),
    ("Filed", "filed.at"),
    ("State", "state"),
)
DECISION: tuple[Column, ...] = (
    ("Decided by", "decision.by"),
    ("Granted level", "decision.level"),
    ("Why", "decision.reason"),
    ("Lapsed", "lapse.at"),
    ("Because", "lapse.because"),
)
VERDICT: tuple[Column, ...] = (
    ("Claimed level", "claimed_level"),
    ("Granted level", "granted_level"),
    ("Reason code", "reason_code"),
    ("Note of the verifier", "note"),
    ("Decided", "decided_at"),
    ("Documents (SHA-256)", "evidence"),
)


@objection.command("list")
@reading
def list_objections(session: Session, competition_id: Competition) -> None:
    """List the objections of a competition that you may see."""
    found = session.api("awards").get(f"/competitions/{competition_id}/objections")
    session.out.answer(found, listed(found["items"], *LISTED))


@objection.command("show")
@reading
def show_objection(
    session: Session, competition_id: Competition, objection_id: ObjectionId
) -> None:
    """Show an objection with the verdict that it is about and the documents behind it."""
    found = session.api("awards").get(f"/competitions/{competition_id}/objections")["items"]
    told = next((each for each in found if each["objection_id"] == objection_id), None)
    if told is None:
        raise Denied("not_found", "There is no such objection, or none that you may see.")
    session.out.answer(told, *_tables(told))


@objection.command("document")
@reading
def read_document(
    session: Session,
    competition_id: Competition,
    objection_id: ObjectionId,
    sha256: Sha256,
    save: SaveOption = None,
) -> None:
    """Print a short-lived address of a document that the verdict stands on, or save it."""
    path = f"/competitions/{competition_id}/objections/{objection_id}/documents/{sha256}"
    answered(session, session.api("awards").get(path), save)


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


def _tables(told: Document) -> list[Table]:
    tables = [detailed(told, *LISTED)]
    if told["row"] is not None:
        tables.append(detailed(told["row"], *VERDICT, title="The verdict"))
    if told["decision"] or told["lapse"]:
        tables.append(detailed(told, *DECISION, title="How it ended"))
    return tables
