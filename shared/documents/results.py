"""What documents answer: a form to upload with, and what became of an upload."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shared.documents.content import Failed


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form for `multipart/form-data`: these fields first, in any order, then `file`."""

    url: str
    fields: Mapping[str, str]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Accepted:
    """Kept under its content address and locked, as the storage itself confirmed."""

    sha256: str
    size_bytes: int
    media_type: str
    object_key: str
    version_id: str | None
    retain_until: datetime


@dataclass(frozen=True, slots=True)
class NotUploaded:
    """Nothing lies in quarantine under this id."""


@dataclass(frozen=True, slots=True)
class Held:
    """The malware scanner cannot tell now; take it in again later."""


Intake = Accepted | Failed | Held | NotUploaded


@dataclass(frozen=True, slots=True)
class Stored:
    """What is kept under a content address; `retain_until` is None where no lock is."""

    sha256: str
    size_bytes: int
    media_type: str
    version_id: str | None
    retain_until: datetime | None
