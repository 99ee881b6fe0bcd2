"""A file of a dispute: its short-lived address, or the file itself where it is to be saved."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.client import Document
from deploy.cli.output import line
from deploy.cli.saving import download_from
from deploy.cli.session import Session

Sha256 = Annotated[
    str, typer.Argument(metavar="SHA256", help="The file's SHA-256, as the lists show it.")
]
SaveOption = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Save it; else only its address is printed."),
]


def answered(session: Session, link: Document, save: Path | None) -> None:
    """Raises `Failure` where it is to be saved and does not come whole."""
    if save is None:
        session.out.answer(link, line(link["url"]))
        return
    download_from(session, link["url"], save, link["sha256"])
