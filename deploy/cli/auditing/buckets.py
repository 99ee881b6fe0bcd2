"""The bucket with log and archive, as the context lets this person reach it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from deploy.cli.auditing.reaching import text_of
from deploy.cli.failures import Misuse
from deploy.cli.session import Session
from deploy.local.keys import S3Key
from services.audit.storing import BucketShelf
from shared.documents.storage import Connection, Storage

KEPT = timedelta(days=3650)


def bucket_shelf(session: Session, key: S3Key | None = None) -> BucketShelf:
    """With the context's key, which may read, or with another one, which may write.

    What is put there is locked as the service of audit locks it where nobody says otherwise.
    Raises `Misuse` where the context names no storage.
    """
    found = session.context.storage
    if found is None:
        raise Misuse(
            "storage_unknown", f"{session.context.file} does not say how to reach the storage."
        )
    used = key or key_in(found.access_key_file, found.secret_key_file)
    connection = Connection(found.endpoint, used.access, used.secret, found.region, found.secure)
    bucket = found.buckets.get("log", "log")
    return BucketShelf(Storage(connection), bucket, KEPT, lambda: datetime.now(UTC))


def key_in(access: Path, secret: Path) -> S3Key:
    return S3Key(access=text_of(access).strip(), secret=text_of(secret).strip())
