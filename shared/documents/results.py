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
class PartForm:
    """The form for one part: `size_bytes` of the file from `offset` on, neither more nor less."""

    number: int
    offset: int
    size_bytes: int
    url: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class UploadParts:
    """How far an upload in parts is; parts are numbered from 1 and may come in any order.

    `missing` are the forms for the first of those that have not come, `missing_count` counts all
    of them: ask again when these are through, after a lost connection, or after `expires_at`.
    """

    part_bytes: int
    part_count: int
    received: tuple[int, ...]
    missing: tuple[PartForm, ...]
    missing_count: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Properties:
    """What was measured in a file. None where its type has no such thing or it cannot be read."""

    pages: int | None = None
    width_pixels: int | None = None
    height_pixels: int | None = None
    duration_seconds: int | None = None


@dataclass(frozen=True, slots=True)
class Accepted:
    """Kept under its content address and locked, as the storage itself confirmed.

    `text` is what a PDF says, cut at `TEXT_CHARACTERS`; None when it says nothing, as a scan.
    """

    sha256: str
    size_bytes: int
    media_type: str
    object_key: str
    version_id: str | None
    retain_until: datetime
    properties: Properties = Properties()
    text: str | None = None


@dataclass(frozen=True, slots=True)
class NotUploaded:
    """The upload is not in quarantine under this id: not at all, or not these parts of it.

    `missing` is empty for a file that comes whole.
    """

    missing: tuple[int, ...] = ()


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
