"""`inda doubt file`: by anybody, without an account."""

import mimetypes
from base64 import b64encode
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.arguments import Competition, Innovation
from deploy.cli.client import Document
from deploy.cli.disputes.doubts import doubt
from deploy.cli.failures import Misuse
from deploy.cli.session import Session, writing
from deploy.cli.written import show_written


@doubt.command("file")
@writing
def file_doubt(
    session: Session,
    competition_id: Competition,
    innovation_id: Innovation,
    statement: Annotated[
        str,
        typer.Option("--statement", help="Why it is not original, in 50 to 5000 characters."),
    ],
    link: Annotated[
        list[str] | None, typer.Option("--link", help="An address that shows it; may be repeated.")
    ] = None,
    file: Annotated[
        list[Path] | None,
        typer.Option("--file", help="A PDF, JPG or PNG that shows it; may be repeated."),
    ] = None,
    name: Annotated[
        str | None, typer.Option("--name", help="Who you are; nobody has to say it.")
    ] = None,
    contact: Annotated[
        str | None, typer.Option("--contact", help="How to ask you back; goes with --name.")
    ] = None,
) -> None:
    """Doubt in the public test that a finalist is original; nobody needs to log in for it."""
    if (name is None) != (contact is None):
        raise Misuse("reporter_incomplete", "--name and --contact are given together.")
    body = {
        "innovation_id": innovation_id,
        "statement": statement,
        "links": link or [],
        "files": [_sent(each) for each in file or ()],
        "reporter": None if name is None else {"name": name, "contact": contact},
    }
    path = f"/competitions/{competition_id}/public-test/doubts"
    written = session.public("awards").post(path, body)
    show_written(session, written, f"Doubt {written['doubt_id']} is filed.")


def _sent(file: Path) -> Document:
    """A file as it is sent. Raises `Misuse`."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
    return {
        "name": file.name,
        "media_type": mimetypes.guess_type(file.name)[0] or "application/octet-stream",
        "content_base64": b64encode(content).decode(),
    }
