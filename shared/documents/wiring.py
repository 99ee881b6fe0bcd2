"""The documents of a service from its settings."""

from collections.abc import Callable
from datetime import datetime

from shared.documents.documents import Documents
from shared.documents.storage import Connection
from shared.settings import StorageSettings


def documents_of(settings: StorageSettings, now: Callable[[], datetime]) -> Documents:
    """`now` is the true clock: the storage checks its signatures by it."""
    connection = Connection(
        endpoint=settings.s3_endpoint,
        access_key=settings.s3_access_key.get_secret_value(),
        secret_key=settings.s3_secret_key.get_secret_value(),
        region=settings.s3_region,
        is_secure=settings.s3_secure,
        public_endpoint=settings.s3_public_endpoint,
    )
    return Documents(
        connection,
        quarantine_bucket=settings.quarantine_bucket,
        evidence_bucket=settings.evidence_bucket,
        retention_days=settings.evidence_retention_days,
        max_bytes=settings.max_bytes,
        now=now,
        upload_seconds=settings.upload_link_seconds,
        download_seconds=settings.download_link_seconds,
    )
