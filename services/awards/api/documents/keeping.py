"""Where documents lie: by their digest, under a lock, in a bucket of their own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from shared.documents import Documents
from shared.documents.names import address
from shared.errors import NotFound


@dataclass(frozen=True, slots=True)
class Archive:
    """`now` is the true clock: the storage measures its locks by it."""

    documents: Documents
    bucket: str
    lasts: timedelta
    now: Callable[[], datetime]

    async def keep(self, content: bytes, media_type: str) -> None:
        """Bytes that are kept already stay as they are."""
        digest = sha256(content).hexdigest()
        if await self.documents.exists(digest):
            return
        await self.documents.put_locked(
            self.bucket,
            address(digest),
            content,
            media_type=media_type,
            until=self.now() + self.lasts,
            mode="GOVERNANCE",
        )

    async def read(self, digest: str) -> bytes | None:
        """The bytes of this digest; None when they are not there, or are others by now."""
        try:
            parts = [part async for part in self.documents.stream(digest)]
        except NotFound:
            return None
        content = b"".join(parts)
        return content if sha256(content).hexdigest() == digest else None
