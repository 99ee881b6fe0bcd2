"""`inda submit` and `inda innovation endorse`: who stands by it, and the receipt."""

from typing import Annotated, Literal

import typer

from deploy.cli.arguments import Innovation
from deploy.cli.client import Document
from deploy.cli.evidence.group import LetterDate, LetterNumber, LetterSubject, letter_of
from deploy.cli.failures import Misuse
from deploy.cli.innovation.group import EVIDENCE, ROW, innovation
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.receipts import CLAIM, SaveOption, saved, show_receipt, writable
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written

STANDS_BY: tuple[Column, ...] = (
    *ROW,
    ("Still missing", "missing"),
    ("Content (digest)", "content_digest"),
)


@writing
def submit(session: Session, innovation_id: Innovation, save: SaveOption = None) -> None:
    """Submit an innovation; shows the receipt: what was handed in, and its place in history."""
    file = None if save is None else writable(save)
    receipt = session.api("submission").post(f"/innovations/{innovation_id}/submissions")
    show_receipt(session, receipt)
    if receipt.get("dry_run"):
        session.out.tell("This would be accepted; nothing was changed.")
    elif file is not None:
        saved(session, receipt, file)


@innovation.command("endorse")
@writing
def endorse(
    session: Session,
    innovation_id: Innovation,
    capacity: Annotated[
        Literal["head", "acting"],
        typer.Option("--capacity", help="As the head, or acting for the head."),
    ] = "head",
    letter_number: LetterNumber = None,
    letter_date: LetterDate = None,
    letter_subject: LetterSubject = None,
    digest: Annotated[
        str | None, typer.Option("--digest", help="Only if this is still its content's digest.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Stand by an innovation as it is now, for its agency; a later change lapses it.

    Who acts for the head names the letter of appointment.
    """
    api = session.api("submission")
    found = api.get(f"/innovations/{innovation_id}")
    if not yes and not session.is_dry_run:
        _confirm(session, found)
    body = {
        "content_digest": digest or found["content_digest"],
        "capacity": capacity,
        "appointment": letter_of(letter_number, letter_date, letter_subject),
    }
    written = api.post(f"/innovations/{innovation_id}/endorsements", body)
    show_written(session, written, f"You stand by {found['title']} as it is now.")


def _confirm(session: Session, found: Document) -> None:
    """Shows what is stood by, and asks. Raises `Misuse` where nobody can answer."""
    if session.out.as_json:
        raise Misuse("not_confirmed", "With --json nobody is asked; say --yes.")
    for each in (
        line(found["clock"]["sentence"]),
        detailed(found, *STANDS_BY),
        listed(found["claims"], *CLAIM, title="Claims"),
        listed(found["evidence"], *EVIDENCE, title="Evidence"),
    ):
        session.out.show_aside(each)
    typer.confirm("Do you stand by this content?", abort=True, err=True)
