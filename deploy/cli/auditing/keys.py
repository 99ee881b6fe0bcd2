"""`inda audit key`: the key that signs the log of the history."""

import os
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import text_of
from deploy.cli.failures import Denied, Misuse
from deploy.cli.output import line
from deploy.cli.session import Session, reading
from shared.transparency import Amiss, SigningKey

key = typer.Typer(no_args_is_help=True, help="The key that signs the log: make one, show it.")
audit.add_typer(key, name="key")

USUAL_ORIGIN = "inda.local/log"
Secret = Annotated[bool, typer.Option("--secret", help="Print the secret itself too.")]


@key.command("make")
@reading
def make(
    session: Session,
    origin: Annotated[
        str, typer.Option(help="The log's name for ever, such as inda.kalselprov.go.id/log.")
    ] = USUAL_ORIGIN,
    out: Annotated[Path, typer.Option(help="The new file, for its owner only.")] = Path("log-key"),
    secret: Secret = False,
) -> None:
    """Make a key, and print the verifier key that the public gets."""
    try:
        made = SigningKey.made(origin)
    except Amiss as error:
        raise Misuse(error.code, str(error)) from None
    _write(out, f"{made.text}\n")
    _show(session, made, out, secret=secret)


@key.command("show")
@reading
def show(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file of a key that signs.")],
    secret: Secret = False,
) -> None:
    """Print the verifier key of a key that signs."""
    try:
        found = SigningKey.from_text(text_of(file))
    except Amiss as error:
        raise Denied(error.code, str(error)) from None
    _show(session, found, file, secret=secret)


def _show(session: Session, found: SigningKey, file: Path, *, secret: bool) -> None:
    document = {"origin": found.name, "vkey": found.verifier.text, "file": str(file)}
    shown = [found.verifier.text]
    if secret:
        document["secret"] = found.text
        shown.append(found.text)
    session.out.answer(document, *map(line, shown))


def _write(file: Path, text: str) -> None:
    """Never over something that is there: a key that is gone signs nothing more."""
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as written:
            written.write(text)
            written.flush()
            os.fsync(descriptor)
    except FileExistsError:
        raise Misuse("file_exists", f"{file} is there already.") from None
    except OSError as error:
        raise Misuse("file_unwritable", f"{file} cannot be written: {error.strerror}.") from None
