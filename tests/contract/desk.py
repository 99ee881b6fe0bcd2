"""A service's documents on the real object storage, and those around them."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import uuid4

import httpx
from minio import Minio

from deploy.local.keys import S3Key
from shared.documents import Connection, Declared, Documents, Scanner, Terms, UploadForm
from shared.documents.results import PartForm
from shared.settings import MEGABYTE

MAX_BYTES = {
    "application/pdf": MEGABYTE,
    "image/png": 4096,
    "image/jpeg": 4096,
    "video/mp4": 4096,
}
TERMS = Terms(MAX_BYTES, retention_days=30)


@dataclass(frozen=True)
class Server:
    endpoint: str
    keys: Mapping[str, S3Key]
    admin: Minio


@dataclass
class Clock:
    """The real time, moved by `ahead`: the storage has a clock of its own."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass
class Desk:
    """A service's documents, a browser beside them, and an admin who looks behind."""

    documents: Documents
    browser: httpx.AsyncClient
    admin: Minio
    clock: Clock
    evidence_id: str = field(default_factory=lambda: f"e-{uuid4()}")

    async def upload(self, form: UploadForm | PartForm, content: bytes) -> httpx.Response:
        return await self.browser.post(
            form.url, data=dict(form.fields), files={"file": ("any name.bin", content)}
        )

    async def uploaded(self, content: bytes, declared: Declared) -> None:
        answer = await self.upload(self.documents.upload_link(self.evidence_id, declared), content)
        assert answer.status_code == 204, answer.text

    def laid(self, content: bytes, media_type: str = "application/pdf") -> None:
        """Past the form, as somebody with a key to the quarantine could."""
        self.admin.put_object(
            "quarantine", self.evidence_id, io.BytesIO(content), len(content), media_type
        )

    def versions(self, sha256_hex: str) -> list[str | None]:
        found = self.admin.list_objects(
            "evidence", prefix=f"sha256/{sha256_hex}", include_version=True
        )
        return [each.version_id for each in found]


def documents_for(
    server: Server,
    clock: Clock,
    user: str = "submission",
    scanner: Scanner | None = None,
    **changed: Any,
) -> Documents:
    key = server.keys[user]
    connection = Connection(server.endpoint, key.access, key.secret)
    return Documents(connection, replace(TERMS, **changed), clock, scanner)


def declared_as(content: bytes, media_type: str = "application/pdf") -> Declared:
    return Declared(sha256(content).hexdigest(), len(content), media_type)
