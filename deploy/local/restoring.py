"""A stack that begins with the history of another one, from its archive."""

import shutil
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.local.applications import LOG_KEY
from deploy.local.objects import LOG
from deploy.local.processes import CannotStart
from deploy.local.stack import Addresses
from services.audit.archive import Verified, keys_beside, verified
from services.audit.restoring import Restored, Voices, restore
from services.audit.storing import BucketShelf
from shared.bus import SERVICES
from shared.documents.storage import Connection as S3Connection
from shared.documents.storage import Storage
from shared.errors import DomainError
from shared.history import Connection
from shared.transparency import Amiss, FolderShelf, SigningKey, Verifier

SERVED = ("nats", "mongo", "objects")
BEGUN = "restoring"
"""Marks a folder whose restore was interrupted, and may go on."""
KEPT = timedelta(days=3650)
Tell = Callable[[str], None]


def prepared(folder: Path, source: Path) -> Verified:
    """The whole archive, verified, before any server starts.

    The stack signs on with the key of the log that it takes over: `log-key`, which must lie in
    the folder or beside the archive. Raises `CannotStart`, also for a folder with a history.
    """
    if any((folder / name).exists() for name in SERVED) and not (folder / BEGUN).exists():
        raise CannotStart(f"A stack has run in {folder} already: restore into a new folder.")
    shelf = FolderShelf(source)
    try:
        keys = keys_beside(shelf)
        _take_key(folder, source, keys)
        whole = verified(shelf, keys, lambda _done, _of: None)
    except Amiss as error:
        raise CannotStart(f"The archive in {source} cannot be restored: {error}") from None
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    (folder / BEGUN).touch()
    return whole


def _take_key(folder: Path, source: Path, keys: tuple[Verifier, ...]) -> None:
    mine, theirs = folder / LOG_KEY, source / LOG_KEY
    if not mine.exists() and theirs.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        shutil.copy(theirs, mine)
    if not mine.exists() or SigningKey.from_text(mine.read_text()).verifier not in keys:
        raise CannotStart(
            f"The log in {source} is signed by another key: put the file {LOG_KEY} of the stack"
            f" that signed it into {folder} first."
        )


async def restored(whole: Verified, folder: Path, at: Addresses, tell: Tell) -> Restored:
    """Into streams and bucket that are empty, or hold a beginning of it. Raises `CannotStart`."""
    key = at.s3_keys["audit"]
    storage = Storage(S3Connection(at.s3_endpoint, key.access, key.secret))
    bucket = BucketShelf(storage, LOG, KEPT, lambda: datetime.now(UTC))
    try:
        async with AsyncExitStack() as open_:
            open_.callback(storage.close)
            voices = await _voices(at, open_)
            done = await restore(whole, voices, at.nats_replicas, bucket, _silently)
    except (DomainError, Amiss) as error:
        raise CannotStart(f"The archive cannot be restored: {error}") from None
    (folder / BEGUN).unlink(missing_ok=True)
    tell(f"restored {done.facts} facts and {done.checkpoints} checkpoints")
    return done


async def _voices(at: Addresses, open_: AsyncExitStack) -> Voices:
    urls = tuple(at.nats_url.split(","))
    found: dict[str, Connection] = {}
    for user in (*SERVICES, "admin"):
        found[user] = Connection(urls, user, at.nats_seeds[user], admin=user == "admin")
        await found[user].open()
        open_.push_async_callback(found[user].close)
    return Voices(found["admin"], {name: found[name] for name in SERVICES})


def _silently(what: str, done: int, of: int) -> None:
    return
