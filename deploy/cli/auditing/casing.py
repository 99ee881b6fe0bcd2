"""`inda audit case` and `verify-case`: a case file to take along, checked without a server."""

from pathlib import Path
from typing import Annotated

import httpx
import typer

from deploy.cli.arguments import given
from deploy.cli.auditing.choosing import VkeyOption
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import run, text_of
from deploy.cli.auditing.searching import auditing
from deploy.cli.failures import Misuse
from deploy.cli.output import line
from deploy.cli.saving import download
from deploy.cli.session import Session, reading
from services.audit.archive import keys_of
from services.audit.cases import Checked, checked
from shared.transparency import Verifier

WAITS = httpx.Timeout(180.0, connect=5.0)
"""A case waits for a checkpoint over its newest fact."""

KINDS = "innovation, dossier, competition, fund, person or document"


@audit.command("case")
@reading
def save_case(
    session: Session,
    kind: Annotated[str, typer.Argument(metavar="KIND", help=f"{KINDS}.")],
    key: Annotated[str, typer.Argument(metavar="ID", help="Its id; of a document its SHA-256.")],
    save: Annotated[Path | None, typer.Option("--save", help="The file to write.")] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="Only the paper, without proofs.")] = False,
    first: Annotated[int | None, typer.Option("--first", help="From this sequence on.")] = None,
    last: Annotated[int | None, typer.Option("--last", help="Up to this sequence.")] = None,
) -> None:
    """Save a case file: all facts about one thing with their proofs, to be checked by anybody."""
    asked = given(format="pdf" if pdf else "zip", first=first, last=last)
    download(session, auditing(session, WAITS), f"/cases/{kind}/{key}", save, **asked)


@audit.command("verify-case")
@reading
def verify_case(
    session: Session,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A case file (ZIP).")],
    vkey: VkeyOption = None,
) -> None:
    """Check a case file without any server, down to its last byte.

    Exit code 0 when everything is proven, 1 with the first thing that is not.
    """
    if not file.is_file():
        raise Misuse("file_missing", f"There is no file {file}.")
    keys = _trusted(session, vkey)
    found = run(lambda: checked(file, keys))
    if not found.is_key_trusted:
        session.out.tell(
            "WARNING: the key was taken from the case file itself. Whoever made the file may have"
            " made the key: name one that you have from elsewhere with --vkey."
        )
    if not found.is_paper_checked:
        session.out.tell(
            "NOTE: kasus.pdf and BACA-SAYA.txt were made by another version, so their words were"
            " not compared with the facts. The facts themselves are proven."
        )
    session.out.answer(_told(found), line(_sentence(found)))


def _trusted(session: Session, vkey: Path | None) -> tuple[Verifier, ...]:
    """Without a file the keys that the context names, where there is a context."""
    if vkey is not None:
        return tuple(keys_of(text_of(vkey)))
    try:
        known = session.context.vkey
    except Misuse:
        known = None
    return () if known is None else tuple(keys_of(text_of(known)))


def _told(found: Checked) -> dict[str, object]:
    return {
        "kind": found.case.kind,
        "id": found.case.key,
        "facts": found.facts,
        "origin": found.origin,
        "size": found.size,
        "signers": list(found.signers),
        "key_trusted": found.is_key_trusted,
        "paper_checked": found.is_paper_checked,
    }


def _sentence(found: Checked) -> str:
    return (
        f"proven: {found.facts} facts about {found.case.kind} {found.case.key}, under the"
        f" checkpoint of {found.origin} over {found.size} facts"
    )
