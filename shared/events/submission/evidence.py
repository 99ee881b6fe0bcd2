"""Evidence of an innovation: letters, files, links, statements of those who replicate it."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.events.base import Code, Digest, Fact, Indicator, Key, PersonId, Value


class Letter(Value):
    """The number, date and subject (nomor, tanggal, tentang) of a letter used as evidence."""

    number: str
    signed_on: date
    subject: str


class FileEvidence(Value):
    """A file that lies in object storage under its SHA-256."""

    kind: Literal["file"] = "file"
    file_name: str
    sha256: Digest
    size_bytes: int
    media_type: str


class LinkEvidence(Value):
    """A public address; `sha256` is the digest of the address itself, not of what it shows."""

    kind: Literal["link"] = "link"
    url: str
    sha256: Digest


class ReplicationEvidence(Value):
    """A statement from the register of replications; `sha256` is the digest of the statement."""

    kind: Literal["replication"] = "replication"
    replication_id: Key
    agency_id: Code
    region_id: Code
    started_on: date
    contact_body: str
    sha256: Digest


Content = Annotated[FileEvidence | LinkEvidence | ReplicationEvidence, Field(discriminator="kind")]


class FileProperties(Value):
    """What intake measured in a file. None where the type has no such thing or it is unreadable."""

    pages: int | None = None
    width_pixels: int | None = None
    height_pixels: int | None = None
    duration_seconds: int | None = None


class EvidenceItem(Value):
    """One piece of evidence with all the indicators it is shown for.

    Without indicators it belongs to the profile: a budget, a business profile, a registered
    right, an award. `carried_from` names the innovation of an earlier season that it came from.
    """

    evidence_id: Key
    indicators: tuple[Indicator, ...]
    evidence_kind: str
    content: Content
    letter: Letter | None = None
    accepted: bool = False
    declared_by: PersonId | None = None
    properties: FileProperties | None = None
    carried_from: Key | None = None


class EvidenceDeclared(Fact):
    """The client says what it is about to upload; a link is complete with this."""

    ce_type: ClassVar[str] = "inda.submission.evidence-declared.v1"

    innovation_id: Key
    item: EvidenceItem


class EvidenceRevised(Fact):
    """What an item is shown for, and its letter, told anew; the bytes stay the same."""

    ce_type: ClassVar[str] = "inda.submission.evidence-revised.v1"

    innovation_id: Key
    evidence_id: Key
    indicators: tuple[Indicator, ...]
    evidence_kind: str
    letter: Letter | None


class EvidenceAccepted(Fact):
    """Intake found the declared bytes and locked them under their content address."""

    ce_type: ClassVar[str] = "inda.submission.evidence-accepted.v1"

    innovation_id: Key
    evidence_id: Key
    sha256: Digest
    size_bytes: int
    media_type: str
    object_key: str
    object_version: str
    properties: FileProperties | None = None


class EvidenceRefused(Fact):
    """Intake refused the bytes by a rule; `detail` holds the rule's parameters."""

    ce_type: ClassVar[str] = "inda.submission.evidence-refused.v1"

    innovation_id: Key
    evidence_id: Key
    rule: str
    detail: dict[str, str]


class EvidenceWithdrawn(Fact):
    ce_type: ClassVar[str] = "inda.submission.evidence-withdrawn.v1"

    innovation_id: Key
    evidence_id: Key
    reason: str
