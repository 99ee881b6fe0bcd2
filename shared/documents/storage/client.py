"""The blocking calls to S3 that documents are made of."""

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

import urllib3
from minio import Minio, S3Error
from minio.datatypes import PostPolicy
from minio.retention import Retention

from shared.documents.storage.answers import answering
from shared.documents.storage.copying import copy_locked, put_new
from shared.documents.storage.values import Connection, Lock, Place

CHUNK_BYTES = 1024 * 1024
CONNECTIONS = 8
CONNECT_SECONDS = 3.0
READ_SECONDS = 15.0
ABSENT = frozenset({"NoSuchKey", "NoSuchVersion", "NoSuchObject"})


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
        with answering():
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
        with answering():
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

    def content(self, bucket: str, key: str) -> bytes | None:
        """All bytes of the newest version at once; None when there is none or it was deleted."""
        with answering():
            try:
                response = self._client.get_object(bucket, key)
            except S3Error as error:
                if error.code in ABSENT:
                    return None
                raise
            try:
                return response.read()
            finally:
                response.close()
                response.release_conn()

    def listed(self, bucket: str, prefix: str = "") -> Iterator[Place]:
        """All objects under this prefix, in the order of their keys, asked for page by page."""
        with answering():
            for seen in self._client.list_objects(bucket, prefix, recursive=True):
                if seen.object_name and not seen.is_dir:
                    yield Place(
                        bucket,
                        seen.object_name,
                        etag=seen.etag,
                        size_bytes=seen.size or 0,
                        changed_at=seen.last_modified,
                    )

    def copy_locked(self, sources: Sequence[Place], target: Place, lock: Lock) -> str | None:
        """Copy on the server, joined in this order, under a lock; the version.

        Only while every source is as it was seen. `target` says bucket, key and media type.
        """
        with answering():
            return copy_locked(self._client, sources, target, lock)

    def put_locked(self, bucket: str, key: str, content: bytes, media_type: str, lock: Lock) -> str:
        """Write under a lock; the version."""
        with answering():
            written = self._client.put_object(
                bucket, key, io.BytesIO(content), len(content), media_type, retention=_of(lock)
            )
            return written.version_id or ""

    def put_new(self, bucket: str, key: str, content: bytes, media_type: str, lock: Lock) -> bool:
        """Write under a lock where nothing is yet; False where something is."""
        with answering():
            return put_new(self._client, Place(bucket, key, media_type=media_type), content, lock)

    def lock_of(self, bucket: str, key: str, version_id: str | None) -> Lock | None:
        """The lock as the storage says it, None without one."""
        with answering():
            kept = self._client.get_object_retention(bucket, key, version_id)
            if kept is None:
                return None
            mode = "COMPLIANCE" if kept.mode == "COMPLIANCE" else "GOVERNANCE"
            return Lock(mode, kept.retain_until_date)

    def lock(self, bucket: str, key: str, version_id: str | None, lock: Lock) -> None:
        """Lock a version, or for longer than it was."""
        with answering():
            self._client.set_object_retention(bucket, key, _of(lock), version_id)

    def remove(self, place: Place) -> None:
        with answering():
            self._client.remove_object(place.bucket, place.key, place.version_id)

    def refusals(self, quarantine: str, evidence: str) -> list[str]:
        """What hinders taking in evidence, as sentences; [] when all is as it must be."""
        with answering():
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
