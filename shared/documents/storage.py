"""The one door to S3: the only file that imports minio, and where its private calls are kept."""

import io
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

import urllib3
from minio import Minio, S3Error
from minio.commonconfig import CopySource
from minio.datatypes import Part, PostPolicy
from minio.error import MinioException
from minio.retention import Retention

from shared.errors import Unavailable

CHUNK_BYTES = 1024 * 1024
CONNECTIONS = 8
CONNECT_SECONDS = 3.0
READ_SECONDS = 15.0
ABSENT = frozenset({"NoSuchKey", "NoSuchVersion", "NoSuchObject"})


@dataclass(frozen=True, slots=True)
class Connection:
    """`endpoint` is host and port as the service sees it, `public_endpoint` as browsers do.

    `public_endpoint` is empty when it is the same.
    """

    endpoint: str
    access_key: str
    secret_key: str = field(repr=False)
    region: str = "us-east-1"
    is_secure: bool = False
    public_endpoint: str = ""


@dataclass(frozen=True, slots=True)
class Lock:
    """How an object is kept: nobody deletes it before `until`, in COMPLIANCE not even an admin.

    `until` is UTC in whole seconds, as the storage keeps it.
    """

    mode: Literal["GOVERNANCE", "COMPLIANCE"]
    until: datetime

    def covers(self, other: "Lock") -> bool:
        """Whether this lock is at least as strong and as long."""
        return self.until >= other.until and self.mode in ("COMPLIANCE", other.mode)


@dataclass(frozen=True, slots=True)
class Place:
    """One object, or one version of it, exactly as it was seen."""

    bucket: str
    key: str
    version_id: str | None = None
    etag: str | None = None
    size_bytes: int = 0
    media_type: str = ""


