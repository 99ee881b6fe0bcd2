"""An innovation: profile, evidence, claims, submission."""

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Indicator,
    Key,
    Level,
    Path,
    PersonId,
    Rupiah,
    Score,
    Utc,
    Value,
    facts_of,
)

Stage = Literal["initiative", "trial", "implementation"]


class Profile(Value):
    """The innovation's profile. Empty means not filled in yet.

    Dates of trial, implementation and development are calendar days in the region. Affairs,
    form, kind, theme and initiator are ids of the season's edition.
    """

    title: str
    stage: Stage | None = None
    initiator: str | None = None
    kind: str | None = None
    form: str | None = None
    theme: str | None = None
    main_affair: str | None = None
    related_affairs: tuple[str, ...] = ()
    trial_on: date | None = None
    implemented_on: date | None = None
    developed_on: date | None = None
    development_note: str = ""
    design_narrative: str = ""
    purpose: str = ""
    benefit: str = ""
    result: str = ""
    latitude: Score | None = None
    longitude: Score | None = None
    budget_rupiah: Rupiah | None = None
    source: str = ""
    sample_fields: tuple[str, ...] = ()


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


Content = Annotated[FileEvidence | LinkEvidence, Field(discriminator="kind")]


class EvidenceItem(Value):
    """One piece of evidence with all the indicators it is shown for."""

    evidence_id: Key
    indicators: tuple[Indicator, ...]
    evidence_kind: str
    content: Content
    letter: Letter | None = None
    accepted: bool = False


class Claim(Value):
    """The level an agency claims for an indicator, with its basis (SID-18) or sub-type (SID-15)."""

    indicator: Indicator
    level: Level
    basis: str | None = None
    subtype: str | None = None


class InnovationDrafted(Fact):
    ce_type: ClassVar[str] = "inda.submission.innovation-drafted.v1"

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    profile: Profile


class ProfileRevised(Fact):
    """The whole profile as it stands after the change."""

    ce_type: ClassVar[str] = "inda.submission.profile-revised.v1"

    innovation_id: Key
    profile: Profile


class EvidenceDeclared(Fact):
    """The client says what it is about to upload; a link is complete with this."""

    ce_type: ClassVar[str] = "inda.submission.evidence-declared.v1"

    innovation_id: Key
    item: EvidenceItem


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


class LevelClaimed(Fact):
    ce_type: ClassVar[str] = "inda.submission.level-claimed.v1"

    innovation_id: Key
    claim: Claim


class InnovationSubmitted(Fact):
    """Everything verification decides on: claims, the manifest of declared digests, who drafted.

    `drafters` are all the people who changed the innovation; none of them may judge it.
    """

    ce_type: ClassVar[str] = "inda.submission.innovation-submitted.v1"

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    round: int
    profile: Profile
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    drafters: tuple[PersonId, ...]


class InnovationReopened(Fact):
    """Verification asked for a revision; only these indicators may change, until `due`."""

    ce_type: ClassVar[str] = "inda.submission.innovation-reopened.v1"

    innovation_id: Key
    round: int
    indicators: tuple[Indicator, ...]
    due: Utc


class InnovationWithdrawn(Fact):
    ce_type: ClassVar[str] = "inda.submission.innovation-withdrawn.v1"

    innovation_id: Key
    reason: str


InnovationEvent = (
    InnovationDrafted
    | ProfileRevised
    | EvidenceDeclared
    | EvidenceAccepted
    | EvidenceRefused
    | EvidenceWithdrawn
    | LevelClaimed
    | InnovationSubmitted
    | InnovationReopened
    | InnovationWithdrawn
)
INNOVATION = Aggregate[InnovationEvent]("submission", "innovation", facts_of(InnovationEvent))
