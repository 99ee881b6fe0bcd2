"""Uploads into quarantine, intake to the content address, short-lived links to what is kept."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import suppress
from datetime import datetime
from typing import Literal, ParamSpec, TypeVar

from shared.documents.content import Declared
from shared.documents.inspection import NoPicture
from shared.documents.intake import TakingIn
from shared.documents.keeping import Keeping
from shared.documents.names import quarantine_key
from shared.documents.results import Intake, NotUploaded, Stored, UploadForm, UploadParts
from shared.documents.scanning import NoScanner, Scanner
from shared.documents.storage import CONNECTIONS, Connection, Lock, Place, Storage
from shared.documents.terms import MEBIBYTE, Terms
from shared.documents.uploads import Uploads
from shared.errors import Unavailable

P = ParamSpec("P")
T = TypeVar("T")

CALL_SECONDS = 20.0
INTAKE_SECONDS = 60.0
# A large file gets more time: as long as it takes at this speed.
INTAKE_BYTES_A_SECOND = 2 * MEBIBYTE
INTAKES_AT_ONCE = 4


class Documents:
    """The evidence of one service. Raises Unavailable when the storage does not answer in time.

    `now` must be aware, and the true time: the storage checks signatures by its own clock.
    """

    def __init__(
        self,
        connection: Connection,
        terms: Terms,
        now: Callable[[], datetime],
        scanner: Scanner | None = None,
    ) -> None:
        self._storage = Storage(connection)
        self._terms = terms
        self._uploads = Uploads(self._storage, terms, now)
        self._keeping = Keeping(self._storage, terms, now)
        self._intake = TakingIn(
            self._storage, self._uploads, self._keeping, scanner or NoScanner(), terms
        )
        # Apart, so that large files on their way in keep nobody from asking.
        self._calls = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="documents")
        self._intakes = ThreadPoolExecutor(INTAKES_AT_ONCE, thread_name_prefix="intake")

    @property
    def part_bytes(self) -> int:
        """Files up to this size come whole (`upload_link`), larger ones in `parts` of it."""
        return self._terms.part_bytes

    def close(self) -> None:
        """Take no more work, end the sandbox and let go of idle connections."""
        self._calls.shutdown(wait=False, cancel_futures=True)
        self._intakes.shutdown(wait=False, cancel_futures=True)
        self._intake.close()
        self._storage.close()

    def upload_link(self, evidence_id: str, declared: Declared) -> UploadForm:
        """A form with which a browser uploads this one file, and no larger one, to quarantine.

        It works for any size, but what is broken off begins anew: above `part_bytes` use `parts`.
        Invalid, with the rule as code, for a type or size that would be refused anyway.
        """
        return self._uploads.form(evidence_id, declared)

    async def parts(self, evidence_id: str, declared: Declared) -> UploadParts:
        """What has come of an upload in parts, and forms for the next of what has not.

        Nothing is remembered between two calls: any process can be asked again, at any time.
        Invalid as `upload_link`.
        """
        return await self._called(self._uploads.parts, evidence_id, declared)

    async def lacking(self, evidence_id: str, declared: Declared) -> NotUploaded | None:
        """What has not come of an upload; None when it is whole and intake can judge it."""
        found = await self._called(self._uploads.uploaded, evidence_id, declared)
        return found if isinstance(found, NotUploaded) else None

    async def intake(self, evidence_id: str, declared: Declared) -> Intake:
        """Judge what was uploaded, and keep it when it is as declared. Safe to repeat.

        The upload stays in quarantine, so that a crash before the fact is recorded asks nothing
        of the uploader: call `discard` when the fact is acknowledged.
        """
        quarantine_key(evidence_id)
        seconds = INTAKE_SECONDS + declared.size_bytes / INTAKE_BYTES_A_SECOND
        return await _within(seconds, self._intakes, self._intake.take_in, evidence_id, declared)

    async def discard(self, evidence_id: str) -> None:
        """Remove the upload from quarantine; nothing happens when it is not there."""
        await self._called(self._uploads.discard, evidence_id)

    async def stale(self, before: datetime, limit: int) -> tuple[str, ...]:
        """The evidence in quarantine of which nothing came since `before`, the oldest first."""
        return await self._called(self._uploads.stale, before, limit)

    def download_link(self, sha256: str, file_name: str, media_type: str) -> str:
        """A short-lived address that saves the evidence under this name; ask who asks first."""
        return self._keeping.link(sha256, file_name, media_type)

    async def exists(self, sha256: str) -> bool:
        """Whether these bytes are kept as evidence."""
        return await self._called(self._keeping.found, sha256) is not None

    async def stat(self, sha256: str) -> Stored | None:
        """What is kept under this digest; None when nothing is."""
        return await self._called(self._keeping.stored, sha256)

    async def text(self, sha256: str, media_type: str) -> str | None:
        """What a kept PDF says; None for other types, for a scan, and when nothing is kept."""
        if media_type != "application/pdf":
            return None
        return await _within(INTAKE_SECONDS, self._intakes, self._intake.text, sha256)

    async def picture(
        self, sha256: str, media_type: str, page: int, width: int
    ) -> bytes | NoPicture | None:
        """A page of a kept file as a PNG picture so wide, or why not; None when nothing is kept.

        Pages are counted from 1; an image has one, and is never enlarged.
        """
        work = self._intake.picture
        return await _within(INTAKE_SECONDS, self._intakes, work, sha256, media_type, page, width)

    async def stream(self, sha256: str) -> AsyncGenerator[bytes]:
        """The kept bytes, a megabyte at a time. NotFound when nothing is kept."""
        chunks = self._keeping.chunks(sha256)
        try:
            while chunk := await self._called(next, chunks, b""):
                yield chunk
        finally:
            with suppress(ValueError):  # a thread still reads; it is closed with its last use
                chunks.close()

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
        place = Place(bucket, key, media_type=media_type)
        lock = Lock(mode, until.replace(microsecond=0))
        return await self._called(self._keeping.put_locked, place, content, lock)

    async def ensure_ready(self) -> None:
        """Unavailable unless both buckets exist and evidence keeps versions under object lock."""
        if refusals := await self._called(self._keeping.refusals):
            raise Unavailable("storage_not_ready", " ".join(refusals))

    async def _called(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await _within(CALL_SECONDS, self._calls, work, *args, **kwargs)


async def _within(
    seconds: float, pool: Executor, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> T:
    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(seconds):
            return await loop.run_in_executor(pool, lambda: work(*args, **kwargs))
    except TimeoutError as error:
        raise Unavailable(
            "storage_timeout", "The object storage takes too long to answer."
        ) from error
