"""`inda receipt`: what was handed in, shown again, and whether a receipt in a file is genuine."""

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from joserfc.jwk import KeySet
from typer.core import TyperGroup

from deploy.cli.arguments import Innovation
from deploy.cli.client import Document
from deploy.cli.failures import Denied, Misuse
from deploy.cli.output import Column, detailed, line, listed
from deploy.cli.session import Session, reading
from shared.seals import BadKey, Broken, public_keys, verified


class ShownFirst(TyperGroup):
    """`inda receipt INNOVATION` shows it: what is not the name of a command is an innovation."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        is_command = not args or args[0] in (*self.commands, *ctx.help_option_names)
        return super().parse_args(ctx, args if is_command else ["show", *args])


receipt = typer.Typer(
    no_args_is_help=True, cls=ShownFirst, help="What was handed in, and proof of it."
)

HEAD: tuple[Column, ...] = (
    ("Receipt", "receipt_id"),
    ("Innovation", "title"),
    ("Agency", "agency_id"),
    ("Season", "season_id"),
    ("Training", "training"),
    ("Round", "round"),
    ("Submitted by", "submitted_by"),
    ("At", "submitted_at"),
    ("Place in the history", "sequence"),
    ("Endorsed by", "endorsed_by"),
    ("Instrument (digest)", "edition_digest"),
    ("Files may come in until", "complete_by"),
)
COMPLETION: tuple[Column, ...] = (
    ("Receipt", "receipt_id"),
    ("Innovation", "title"),
    ("Agency", "agency_id"),
    ("Season", "season_id"),
    ("Training", "training"),
    ("Round", "round"),
    ("Complete at", "completed_at"),
    ("Place in the history", "sequence"),
)
CLAIM: tuple[Column, ...] = (
    ("Indicator", "indicator"),
    ("Level", "level"),
    ("Basis", "basis"),
    ("Sub-type", "subtype"),
)
ITEM: tuple[Column, ...] = (
    ("Evidence", "evidence_id"),
    ("What", "name"),
    ("Kind", "evidence_kind"),
    ("For", "indicators"),
    ("Taken in", "taken_in"),
    ("SHA-256", "sha256"),
)
MISSING: tuple[Column, ...] = (*ITEM, ("Because", "because"), ("Rule", "rule"))
SaveOption = Annotated[
    Path | None,
    typer.Option("--save", metavar="FILE", help="Write it to a file, which `verify` can check."),
]


@receipt.command("show")
@reading
def show(
    session: Session,
    innovation_id: Innovation,
    number: Annotated[
        int | None, typer.Option("--round", min=1, help="Which submission; else the last.")
    ] = None,
    completion: Annotated[
        bool, typer.Option("--completion", help="How one with files on their way ended.")
    ] = False,
    save: SaveOption = None,
) -> None:
    """Show the receipt of a submission again, the same text as it was given first."""
    file = None if save is None else writable(save)
    api = session.api("submission")
    chosen = number or api.get(f"/innovations/{innovation_id}")["round"]
    if chosen == 0:
        raise Denied("receipt_unknown", "This innovation has not been submitted yet.")
    path = f"/innovations/{innovation_id}/receipts/{chosen}"
    found = api.get(f"{path}/completion" if completion else path)
    show_receipt(session, found)
    if file is not None:
        saved(session, found, file)


@receipt.command("keys")
@reading
def keys(session: Session, save: SaveOption = None) -> None:
    """Print the public keys of receipts; kept in a file they check receipts without any stack."""
    file = None if save is None else writable(save)
    found = session.public("submission").get("/receipts/keys")
    columns = ("Key", "kid"), ("Kind", "crv"), ("Public", "x")
    session.out.answer(found, listed(found["keys"], *columns))
    if file is not None:
        saved(session, found, file)


@receipt.command("verify")
@reading
def verify(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The receipt; - reads stdin.")],
    keys_file: Annotated[
        Path | None,
        typer.Option(
            "--keys",
            metavar="JWKS",
            help="The public keys of receipts in a file: nothing is asked of anybody then."
            " Else those of the stack.",
        ),
    ] = None,
) -> None:
    """Check that a receipt says exactly what was signed. Exit code 1 when it does not."""
    known = _keys(session, keys_file)
    try:
        told = verified(_bytes(file), known)
    except Broken as error:
        raise Denied("receipt_broken", f"This receipt proves nothing. {error}") from None
    show_receipt(session, told)
    session.out.tell("The signature holds: this is exactly what was accepted.")


def show_receipt(session: Session, told: Document) -> None:
    """A receipt or a completion, with what it says in words."""
    parts = [
        detailed(told, *(HEAD if "claims" in told else COMPLETION), title="Receipt"),
        *([listed(told["claims"], *CLAIM, title="Claims")] if "claims" in told else []),
        listed(told["manifest"], *ITEM, title="Evidence handed in"),
        *([listed(told["missing"], *MISSING, title="Missing")] if told.get("missing") else []),
        line(told["statement"]["id"]),
        line(told["statement"]["en"]),
    ]
    session.out.answer(told, *parts)


def writable(file: Path) -> Path:
    """Raises `Misuse` before anything happens that could not be kept."""
    if file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise Misuse("file_unwritable", f"{file} cannot be written.")
    return file


def saved(session: Session, document: Document, file: Path) -> None:
    try:
        file.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", "utf-8")
    except OSError as error:
        raise Misuse("file_unwritable", f"{file} cannot be written: {error.strerror}.") from None
    session.out.tell(f"Saved in {file}.")


def _keys(session: Session, file: Path | None) -> KeySet:
    if file is None:
        told: Any = session.public("submission").get("/receipts/keys")
        content = json.dumps(told).encode()
    else:
        content = _bytes(file)
    try:
        return public_keys(content)
    except BadKey as error:
        raise Misuse("keys_unreadable", f"{file or 'The service'}: {error}") from None


def _bytes(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise Misuse("file_unreadable", f"{file} cannot be read: {error.strerror}.") from None