class Storage:
    """Blocking calls; Unavailable when the storage does not answer or refuses to."""

    def __init__(self, connection: Connection) -> None:
        self._http = urllib3.PoolManager(
            maxsize=CONNECTIONS,
            timeout=urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            retries=urllib3.Retry(2, backoff_factor=0.2, status_forcelist=(500, 502, 503, 504)),
        )
        self._client = self._connected(connection, connection.endpoint)
        public = connection.public_endpoint or connection.endpoint
        self._signer = self._connected(connection, public)
        self._public = f"{'https' if connection.is_secure else 'http'}://{public}"

    def _connected(self, connection: Connection, endpoint: str) -> Minio:
        return Minio(
            endpoint,
            connection.access_key,
            connection.secret_key,
            secure=connection.is_secure,
            region=connection.region,
            http_client=self._http,
        )

    def close(self) -> None:
        self._http.clear()

    def form(
        self, bucket: str, fields: Mapping[str, str], sizes: tuple[int, int], ends: datetime
    ) -> tuple[str, dict[str, str]]:
        """A form that uploads one object with exactly these fields; the address ends in a slash."""
        policy = PostPolicy(bucket, ends)
        for name, value in fields.items():
            policy.add_equals_condition(name, value)
        policy.add_content_length_range_condition(*sizes)
        signed = self._signer.presigned_post_policy(policy)
        return f"{self._public}/{bucket}/", {**fields, **signed}

    def link(
        self, place: Place, headers: Mapping[str, str], now: datetime, lasts: timedelta
    ) -> str:
        """An address that answers the object with these headers until `now + lasts`."""
        return self._signer.presigned_get_object(
            place.bucket,
            place.key,
            lasts,
            response_headers=dict(headers),
            request_date=now,
            version_id=place.version_id,
        )

    def found(self, bucket: str, key: str) -> Place | None:
        """The newest version; None when there is none or it was deleted."""
        with _answering():
            try:
                seen = self._client.stat_object(bucket, key)
            except S3Error as error:
                if error.code in ABSENT:
                    return None
                raise
            return Place(
                bucket, key, seen.version_id, seen.etag, seen.size or 0, seen.content_type or ""
            )

    def chunks(self, place: Place) -> Iterator[bytes]:
        """The bytes of exactly this object: a later upload to its key is not mixed in."""
        with _answering():
            response = self._client.get_object(
                place.bucket,
                place.key,
                request_headers={"If-Match": f'"{place.etag}"'},
                version_id=place.version_id,
            )
            try:
                yield from response.stream(CHUNK_BYTES)
            finally:
                response.close()
                response.release_conn()

    def copy_locked(self, source: Place, bucket: str, key: str, lock: Lock) -> str | None:
        """Copy on the server under a lock; the version. Only while the source is as it was seen.

        A multipart copy of one part: a plain copy into a locked bucket loses the retention on
        some servers. minio has these calls, but not in public.
        """
        client = self._client
        headers: dict[str, str | list[str] | tuple[str]] = {
            "Content-Type": source.media_type,
            "x-amz-object-lock-mode": lock.mode,
            "x-amz-object-lock-retain-until-date": lock.until.strftime("%Y-%m-%dT%H:%M:%SZ"),
        }
        with _answering():
            upload = client._create_multipart_upload(bucket, key, headers)  # pyright: ignore[reportPrivateUsage]
            try:
                original = CopySource(
                    source.bucket,
                    source.key,
                    version_id=source.version_id,
                    match_etag=source.etag,
                )
                etag, _ = client._upload_part_copy(  # pyright: ignore[reportPrivateUsage]
                    bucket, key, upload, 1, dict(original.gen_copy_headers())
                )
                done = client._complete_multipart_upload(  # pyright: ignore[reportPrivateUsage]
                    bucket, key, upload, [Part(1, etag)]
                )
            except BaseException:
                client._abort_multipart_upload(bucket, key, upload)  # pyright: ignore[reportPrivateUsage]
                raise
            return done.version_id

    def put_locked(self, bucket: str, key: str, content: bytes, media_type: str, lock: Lock) -> str:
        """Write under a lock; the version."""
        with _answering():
            written = self._client.put_object(
                bucket, key, io.BytesIO(content), len(content), media_type, retention=_of(lock)
            )
            return written.version_id or ""

    def lock_of(self, bucket: str, key: str, version_id: str | None) -> Lock | None:
        """The lock as the storage says it, None without one."""
        with _answering():
            kept = self._client.get_object_retention(bucket, key, version_id)
            if kept is None:
                return None
            mode = "COMPLIANCE" if kept.mode == "COMPLIANCE" else "GOVERNANCE"
            return Lock(mode, kept.retain_until_date)

    def lock(self, bucket: str, key: str, version_id: str | None, lock: Lock) -> None:
        """Lock a version, or for longer than it was."""
        with _answering():
            self._client.set_object_retention(bucket, key, _of(lock), version_id)

    def remove(self, place: Place) -> None:
        with _answering():
            self._client.remove_object(place.bucket, place.key, place.version_id)

    def refusals(self, quarantine: str, evidence: str) -> list[str]:
        """What hinders taking in evidence, as sentences; [] when all is as it must be."""
        with _answering():
            missing = [
                f"The bucket {name} does not exist."
                for name in (quarantine, evidence)
                if not self._client.bucket_exists(name)
            ]
            return missing or self._unlocked(evidence)

    def _unlocked(self, bucket: str) -> list[str]:
        if self._client.get_bucket_versioning(bucket).status != "Enabled":
            return [f"The bucket {bucket} keeps no versions."]
        try:
            self._client.get_object_lock_config(bucket)
        except S3Error as error:
            if error.code != "ObjectLockConfigurationNotFoundError":
                raise
            return [f"The bucket {bucket} has no object lock."]
        return []


def _of(lock: Lock) -> Retention:
    return Retention(lock.mode, lock.until)


@contextmanager
def _answering() -> Generator[None, None, None]:
    try:
        yield
    except S3Error as error:
        if error.code == "PreconditionFailed":
            raise Unavailable(
                "upload_changed", "The upload changed while it was read; try again."
            ) from error
        raise _unavailable(str(error.code)) from error
    except (MinioException, urllib3.exceptions.HTTPError, OSError) as error:
        raise _unavailable(type(error).__name__) from error


def _unavailable(reason: str) -> Unavailable:
    return Unavailable(
        "storage_unavailable", "The object storage does not answer as it should.", reason=reason
    )
