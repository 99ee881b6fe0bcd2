"""Copies and first writes under a lock. minio has these calls, but not in public."""

from collections.abc import Sequence

from minio import Minio, S3Error
from minio.commonconfig import CopySource
from minio.datatypes import Part

from shared.documents.storage.values import Lock, Place

Headers = dict[str, str | list[str] | tuple[str]]


def copy_locked(client: Minio, sources: Sequence[Place], target: Place, lock: Lock) -> str | None:
    """The sources one after another as one object under a lock; its version.

    A multipart copy, also of a single source: a plain copy into a locked bucket loses the
    retention on some servers. Each part is copied only while its source is as it was seen, and
    nothing is left of a copy that fails.
    """
    bucket, key = target.bucket, target.key
    headers = _headers(target, lock)
    upload = client._create_multipart_upload(bucket, key, headers)  # pyright: ignore[reportPrivateUsage]
    try:
        parts = [
            _copied(client, source, target, upload, number)
            for number, source in enumerate(sources, 1)
        ]
        done = client._complete_multipart_upload(bucket, key, upload, parts)  # pyright: ignore[reportPrivateUsage]
    except BaseException:
        client._abort_multipart_upload(bucket, key, upload)  # pyright: ignore[reportPrivateUsage]
        raise
    return done.version_id


def put_new(client: Minio, target: Place, content: bytes, lock: Lock) -> bool:
    """Writes an object only where there is none; False where there is one."""
    headers: Headers = {**_headers(target, lock), "If-None-Match": "*"}
    try:
        client._put_object(target.bucket, target.key, content, headers)  # pyright: ignore[reportPrivateUsage]
    except S3Error as error:
        if error.code == "PreconditionFailed":
            return False
        raise
    return True


def _headers(target: Place, lock: Lock) -> Headers:
    return {
        "Content-Type": target.media_type,
        "x-amz-object-lock-mode": lock.mode,
        "x-amz-object-lock-retain-until-date": lock.until.strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def _copied(client: Minio, source: Place, target: Place, upload: str, number: int) -> Part:
    original = CopySource(
        source.bucket, source.key, version_id=source.version_id, match_etag=source.etag
    )
    etag, _ = client._upload_part_copy(  # pyright: ignore[reportPrivateUsage]
        target.bucket, target.key, upload, number, dict(original.gen_copy_headers())
    )
    return Part(number, etag)
