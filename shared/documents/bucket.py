"""The files of a bucket to read, by path: for logs and archives that others write."""

from shared.documents.storage import Storage


class BucketReader:
    """Calls block, and raise `Unavailable` when the storage does not answer."""

    def __init__(self, storage: Storage, bucket: str) -> None:
        self._storage = storage
        self._bucket = bucket

    def get(self, path: str) -> bytes | None:
        """None for what is not there."""
        return self._storage.content(self._bucket, path)

    def close(self) -> None:
        self._storage.close()
