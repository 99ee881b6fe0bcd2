"""What a replay reads: the stream, or an archive with the log that vouches for it."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.auditing.reaching import connected, text_of
from deploy.cli.failures import Misuse
from deploy.cli.session import Session
from services.audit.archive import (
    CHECKPOINT,
    VKEY,
    Archive,
    ArchiveSource,
    Rules,
    Voucher,
    check_ends,
    keys_beside,
    keys_of,
)
from services.audit.domain import Replay, Report
from services.audit.reading import Source, StreamSource
from shared.editions import load
from shared.editions.taxes import load_table
from shared.transparency import LOG, FolderShelf, Shelf, Verifier

Tell = Callable[[str], None]
VkeyOption = Annotated[
    Path | None,
    typer.Option("--vkey", help="A file with the log's verifier key, from a source you trust."),
]


@dataclass(frozen=True, slots=True)
class Chosen:
    """`rules` and `voucher` are those of an archive."""

    source: Source
    replay: Replay
    rules: Rules | None = None
    voucher: Voucher | None = None

    def prove(self) -> None:
        """That what was read is what the log signs, by rules that are as they are named.

        Raises `Amiss`.
        """
        if self.voucher is not None:
            self.voucher.prove()
        if self.rules is not None:
            self.rules.check()

    def own_rules(self, report: Report) -> str | None:
        """A sentence on the rules that were used, and that the archive does not keep."""
        if self.rules is None:
            return None
        used = (*(key for key, _ in report.editions), *(key for key, _ in report.tax_tables))
        own = self.rules.lacking(used)
        return f"The archive lacks {', '.join(own)}: this build's own were taken." if own else None


async def of_stream(session: Session, open_: AsyncExitStack) -> Chosen:
    connection = await connected(session, open_)
    return Chosen(StreamSource(connection), Replay(load, load_table))


def of_archive(shelf: Shelf, vkey: Path | None, tell: Tell) -> Chosen:
    """Raises `Misuse` for what is no archive, `Amiss` for one that is not as it must be."""
    archive, rules = Archive.of(shelf), Rules(shelf)
    has_log = next(iter(shelf.listed(LOG)), None) is not None
    if not has_log and not archive.segments:
        raise Misuse("archive_missing", "There is no archive: no archive/segments and no log.")
    voucher = None
    if has_log or vkey is not None:
        voucher = Voucher(shelf, trusted(shelf, vkey, tell))
        check_ends(archive, voucher)
    else:
        tell(f"There is no {CHECKPOINT}: nothing vouches for this archive but its own names.")
    replay = Replay(rules.edition, rules.table)
    return Chosen(ArchiveSource(archive, voucher), replay, rules, voucher)


def folder_shelf(folder: Path) -> FolderShelf:
    """Raises `Misuse` where there is no such folder."""
    if not folder.is_dir():
        raise Misuse("folder_missing", f"There is no folder {folder}.")
    return FolderShelf(folder)


def trusted(shelf: Shelf, vkey: Path | None, tell: Tell) -> tuple[Verifier, ...]:
    """The keys in a file; without one those beside the log, which is said loudly."""
    if vkey is not None:
        return keys_of(text_of(vkey))
    keys = keys_beside(shelf)
    tell(
        f"WARNING: the key was taken from {VKEY} beside the log itself: whoever can change one"
        " can change the other. Name a key that you have from elsewhere with --vkey."
    )
    for each in keys:
        tell(f"  {each.text}")
    return keys
