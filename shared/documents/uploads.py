"""Uploads into quarantine, whole or in parts: forms, what has come, and clearing away.

Nothing is remembered here: what has come of an upload is what the storage lists.
"""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from shared.documents.content import Declared, failed_unread
from shared.documents.names import digest, evidence_of, part_key, parts_of, quarantine_key
from shared.documents.portions import Portions
from shared.documents.results import NotUploaded, PartForm, UploadForm, UploadParts
from shared.documents.storage import Place, Storage
from shared.documents.terms import Terms
from shared.errors import Invalid

FORMS_AT_ONCE = 50
PART_TYPE = "application/octet-stream"


class Uploads:
    """Blocking; Unavailable when the storage does not answer as it should."""

    def __init__(self, storage: Storage, terms: Terms, now: Callable[[], datetime]) -> None:
        self._storage = storage
        self._terms = terms
        self._now = now

    def form(self, evidence_id: str, declared: Declared) -> UploadForm:
        self._check(declared)
        ends = self._ends()
        sizes = (1, declared.size_bytes)
        fields = _fields(quarantine_key(evidence_id), declared.media_type, declared)
        return UploadForm(*self._signed(fields, sizes, ends), ends)

    def parts(self, evidence_id: str, declared: Declared) -> UploadParts:
        self._check(declared)
        digest(declared.sha256)
        portions = Portions(declared.size_bytes, self._terms.part_bytes)
        received = self._received(evidence_id, portions)
        missing = [number for number in portions.numbers if number not in received]
        ends = self._ends()
        return UploadParts(
            part_bytes=portions.part_bytes,
            part_count=portions.count,
            received=tuple(sorted(received)),
            missing=tuple(
                self._part(evidence_id, declared, portions, number, ends)
                for number in missing[:FORMS_AT_ONCE]
            ),
            missing_count=len(missing),
            expires_at=ends,
        )

    def uploaded(self, evidence_id: str, declared: Declared) -> tuple[Place, ...] | NotUploaded:
        """The upload as it lies there now: one object, or all parts in their order."""
        whole = self._storage.found(self._terms.quarantine_bucket, quarantine_key(evidence_id))
        if whole is not None:
            return (whole,)
        portions = Portions(declared.size_bytes, self._terms.part_bytes)
        received = self._received(evidence_id, portions)
        missing = tuple(number for number in portions.numbers if number not in received)
        if missing:
            return NotUploaded(missing if portions.count > 1 else ())
        return tuple(received[number] for number in portions.numbers)

    def discard(self, evidence_id: str) -> None:
        whole = self._storage.found(self._terms.quarantine_bucket, quarantine_key(evidence_id))
        parts = self._storage.listed(self._terms.quarantine_bucket, parts_of(evidence_id))
        for place in (*([] if whole is None else [whole]), *parts):
            self._storage.remove(place)

    def stale(self, before: datetime, limit: int) -> tuple[str, ...]:
        newest = _newest(self._storage.listed(self._terms.quarantine_bucket))
        old = [evidence_id for evidence_id, came in newest.items() if came < before]
        return tuple(sorted(old, key=newest.__getitem__)[:limit])

    def _check(self, declared: Declared) -> None:
        if failed := failed_unread(declared.size_bytes, declared, self._terms.max_bytes):
            raise Invalid(failed.rule, "Such a file is not accepted as evidence.", **failed.params)

    def _ends(self) -> datetime:
        return self._now() + timedelta(seconds=self._terms.upload_seconds)

    def _received(self, evidence_id: str, portions: Portions) -> dict[int, Place]:
        """The parts that are there in the size they must have, by number."""
        keys = {part_key(evidence_id, portions.part_bytes, n): n for n in portions.numbers}
        listed = self._storage.listed(self._terms.quarantine_bucket, parts_of(evidence_id))
        there = {keys[place.key]: place for place in listed if place.key in keys}
        return {n: place for n, place in there.items() if place.size_bytes == portions.size(n)}

    def _part(
        self, evidence_id: str, declared: Declared, portions: Portions, number: int, ends: datetime
    ) -> PartForm:
        key = part_key(evidence_id, portions.part_bytes, number)
        size = portions.size(number)
        url, fields = self._signed(_fields(key, PART_TYPE, declared), (size, size), ends)
        return PartForm(number, portions.offset(number), size, url, fields)

    def _signed(
        self, fields: dict[str, str], sizes: tuple[int, int], ends: datetime
    ) -> tuple[str, dict[str, str]]:
        return self._storage.form(self._terms.quarantine_bucket, fields, sizes, ends)


def _fields(key: str, media_type: str, declared: Declared) -> dict[str, str]:
    return {
        "key": key,
        "Content-Type": media_type,
        "x-amz-meta-sha256": digest(declared.sha256),
    }


def _newest(places: Iterable[Place]) -> dict[str, datetime]:
    """When something of each upload came last."""
    newest: dict[str, datetime] = {}
    for place in places:
        if place.changed_at is not None:
            evidence_id = evidence_of(place.key)
            newest[evidence_id] = max(place.changed_at, newest.get(evidence_id, place.changed_at))
    return newest
