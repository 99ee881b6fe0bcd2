"""The files of log and archive in a bucket, where nobody changes or deletes them for years."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from shared.documents.storage import Lock, Storage
from shared.transparency import Overwritten

BYTES = "application/octet-stream"
MEDIA_TYPES = {".ndjson": "application/x-ndjson", ".yaml": "application/yaml"}
TEXTS = ("log/checkpoint", "log/vkey")


class BucketShelf:
    """A `Shelf` in object storage: every version is locked for `lasts`, in COMPLIANCE.

    All calls block, and raise `Unavailable` when the storage does not answer. `now` must be the
    true time: the storage keeps locks by its own clock.
    """

    def __init__(
        self, storage: Storage, bucket: str, lasts: timedelta, now: Callable[[], datetime]
    ) -> None:
        self._storage = storage
        self._bucket = bucket
        self._lasts = lasts
        self._now = now

    def get(self, path: str) -> bytes | None:
        """None for what is not there."""
        return self._storage.content(self._bucket, path)

    def put(self, path: str, content: bytes) -> None:
        """Writes it once. The same again is no change; raises `Overwritten` for anything else."""
        # Looked first: not every storage heeds the condition under which it is then written.
        known = self.get(path)
        if known is None:
            kind, lock = _media_type(path), self._lock()
            if self._storage.put_new(self._bucket, path, content, kind, lock):
                return
            known = self.get(path)
        if known != content:
            raise Overwritten(f"{path} is stored already, with other bytes.", path)

    def put_newest(self, path: str, content: bytes) -> None:
        """As the newest version; those before it stay, locked."""
        self._storage.put_locked(self._bucket, path, content, _media_type(path), self._lock())

    def listed(self, prefix: str) -> Iterator[str]:
        """All paths that begin so, in order."""
        return (place.key for place in self._storage.listed(self._bucket, prefix))

    def _lock(self) -> Lock:
        return Lock("COMPLIANCE", (self._now() + self._lasts).replace(microsecond=0))


def _media_type(path: str) -> str:
    if path.startswith(TEXTS):
        return "text/plain; charset=utf-8"
    return next((kind for end, kind in MEDIA_TYPES.items() if path.endswith(end)), BYTES)
