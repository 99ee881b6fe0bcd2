"""`inda objection objectionable`, `file`: by those whose innovation it is."""

from typing import Annotated

import typer

from deploy.cli.arguments import Competition, Indicator, Innovation, Reason
from deploy.cli.disputes.objections import objection
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

WINDOW: tuple[Column, ...] = (("Results (version)", "version"), ("Until", "until"))
OPEN: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("Indicator", "indicator"),
    ("Claimed", "row.claimed_level"),
    ("Granted", "row.granted_level"),
    ("Reason code", "row.reason_code"),
    ("Note of the verifier", "row.note"),
)


@objection.command("objectionable")
@reading
def list_objectionable(session: Session, competition_id: Competition) -> None:
    """List the verdicts on your own innovations that you may still object to, and until when."""
    found = session.api("awards").get(f"/competitions/{competition_id}/objectionable")
    session.out.answer(found, detailed(found, *WINDOW), listed(found["items"], *OPEN))
    if found["until"] is None:
        session.out.tell("No objection window is open.")


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
    """Object to a verdict on your own innovation, once, without new evidence."""
    body = {
        "innovation_id": innovation_id,
        "indicator": indicator,
        "level_sought": level,
        "reason": reason,
    }
    written = session.api("awards").post(f"/competitions/{competition_id}/objections", body)
    show_written(session, written, f"Objection {written['objection_id']} is filed.")
