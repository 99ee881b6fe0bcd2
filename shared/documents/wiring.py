"""The documents of a service from its settings."""

from collections.abc import Callable
from datetime import datetime

from shared.documents.clamav import ClamAV
from shared.documents.documents import Documents
from shared.documents.storage import Connection
from shared.documents.terms import Terms
from shared.settings import StorageSettings


def documents_of(settings: StorageSettings, now: Callable[[], datetime]) -> Documents:
    """`now` is the true clock: the storage checks its signatures by it."""
    scanner = ClamAV(settings.clamav_host, settings.clamav_port) if settings.clamav_host else None
    return Documents(connection_of(settings), _terms(settings), now, scanner)


def connection_of(settings: StorageSettings) -> Connection:
    """Where the object storage is, and who asks."""
    return Connection(
        endpoint=settings.s3_endpoint,
        access_key=settings.s3_access_key.get_secret_value(),
        secret_key=settings.s3_secret_key.get_secret_value(),
        region=settings.s3_region,
        is_secure=settings.s3_secure,
        public_endpoint=settings.s3_public_endpoint,
    )


def _terms(settings: StorageSettings) -> Terms:
    return Terms(
        max_bytes=settings.max_bytes,
        retention_days=settings.evidence_retention_days,
        quarantine_bucket=settings.quarantine_bucket,
        evidence_bucket=settings.evidence_bucket,
        part_bytes=settings.upload_part_bytes,
        max_pages=settings.max_pdf_pages,
        max_pixels=settings.max_image_pixels,
        upload_seconds=settings.upload_link_seconds,
        download_seconds=settings.download_link_seconds,
        spool_folder=settings.spool_folder,
    )
