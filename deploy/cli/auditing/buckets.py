"""The bucket with log and archive, as the context lets this person reach it."""

from datetime import UTC, datetime, timedelta

from deploy.cli.auditing.reaching import text_of
from deploy.cli.failures import Misuse
from deploy.cli.session import Session
from services.audit.storing import BucketShelf
from shared.documents.storage import Connection, Storage

KEPT = timedelta(days=3650)


def bucket_shelf(session: Session) -> BucketShelf:
    """What is put there is locked as the auditor's service locks it where nobody says otherwise.

    Raises `Misuse` where the context names no storage.
    """
    found = session.context.storage
    if found is None:
        raise Misuse(
            "storage_unknown", f"{session.context.file} does not say how to reach the storage."
        )
    access, secret = text_of(found.access_key_file), text_of(found.secret_key_file)
    connection = Connection(
        found.endpoint, access.strip(), secret.strip(), found.region, found.secure
    )
    bucket = found.buckets.get("log", "log")
    return BucketShelf(Storage(connection), bucket, KEPT, lambda: datetime.now(UTC))
