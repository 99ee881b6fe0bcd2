"""`inda audit fetch`: log and archive into a folder, so that an auditor is their own witness."""

import asyncio
import time
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.auditing.buckets import bucket_shelf
from deploy.cli.auditing.choosing import VkeyOption
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.progress import progress
from deploy.cli.auditing.reaching import run, text_of
from deploy.cli.output import line
from deploy.cli.session import Session, reading
from services.audit.archive import VKEY, ArchiveBehind, Fetched, fetch, keys_of, trusted_keys
from shared.transparency import FolderShelf

BEHIND_SECONDS = 60.0
AGAIN_SECONDS = 1.0


@audit.command("fetch")
@reading
def fetch_all(
    session: Session,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Made where there is none.")],
    vkey: VkeyOption = None,
) -> None:
    """Download the log and the archive into a folder: only what is new, and all of it verified.

    Refused, and the folder left as it was, when the log is not the one of the last time gone on.
    """
    done = run(lambda: _fetched(session, folder, vkey))
    document = {
        "folder": str(folder),
        "origin": done.head.origin,
        "size": done.head.size,
        "root": done.head.root.hex(),
        "before": done.before,
        "files": done.files,
        "bytes": done.bytes,
    }
    told = f"fetched: {done.head.size} facts ({done.head.size - done.before} new), verified"
    session.out.answer(document, line(told))


async def _fetched(session: Session, folder: Path, vkey: Path | None) -> Fetched:
    source, kept = bucket_shelf(session), FolderShelf(folder)
    known = vkey or session.context.vkey
    if known is not None:
        keys = keys_of(text_of(known))
    else:
        keys = trusted_keys(source, kept)
        if kept.get(VKEY) is None:
            session.out.tell(
                "WARNING: the key was taken from the bucket itself. Compare it with the one that"
                " was published, or name that with --vkey:"
            )
            for each in keys:
                session.out.tell(f"  {each.text}")
    end = time.monotonic() + BEHIND_SECONDS
    with progress(session, "") as watch:
        while True:
            try:
                return await asyncio.to_thread(fetch, source, folder, keys, watch)
            except ArchiveBehind:
                # Facts are archived a moment after they were signed.
                if time.monotonic() > end:
                    raise
                await asyncio.sleep(AGAIN_SECONDS)
