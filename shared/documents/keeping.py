"""What was taken in: kept under its digest and a lock, read again, and linked to for a while."""

from collections.abc import Callable, Generator, Sequence
from datetime import datetime, timedelta

from shared.documents.content import EVIDENCE_MEDIA_TYPES, NO_TYPE, Content
from shared.documents.names import address, disposition
from shared.documents.results import Stored
from shared.documents.storage import Lock, Place, Storage
from shared.documents.terms import Terms
from shared.errors import NotFound, Unavailable


class Keeping:
    """Blocking; Unavailable when the storage does not answer as it should."""

    def __init__(self, storage: Storage, terms: Terms, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._terms = terms
        self._now = now

    def keep(self, upload: Sequence[Place], content: Content) -> tuple[Place, Lock]:
        """One copy for a digest; of two at the same moment both are whole and locked.

        What is copied is what was read: Unavailable when the upload has changed since.
        """
        key = address(content.sha256)
        until = self._now() + timedelta(days=self._terms.retention_days)
        wanted = Lock("GOVERNANCE", until.replace(microsecond=0))
        there = self._whole(key, content)
        if there is None:
            target = Place(self._terms.evidence_bucket, key, media_type=content.media_type)
            self._storage.copy_locked(upload, target, wanted)
            there = self._whole(key, content)
        if there is None:
            raise Unavailable("evidence_not_kept", "The storage did not keep the whole file.")
        return there, self._locked(there, wanted)

    def link(self, sha256: str, file_name: str, media_type: str) -> str:
        is_known = media_type in EVIDENCE_MEDIA_TYPES
        headers = {
            "response-content-disposition": disposition(file_name),
            "response-content-type": media_type if is_known else NO_TYPE,
        }
        place = Place(self._terms.evidence_bucket, address(sha256))
        lasts = timedelta(seconds=self._terms.download_seconds)
        return self._storage.link(place, headers, self._now(), lasts)

    def found(self, sha256: str) -> Place | None:
        return self._storage.found(self._terms.evidence_bucket, address(sha256))

    def stored(self, sha256: str) -> Stored | None:
        place = self.found(sha256)
        if place is None:
            return None
        lock = self._storage.lock_of(place.bucket, place.key, place.version_id)
        until = None if lock is None else lock.until
        return Stored(sha256, place.size_bytes, place.media_type, place.version_id, until)

    def chunks(self, sha256: str) -> Generator[bytes, None, None]:
        """The kept bytes. NotFound when nothing is kept under this digest."""
        place = self.found(sha256)
        if place is None:
            raise NotFound("evidence_not_kept", "No such file is kept.", sha256=sha256)
        yield from self._storage.chunks(place)

    def put_locked(self, place: Place, content: bytes, lock: Lock) -> str:
        version = self._storage.put_locked(place.bucket, place.key, content, place.media_type, lock)
        self._locked(Place(place.bucket, place.key, version or None), lock)
        return version

    def refusals(self) -> list[str]:
        return self._storage.refusals(self._terms.quarantine_bucket, self._terms.evidence_bucket)

    def _whole(self, key: str, content: Content) -> Place | None:
        there = self._storage.found(self._terms.evidence_bucket, key)
        return there if there and there.size_bytes == content.size_bytes else None

    def _locked(self, place: Place, wanted: Lock) -> Lock:
        """The lock as read back, set or made longer first where it falls short."""
        lock = self._storage.lock_of(place.bucket, place.key, place.version_id)
        if lock is None or not lock.covers(wanted):
            self._storage.lock(place.bucket, place.key, place.version_id, wanted)
            lock = self._storage.lock_of(place.bucket, place.key, place.version_id)
        if lock is None or not lock.covers(wanted):
            raise Unavailable("retention_missing", "The storage does not lock what it keeps.")
        return lock
