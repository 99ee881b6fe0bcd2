"""`inda register` and `inda replication`: who took up whose innovation, by a letter."""

from typing import Annotated

import typer

from deploy.cli.arguments import AgencyFilter, Innovation, Reason, RegionFilter, day, given
from deploy.cli.output import Column, detailed
from deploy.cli.session import Session, listing, reading, writing
from deploy.cli.written import show_page, show_written

register = typer.Typer(
    no_args_is_help=True, help="The register: verified innovations that others may take up."
)
replication = typer.Typer(
    no_args_is_help=True, help="Statements that an agency took up another's innovation."
)

ReplicationId = Annotated[
    str, typer.Argument(metavar="REPLICATION", help="The statement's id, as the lists show it.")
]
ENTRY: tuple[Column, ...] = (
    ("Innovation", "innovation_id"),
    ("Title", "title"),
    ("Agency", "agency_name"),
    ("Region", "region_id"),
    ("Season", "season_id"),
    ("Affair", "affair"),
    ("Taken up", "replications"),
    ("In regions", "regions"),
)
STATEMENT: tuple[Column, ...] = (
    ("Replication", "replication_id"),
    ("Innovation", "innovation_id"),
    ("Of", "original_agency_id"),
    ("Taken up by", "agency_id"),
    ("Region", "region_id"),
    ("Since", "started_on"),
    ("Letter", "letter.number"),
    ("Replica", "replica_id"),
    ("Stands", "is_standing"),
)
MORE: tuple[Column, ...] = (
    ("Letter of", "letter.signed_on"),
    ("Subject", "letter.subject"),
    ("Who answers questions", "contact_body"),
    ("Stated", "stated_at"),
    ("Stated by", "stated_by"),
    ("Digest", "statement_digest"),
    ("Withdrawn because", "withdrawn_because"),
)


@register.command("list")
@listing
def list_register(
    session: Session,
    text: Annotated[
        str | None, typer.Option("--text", help="Beginnings of words of the title.")
    ] = None,
    affair: Annotated[
        str | None, typer.Option("--affair", help="Only of this affair, such as kesehatan.")
    ] = None,
    region: RegionFilter = None,
) -> None:
    """List what may be taken up, by title: verified innovations, and where they were."""
    filters = given(text=text, affair=affair, region=region)
    found = session.api("submission").pages("/register", every=session.every_page, **filters)
    show_page(session, found, *ENTRY)


@replication.command("list")
@listing
def list_replications(
    session: Session,
    innovation: Annotated[
        str | None, typer.Option("--innovation", help="Only of this innovation.")
    ] = None,
    agency: AgencyFilter = None,
) -> None:
    """List the statements by your agencies and about your innovations, the newest first."""
    filters = given(innovation_id=innovation, agency_id=agency)
    found = session.api("submission").pages("/replications", every=session.every_page, **filters)
    show_page(session, found, *STATEMENT)


@replication.command("show")
@reading
def show_replication(session: Session, replication_id: ReplicationId) -> None:
    """Show a statement with its letter."""
    found = session.api("submission").get(f"/replications/{replication_id}")
    session.out.answer(found, detailed(found, *STATEMENT, *MORE))


@replication.command("state")
@writing
def state_replication(
    session: Session,
    innovation_id: Innovation,
    agency: Annotated[str, typer.Option("--agency", help="Your agency, which took it up.")],
    started_on: Annotated[str, typer.Option("--started-on", help="Since when: 2026-03-01.")],
    contact_body: Annotated[
        str, typer.Option("--contact-body", help="Which body answers questions; no person.")
    ],
    letter_number: Annotated[str, typer.Option("--letter-number", help="Nomor.")],
    letter_date: Annotated[str, typer.Option("--letter-date", help="The day it was signed.")],
    letter_subject: Annotated[str, typer.Option("--letter-subject", help="Tentang.")],
) -> None:
    """State by letter that your agency took up an innovation of the register."""
    letter = {
        "number": letter_number,
        "signed_on": day(letter_date),
        "subject": letter_subject,
    }
    body = {
        "agency_id": agency,
        "letter": letter,
        "started_on": day(started_on),
        "contact_body": contact_body,
    }
    written = session.api("submission").post(f"/innovations/{innovation_id}/replications", body)
    show_written(session, written, f"It is stated as replication {written['id']}.")


@replication.command("link")
@writing
def link_replication(
    session: Session, replication_id: ReplicationId, innovation_id: Innovation
) -> None:
    """Name the innovation by which your agency reports what it took up."""
    path = f"/replications/{replication_id}/replica"
    written = session.api("submission").post(path, {"innovation_id": innovation_id})
    show_written(session, written, "The two innovations are linked.")


@replication.command("withdraw")
@writing
def withdraw_replication(session: Session, replication_id: ReplicationId, reason: Reason) -> None:
    """Take your agency's statement back."""
    path = f"/replications/{replication_id}/withdrawal"
    written = session.api("submission").post(path, {"reason": reason})
    show_written(session, written, "The statement is withdrawn.")


@replication.command("adopt")
@writing
def adopt_replication(
    session: Session, innovation_id: Innovation, replication_id: ReplicationId
) -> None:
    """Show a statement about your innovation as evidence of its replication (SID-16)."""
    path = f"/innovations/{innovation_id}/adoptions"
    written = session.api("submission").post(path, {"replication_id": replication_id})
    show_written(session, written, f"The statement is evidence {written['evidence_id']}.")
