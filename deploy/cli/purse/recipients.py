"""`inda recipients`: who receives what an innovation wins, by ids and parts."""

from collections.abc import Sequence
from typing import Annotated

import typer

from deploy.cli.arguments import Competition, Innovation, pair
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from deploy.cli.output import Column, detailed, listed
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

recipients = typer.Typer(no_args_is_help=True, help="Who receives what an innovation wins.")

EXAMPLE = "p-ani=person, p-ani=person:payroll, or p-ani=person:person:60"
TAXED_AS = {"person": "person", "body": "body"}
HEAD: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Category", "category"),
    ("The category pays a", "recipient"),
    ("Named by hand", "are_named"),
)
RECIPIENT: tuple[Column, ...] = (
    ("Recipient", "recipient_id"),
    ("Kind", "kind"),
    ("Taxed as", "taxed_as"),
    ("Parts", "parts"),
    ("Name and account kept", "has_payee"),
)


@recipients.command("name")
@writing
def name_recipients(
    session: Session,
    competition_id: Competition,
    innovation_id: Innovation,
    to: Annotated[
        list[str],
        typer.Option("--to", help=f"ID=KIND:TAXED-AS:PARTS, such as {EXAMPLE}; may be repeated."),
    ],
) -> None:
    """Name who receives what an innovation wins; replaces whom was named before.

    KIND is person, agency, village, body or region. TAXED-AS is person, payroll (an employee whom
    the organiser pays), body or agency; PARTS is the share of a team's member.
    """
    path = f"/competitions/{competition_id}/recipients/{innovation_id}"
    written = session.api("awards").put(path, {"recipients": named(to)})
    show_written(session, written, "The recipients are named.")


@recipients.command("show")
@reading
def show_recipients(
    session: Session, competition_id: Competition, innovation_id: Innovation
) -> None:
    """Show who receives what an innovation wins; names and accounts are shown by `inda payee`."""
    path = f"/competitions/{competition_id}/recipients/{innovation_id}"
    found = session.api("awards").get(path)
    session.out.answer(found, detailed(found, *HEAD), listed(found["recipients"], *RECIPIENT))
    if not found["recipients"]:
        session.out.tell("Nobody is named yet; no money of this innovation can be allocated.")


def named(texts: Sequence[str]) -> list[Document]:
    """Raises `Misuse`."""
    return [_named(each) for each in texts]


def _named(text: str) -> Document:
    recipient_id, told = pair(text, EXAMPLE)
    kind, *more = (part.strip() for part in told.split(":"))
    taxed_as = more[0] if more else TAXED_AS.get(kind, "agency")
    parts = more[1] if len(more) > 1 else "1"
    if len(more) > 2 or not (parts.isascii() and parts.isdigit()):
        raise Misuse("recipient_unreadable", f"{text} should read like {EXAMPLE}.")
    return {
        "recipient_id": recipient_id,
        "kind": kind,
        "taxed_as": taxed_as,
        "parts": int(parts),
    }
