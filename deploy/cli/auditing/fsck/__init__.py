"""`inda audit fsck`: everything against everything, and the first thing that differs in each."""

from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.auditing.fsck.checks import Wishes, checked
from deploy.cli.auditing.fsck.telling import tell
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.reaching import run, text_of
from deploy.cli.failures import Misuse
from deploy.cli.session import Session, reading
from services.audit.checking import PARTS, Kept, Part, fsck_of

DIFFERS, NOT_ASKED = 1, 2
OFFLINE: tuple[Part, ...] = ("log", "archive", "views")

FolderOption = Annotated[
    Path | None,
    typer.Option("--folder", help="Check the log and the archive in this folder, no server."),
]
VkeyOption = Annotated[
    Path | None,
    typer.Option("--vkey", help="A file with the log's keys that you trust, one a line."),
]
KeptOption = Annotated[
    Path | None,
    typer.Option("--checkpoint", help="A signed checkpoint that you kept from before."),
]
OnlyOption = Annotated[
    str | None, typer.Option("--only", help=f"Some of {','.join(PARTS)}, joined by commas.")
]
SettledOption = Annotated[
    bool,
    typer.Option("--settled", help="The signer had its time: the archive may not be behind."),
]


@audit.command("fsck")
@reading
def fsck(
    session: Session,
    folder: FolderOption = None,
    vkey: VkeyOption = None,
    checkpoint: KeptOption = None,
    only: OnlyOption = None,
    settled: SettledOption = False,
) -> None:
    """Hold stream, log, archive, documents and read models against one another.

    Exit code 0 when nothing differs, 1 when anything does (the first difference of each part is
    named), 2 when a part could not be checked and nothing differs in the others.
    """
    kept = None if checkpoint is None else Kept(str(checkpoint), text_of(checkpoint))
    wishes = Wishes(folder, vkey, kept, _parts(only, folder), settled)
    found = fsck_of(run(lambda: checked(session, wishes)))
    tell(session, found)
    if found.differs:
        raise typer.Exit(DIFFERS)
    if not found.is_whole:
        raise typer.Exit(NOT_ASKED)


def _parts(only: str | None, folder: Path | None) -> tuple[Part, ...]:
    possible = PARTS if folder is None else OFFLINE
    if folder is not None and not folder.is_dir():
        raise Misuse("folder_unknown", f"{folder} is no folder.")
    if only is None:
        return possible
    asked = {each.strip() for each in only.split(",")}
    strange = sorted(asked - set(possible))
    if strange:
        raise Misuse("part_unknown", f"{strange[0]} is none of {', '.join(possible)}.")
    return tuple(each for each in possible if each in asked)
