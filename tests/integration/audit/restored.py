"""Stacks for restores: a signed history with its bucket, and an empty NATS beside it."""

import json
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

from pymongo import MongoClient

from deploy.cli.auditing.restoring import voices_of
from deploy.local.stack import Addresses
from services.audit.archive import Verified, verified
from services.audit.restoring import Restored, restore
from shared.history import read_all
from shared.history.reader import last_sequence
from shared.transparency import FolderShelf, Shelf, leaf_of
from tests.component.audit.logged import KEY, Bucket, auditor, signed_all, signer
from tests.integration.audit.world import connected

BETWEEN_CHECKPOINTS = 70


async def signed(at: Addresses, bucket: Bucket) -> None:
    """Several checkpoints over what the stream holds."""
    async with auditor(at) as connection:
        await signed_all(signer(connection, bucket.shelf, BETWEEN_CHECKPOINTS))


def with_storage(context: Path, at: Addresses, bucket: Bucket, user: str = "admin") -> None:
    """The context also knows the bucket, the key of this user for it, and the log's key."""
    folder = context.parent
    key = at.s3_keys[user]
    (folder / "access").write_text(key.access)
    (folder / "secret").write_text(key.secret)
    (folder / "log.vkey").write_text(f"{KEY.verifier.text}\n")
    told = json.loads(context.read_text())
    told["storage"] = {
        "endpoint": at.s3_endpoint,
        "access_key_file": "access",
        "secret_key_file": "secret",
        "buckets": {"log": bucket.name},
    }
    told["vkey"] = "log.vkey"
    context.write_text(json.dumps(told))


def seeds(folder: Path, at: Addresses) -> Path:
    """A file for every user, and the key of the bucket, as who may break the glass has them."""
    folder.mkdir()
    for user, seed in at.nats_seeds.items():
        (folder / f"{user}.nk").write_text(f"{seed}\n")
    # The buckets of these tests are open to the admin only.
    key = at.s3_keys["admin"]
    (folder / "audit.s3-access").write_text(f"{key.access}\n")
    (folder / "audit.s3-secret").write_text(f"{key.secret}\n")
    return folder


def emptied(at: Addresses) -> None:
    """Drops every read model."""
    for url in at.mongo_urls.values():
        with MongoClient[dict[str, object]](url) as client:
            database = client.get_default_database()
            for name in database.list_collection_names():
                database.drop_collection(name)


def beside(fresh: Addresses, at: Addresses) -> Addresses:
    """Another NATS with the databases and the storage of these."""
    return replace(fresh, mongo_urls=at.mongo_urls, s3_endpoint=at.s3_endpoint, s3_keys=at.s3_keys)


def checked(folder: Path) -> Verified:
    return verified(FolderShelf(folder), (KEY.verifier,), nobody)


def nobody(*_: object) -> None:
    return


async def restored(
    whole: Verified, at: Addresses, bucket: Shelf | None = None, watch: object = nobody
) -> Restored:
    async with AsyncExitStack() as open_:
        urls = tuple(at.nats_url.split(","))
        voices = await voices_of(urls, at.nats_seeds, open_)
        return await restore(whole, voices, at.nats_replicas, bucket, watch)  # type: ignore[arg-type]


async def leaves(at: Addresses) -> Mapping[int, bytes]:
    """Of everything that the stream holds, by sequence."""
    async with connected(at, "audit") as connection:
        last = await last_sequence(connection)
        return {each.sequence: leaf_of(each) async for each in read_all(connection, 1, last)}
