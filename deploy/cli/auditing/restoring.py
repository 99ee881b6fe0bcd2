"""`inda audit restore`: an empty NATS becomes the history that an archive holds."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from deploy.cli.auditing.buckets import bucket_shelf, key_in
from deploy.cli.auditing.choosing import VkeyOption, folder_shelf, trusted
from deploy.cli.auditing.group import audit
from deploy.cli.auditing.progress import progress
from deploy.cli.auditing.reaching import CONNECT_SECONDS, run, text_of
from deploy.cli.failures import Misuse
from deploy.cli.output import line
from deploy.cli.session import Session, reading
from deploy.local.keys import FILE, S3Key, Secrets
from services.audit.archive import verified
from services.audit.restoring import Restored, Voices, restore
from shared.bus import SERVICES
from shared.errors import Unavailable
from shared.history import Connection

USERS = (*SERVICES, "admin")
NEXT = (
    "The read models follow by themselves: start the services, and they build them from the"
    " history. Then check with `inda audit replay`, `inda audit fsck` and `inda status`."
)


@audit.command("restore")
@reading
def restore_all(
    session: Session,
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="With archive/ and log/, as fetched.")
    ],
    seeds: Annotated[
        Path | None,
        typer.Option(
            "--seeds",
            help="A folder with <user>.nk for every service and the admin, and audit.s3-access and"
            " audit.s3-secret for the bucket, where the context's own folder has none.",
        ),
    ] = None,
    vkey: VkeyOption = None,
    bucket: Annotated[
        bool,
        typer.Option("--bucket/--no-bucket", help="Put log and archive into the bucket too."),
    ] = True,
) -> None:
    """Build an empty NATS from the archive: the same facts at the same sequences, and their log.

    Stop the services first. Archive and log are verified before anything is written; what was
    interrupted goes on where it stopped.
    """
    done = run(lambda: _restored(session, folder, seeds, vkey, bucket=bucket))
    document = {
        "facts": done.facts,
        "before": done.before,
        "checkpoints": done.checkpoints,
        "files": done.files,
    }
    facts = f"{done.facts} facts, of which {done.before} were there"
    session.out.answer(document, line(f"restored: {facts}; {done.checkpoints} checkpoints"))
    session.out.tell(NEXT)


async def _restored(
    session: Session, folder: Path, glass: Path | None, vkey: Path | None, *, bucket: bool
) -> Restored:
    nats = session.context.nats
    if nats is None:
        raise Misuse("nats_unknown", f"{session.context.file} does not say how to reach NATS.")
    seeds, shelf = _seeds(session, glass), folder_shelf(folder)
    keys = trusted(shelf, vkey, session.out.tell)
    target = bucket_shelf(session, _bucket_key(session, glass)) if bucket else None
    async with AsyncExitStack() as open_:
        watch = open_.enter_context(progress(session, ""))
        whole = await asyncio.to_thread(verified, shelf, keys, partial(watch, "verifying"))
        voices = await voices_of(nats.urls, seeds, open_)
        return await restore(whole, voices, nats.replicas, target, watch)


async def voices_of(
    urls: tuple[str, ...], seeds: Mapping[str, str], open_: AsyncExitStack
) -> Voices:
    """A connection of every user. Raises `Unavailable` when NATS does not answer."""
    found: dict[str, Connection] = {}
    for user in USERS:
        connection = Connection(urls, user, seeds[user], admin=user == "admin")
        try:
            await connection.open(CONNECT_SECONDS)
        except TimeoutError:
            raise Unavailable("history_unavailable", "NATS does not answer.") from None
        open_.push_async_callback(connection.close)
        found[user] = connection
    return Voices(found["admin"], {name: found[name] for name in SERVICES})


def _seeds(session: Session, folder: Path | None) -> Mapping[str, str]:
    """By user. Only who may break the glass has all of them. Raises `Misuse` for one missing."""
    if folder is not None:
        return {user: text_of(folder / f"{user}.nk").strip() for user in USERS}
    nats = session.context.nats
    known = {} if nats is None else nats.seeds
    secrets = _secrets(session)
    if secrets is not None:
        return secrets.nats_seeds
    missing = [user for user in USERS if user not in known]
    if missing:
        raise Misuse(
            "seeds_missing",
            f"{session.context.file} names no seeds of {', '.join(missing)}: a restore speaks as"
            " every service. Name a folder with <user>.nk with --seeds.",
        )
    return {user: text_of(known[user]).strip() for user in USERS}


def _bucket_key(session: Session, folder: Path | None) -> S3Key | None:
    """Of the service of audit, which may write the log; None where only the context has a key."""
    if folder is not None:
        access, secret = folder / "audit.s3-access", folder / "audit.s3-secret"
        return key_in(access, secret) if access.exists() else None
    secrets = _secrets(session)
    return None if secrets is None else secrets.s3_keys["audit"]


def _secrets(session: Session) -> Secrets | None:
    """All of a stack of `make run`, which lie beside its context."""
    file = session.context.folder / FILE
    return Secrets.model_validate_json(text_of(file)) if file.exists() else None
