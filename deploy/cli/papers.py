"""`inda document`: papers of a competition, issued, listed, saved, and verified by anybody."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import Competition, given
from deploy.cli.client import Document
from deploy.cli.failures import REFUSED, Misuse
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.saving import download
from deploy.cli.session import Session, reading, writing
from deploy.cli.written import show_written

document = typer.Typer(no_args_is_help=True, help="Minutes, decree annex, certificates, slips.")

KINDS = "minutes, decree_annex, certificate, payment_list, tax_slip, spd_12_evidence"
DocumentId = Annotated[
    str, typer.Argument(metavar="DOCUMENT", help="The document's id, as `document list` tells.")
]
LISTED: tuple[Column, ...] = (
    ("Document", "document_id"),
    ("Kind", "kind"),
    ("About", "about"),
    ("Results (version)", "results_version"),
    ("Names people", "has_names"),
    ("Issued", "issued_at"),
    ("By", "issued_by"),
    ("SHA-256", "sha256"),
)
ISSUED: tuple[Column, ...] = (
    ("Document", "document_id"),
    ("SHA-256", "sha256"),
    ("Verify at", "verify_url"),
)
GENUINE: tuple[Column, ...] = (
    ("Document", "document_id"),
    ("Kind", "title"),
    ("Competition", "competition"),
    ("Results (version)", "results_version"),
    ("Issued", "issued"),
    ("Standing", "standing"),
    ("SHA-256 of the file", "sha256"),
    ("SHA-256 of what it tells", "content_digest"),
)
FACT: tuple[Column, ...] = (
    ("Rests on", "fact"),
    ("Event", "event_id"),
    ("Sequence", "sequence"),
    ("At", "at"),
)


@document.command("issue")
@writing
def issue_document(
    session: Session,
    competition_id: Competition,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{KINDS}.")],
    file_format: Annotated[str, typer.Option("--format", help="pdf or xlsx.")] = "pdf",
    about: Annotated[
        str | None,
        typer.Option("--about", help="The innovation of a certificate, allocation of a slip."),
    ] = None,
) -> None:
    """Issue a document from the history as it stands; the same one again where nothing changed."""
    body = {"kind": kind, "format": file_format, **given(about=about)}
    written = session.api("awards").post(f"/competitions/{competition_id}/documents", body)
    shown = () if written["dry_run"] else (detailed(written, *ISSUED),)
    show_written(session, written, "The document is issued.", *shown)


@document.command("list")
@reading
def list_documents(session: Session, competition_id: Competition) -> None:
    """List the documents of a competition that you may see, the newest last."""
    found = session.api("awards").get(f"/competitions/{competition_id}/documents")
    session.out.answer(found, listed(found["items"], *LISTED))


@document.command("save")
@reading
def save_document(
    session: Session,
    competition_id: Competition,
    document_id: DocumentId,
    save: Annotated[
        Path | None, typer.Option("--save", metavar="FILE", help="Where to; else by its name.")
    ] = None,
) -> None:
    """Save a document as it was issued, byte for byte."""
    path = f"/competitions/{competition_id}/documents/{document_id}/file"
    download(session, session.api("awards"), path, save)


@document.command("verify")
@reading
def verify_document(
    session: Session, file: Annotated[Path, typer.Argument(metavar="FILE")]
) -> None:
    """Verify that a file is a document of ours, unchanged; nobody needs to log in for it.

    Exit code 0 when it is, 1 when it is not or was altered. That it is superseded is said.
    """
    found = session.public("awards").query_file("/verify", _content(file))
    told: Document | None = found["document"]
    tables = [] if told is None else [detailed(told, *GENUINE), listed(told["facts"], *FACT)]
    session.out.answer(found, line(found["sentence"]), *tables)
    if not found["is_genuine"]:
        raise typer.Exit(REFUSED)


def _content(file: Path) -> bytes:
    """Raises `Misuse`."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
