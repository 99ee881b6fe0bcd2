"""Uploads into quarantine, intake to the content address, short-lived links to what is kept."""

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import Literal, ParamSpec, TypeVar

from shared.documents.content import Content, Declared, Failed, failed_unread, first_failed, read
from shared.documents.names import address, digest, disposition, quarantine_key
from shared.documents.results import Accepted, Held, Intake, NotUploaded, Stored, UploadForm
from shared.documents.scanning import NoScanner, Scan, Scanner, Verdict
from shared.documents.storage import CONNECTIONS, Connection, Lock, Place, Storage
from shared.errors import Invalid, Unavailable

P = ParamSpec("P")
T = TypeVar("T")

INTAKE_SECONDS = 60.0
CALL_SECONDS = 20.0


class Documents:
    """The evidence of one service. Raises Unavailable when the storage does not answer in time.

    `max_bytes` is the largest upload for each media type; `now` must be aware.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        quarantine_bucket: str,
        evidence_bucket: str,
        retention_days: int,
        max_bytes: Mapping[str, int],
        now: Callable[[], datetime],
        upload_seconds: int = 900,
        download_seconds: int = 120,
        scanner: Scanner | None = None,
    ) -> None:
        self._storage = Storage(connection)
        self._quarantine = quarantine_bucket
        self._evidence = evidence_bucket
        self._retention = timedelta(days=retention_days)
        self._max_bytes = max_bytes
        self._now = now
        self._upload = timedelta(seconds=upload_seconds)
        self._download = timedelta(seconds=download_seconds)
        self._scanner = scanner or NoScanner()
        self._pool = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="documents")

    def close(self) -> None:
        """Take no more work and let go of idle connections."""
        self._pool.shutdown(wait=False, cancel_futures=True)
        self._storage.close()

    def upload_link(self, evidence_id: str, declared: Declared) -> UploadForm:
        """A form with which a browser uploads this one file, and no larger one, to quarantine.

        Invalid, with the rule as code, for a type or size that would be refused anyway.
        """
        if failed := failed_unread(declared.size_bytes, declared, self._max_bytes):
            raise Invalid(failed.rule, "Such a file is not accepted as evidence.", **failed.params)
        ends = self._now() + self._upload
        fields = {
            "key": quarantine_key(evidence_id),
            "Content-Type": declared.media_type,
            "x-amz-meta-sha256": digest(declared.sha256),
        }
        sizes = (1, declared.size_bytes)
        url, signed = self._storage.form(self._quarantine, fields, sizes, ends)
        return UploadForm(url, signed, ends)

    def download_link(self, sha256: str, file_name: str, media_type: str) -> str:
        """A short-lived address that saves the evidence under this name; ask who asks first."""
        headers = {
            "response-content-disposition": disposition(file_name),
            "response-content-type": media_type,
        }
        place = Place(self._evidence, address(sha256))
        return self._storage.link(place, headers, self._now(), self._download)

    async def intake(self, evidence_id: str, declared: Declared) -> Intake:
        """Judge what was uploaded, and keep it when it is as declared. Safe to repeat.

        The upload stays in quarantine, so that a crash before the fact is recorded asks nothing
        of the uploader: call `discard` when the fact is acknowledged.
        """
        key = quarantine_key(evidence_id)
        return await self._within(INTAKE_SECONDS, self._taken_in, key, declared)

    async def discard(self, evidence_id: str) -> None:
        """Remove the upload from quarantine; nothing happens when it is not there."""
        key = quarantine_key(evidence_id)
        await self._within(CALL_SECONDS, self._discarded, key)

    async def exists(self, sha256: str) -> bool:
        """Whether these bytes are kept as evidence."""
        place = await self._within(
            CALL_SECONDS, self._storage.found, self._evidence, address(sha256)
        )
        return place is not None

    async def stat(self, sha256: str) -> Stored | None:
        """What is kept under this digest; None when nothing is."""
        return await self._within(CALL_SECONDS, self._stored, sha256)

    async def put_locked(
        self,
        bucket: str,
        key: str,
        content: bytes,
        *,
        media_type: str,
        until: datetime,
        mode: Literal["GOVERNANCE", "COMPLIANCE"] = "COMPLIANCE",
    ) -> str:
        """Write an object that cannot be deleted before `until`; its version."""
        lock = Lock(mode, until.replace(microsecond=0))
        return await self._within(
            CALL_SECONDS, self._put_locked, bucket, key, content, media_type, lock
        )

    async def ensure_ready(self) -> None:
        """Unavailable unless both buckets exist and evidence keeps versions under object lock."""
        refusals = await self._within(
            CALL_SECONDS, self._storage.refusals, self._quarantine, self._evidence
        )
        if refusals:
            raise Unavailable("storage_not_ready", " ".join(refusals))

    async def _within(
        self, seconds: float, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(seconds):
                return await loop.run_in_executor(self._pool, lambda: work(*args, **kwargs))
        except TimeoutError as error:
            raise Unavailable(
                "storage_timeout", "The object storage takes too long to answer."
            ) from error

    def _taken_in(self, key: str, declared: Declared) -> Intake:
        upload = self._storage.found(self._quarantine, key)
        if upload is None:
            return NotUploaded()
        if failed := failed_unread(upload.size_bytes, declared, self._max_bytes):
            return failed
        scan = self._scanner.begin()
        content = read(_shown(self._storage.chunks(upload), scan))
        if failed := first_failed(content, declared):
            return failed
        return self._scanned(upload, content, scan.verdict())

    def _scanned(self, upload: Place, content: Content, verdict: Verdict) -> Intake:
        match verdict:
            case Verdict.CLEAN:
                return self._kept(upload, content)
            case Verdict.INFECTED:
                return Failed("malware")
            case Verdict.HELD:
                return Held()

    def _kept(self, upload: Place, content: Content) -> Accepted:
        """One copy for a digest; of two at the same moment both are whole and locked."""
        key = address(content.sha256)
        wanted = Lock("GOVERNANCE", (self._now() + self._retention).replace(microsecond=0))
        there = self._storage.found(self._evidence, key)
        if there is None or there.size_bytes != content.size_bytes:
            self._storage.copy_locked(upload, self._evidence, key, wanted)
            there = self._storage.found(self._evidence, key)
        if there is None or there.size_bytes != content.size_bytes:
            raise Unavailable("evidence_not_kept", "The storage did not keep the whole file.")
        lock = self._locked(there, wanted)
        return Accepted(
            content.sha256,
            content.size_bytes,
            content.media_type,
            key,
            there.version_id,
            lock.until,
        )

    def _locked(self, place: Place, wanted: Lock) -> Lock:
        """The lock as read back, set or made longer first where it falls short."""
        lock = self._storage.lock_of(place.bucket, place.key, place.version_id)
        if lock is None or not lock.covers(wanted):
            self._storage.lock(place.bucket, place.key, place.version_id, wanted)
            lock = self._storage.lock_of(place.bucket, place.key, place.version_id)
        if lock is None or not lock.covers(wanted):
            raise Unavailable("retention_missing", "The storage does not lock what it keeps.")
        return lock

    def _put_locked(
        self, bucket: str, key: str, content: bytes, media_type: str, lock: Lock
    ) -> str:
        version = self._storage.put_locked(bucket, key, content, media_type, lock)
        self._locked(Place(bucket, key, version or None), lock)
        return version

    def _discarded(self, key: str) -> None:
        upload = self._storage.found(self._quarantine, key)
        if upload is not None:
            self._storage.remove(upload)

    def _stored(self, sha256: str) -> Stored | None:
        key = address(sha256)
        place = self._storage.found(self._evidence, key)
        if place is None:
            return None
        lock = self._storage.lock_of(self._evidence, key, place.version_id)
        until = None if lock is None else lock.until
        return Stored(sha256, place.size_bytes, place.media_type, place.version_id, until)


def _shown(chunks: Iterator[bytes], scan: Scan) -> Iterator[bytes]:
    for chunk in chunks:
        scan.feed(chunk)
        yield chunk
