"""A log of its own for a test: facts in a real stream, keys, and a bucket nobody else writes to."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

from minio import Minio
from minio.objectlockconfig import COMPLIANCE, DAYS, ObjectLockConfig

from deploy.local.objects import REGION
from deploy.local.stack import Addresses
from services.audit.sealing import Signer
from services.audit.storing import BucketShelf
from shared.bus import apply
from shared.documents.storage import Connection as S3Connection
from shared.documents.storage import Storage
from shared.history import Connection, connect
from shared.history.checkpoints import Checkpoints
from shared.history.envelope import Message
from shared.history.names import STREAM
from shared.service import utc_now
from shared.transparency import Shelf, SigningKey
from tests.servers import nats_client

ORIGIN = "test.inda/log"
KEY = SigningKey.made(ORIGIN)
OLD_KEY = SigningKey.made(ORIGIN)
_buckets = count(1)


def message(sequence: int, text: str = "as it was") -> Message:
    """A small fact of an agency, always the same at a sequence."""
    headers = {
        "ce-id": f"event-{sequence}",
        "ce-time": "2026-05-20T03:00:30.250000Z",
        "ce-type": "inda.submission.agency-renamed.v1",
        "content-type": "application/json",
    }
    body = f'{{"name":"{text} {sequence}"}}'.encode()
    return Message(f"inda.v1.submission.agency.a{sequence % 7}", sequence, headers, body)


async def say(at: Addresses, last: int, text: str = "as it was") -> None:
    """Facts up to the sequence `last`, behind what is there."""
    async with nats_client(at, "submission") as client:
        first = await _last(at) + 1
        for sequence in range(first, last + 1):
            told = message(sequence, text)
            await client.publish(told.subject, told.body, headers=dict(told.headers))
            if sequence % 500 == 0:
                await client.flush()
        await client.flush()
    async with asyncio.timeout(30):
        while await _last(at) < last:  # noqa: ASYNC110 - the server takes its time
            await asyncio.sleep(0.01)


async def _last(at: Addresses) -> int:
    async with nats_client(at, "admin") as admin:
        return (await admin.jetstream().stream_info(STREAM)).state.last_seq


async def anew(at: Addresses, *streams: str) -> None:
    """Deletes streams and makes them again, empty."""
    async with nats_client(at, "admin") as admin:
        for stream in streams:
            await admin.jetstream().delete_stream(stream)
        await apply(admin, 1)


@asynccontextmanager
async def auditor(at: Addresses) -> AsyncGenerator[Connection]:
    connection = await connect(tuple(at.nats_url.split(",")), "audit", at.nats_seeds["audit"])
    try:
        yield connection
    finally:
        await connection.close()


def signer(connection: Connection, shelf: Shelf, most: int = 50_000) -> Signer:
    return Signer(connection, shelf, (KEY,), most_in_a_round=most)


async def signed_all(signer: Signer) -> None:
    """Rounds until nothing waits."""
    while await signer.once():
        pass


async def notes(connection: Connection) -> list[str]:
    """All that were signed, in order."""
    kept = Checkpoints(connection)
    last = await kept.last()
    found = [await kept.at(each) for each in range(1, 1 + (last.sequence if last else 0))]
    return [each.note for each in found if each is not None]


def files(shelf: Shelf) -> dict[str, bytes | None]:
    return {path: shelf.get(path) for path in shelf.listed("")}


@dataclass(frozen=True)
class Bucket:
    """A bucket under lock, and how the auditor's shelf over it is reached."""

    name: str
    shelf: BucketShelf
    admin: Minio


def bucket(at: Addresses) -> Iterator[Bucket]:
    """Made by the admin, since the auditor's own key opens one bucket only."""
    key = at.s3_keys["admin"]
    admin = Minio(at.s3_endpoint, key.access, key.secret, secure=False, region=REGION)
    name = f"log-{next(_buckets)}"
    admin.make_bucket(name, object_lock=True)
    admin.set_object_lock_config(name, ObjectLockConfig(COMPLIANCE, 1, DAYS))
    storage = Storage(S3Connection(at.s3_endpoint, key.access, key.secret))
    yield Bucket(name, BucketShelf(storage, name, timedelta(days=1), utc_now), admin)
    storage.close()
