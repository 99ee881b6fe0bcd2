"""What people, the intake and the deadlines ask of an innovation."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from shared.editions import Edition
from shared.events.submission import (
    AgencyKind,
    Claim,
    EvidenceItem,
    FileProperties,
    GrantedLevel,
    Letter,
    Profile,
)


@dataclass(frozen=True, slots=True)
class Original:
    """The earlier edition that a draft develops further, as known when asked.

    `lineage` are its own earlier editions; `claims` and `evidence` are what it was submitted with.
    """

    innovation_id: str
    lineage: tuple[str, ...]
    claims: tuple[Claim, ...]
    evidence: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class DraftInnovation:
    """`deadline` is the agency's as known when asked; it may only err towards refusal."""

    by: str
    at: datetime
    innovation_id: str
    season_id: str
    edition: Edition
    training: bool
    opens_at: datetime
    deadline: datetime
    agency_id: str
    agency_kind: AgencyKind
    agency_path: tuple[str, ...]
    region_id: str
    profile: Profile
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Develop:
    """Ends the earlier edition in favour of its successor.

    `freed` says that an earlier successor was withdrawn, which is for ever.
    """

    by: str
    at: datetime
    successor_id: str
    season_id: str
    agency_id: str
    freed: bool = False


@dataclass(frozen=True, slots=True)
class ReviseProfile:
    by: str
    at: datetime
    edition: Edition
    profile: Profile


@dataclass(frozen=True, slots=True)
class DeclareEvidence:
    by: str
    at: datetime
    edition: Edition
    item: EvidenceItem
    max_bytes: int


@dataclass(frozen=True, slots=True)
class ReviseEvidence:
    """The same bytes, shown for other indicators, as another kind, or with a corrected letter."""

    by: str
    at: datetime
    edition: Edition
    evidence_id: str
    indicators: tuple[str, ...]
    evidence_kind: str
    letter: Letter | None


@dataclass(frozen=True, slots=True)
class AcceptEvidence:
    by: str
    at: datetime
    evidence_id: str
    sha256: str
    size_bytes: int
    media_type: str
    object_key: str
    object_version: str
    properties: FileProperties | None = None


@dataclass(frozen=True, slots=True)
class RefuseEvidence:
    by: str
    at: datetime
    evidence_id: str
    rule: str
    detail: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WithdrawEvidence:
    by: str
    at: datetime
    evidence_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ClaimLevel:
    by: str
    at: datetime
    edition: Edition
    claim: Claim


@dataclass(frozen=True, slots=True)
class Endorse:
    """`content_digest` is what the endorser saw; it must still be so."""

    by: str
    at: datetime
    content_digest: str
    capacity: Literal["head", "acting"]
    appointment: Letter | None


@dataclass(frozen=True, slots=True)
class Submit:
    """`deadline` is the agency's: the season's, or that of its late exception.

    A resubmission is judged by the due date of its revision instead. Declared files may finish
    uploading for `grace_minutes` after either.
    """

    by: str
    at: datetime
    edition: Edition
    deadline: datetime
    grace_minutes: int = 0
    endorsement_required: bool = False


@dataclass(frozen=True, slots=True)
class CompleteSubmission:
    """The time of what is still pending in `round` has run out."""

    by: str
    at: datetime
    round: int


@dataclass(frozen=True, slots=True)
class Reopen:
    """Verification asked for a revision of `round`; `fields` are those of the profile."""

    by: str
    at: datetime
    round: int
    indicators: tuple[str, ...]
    due: datetime
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ConcludeVerification:
    """Verification granted these levels to what was submitted in `round`, or `rejected` it."""

    by: str
    at: datetime
    round: int
    granted: tuple[GrantedLevel, ...]
    rejected: bool = False


@dataclass(frozen=True, slots=True)
class Withdraw:
    by: str
    at: datetime
    reason: str


Command = (
    DraftInnovation
    | Develop
    | ReviseProfile
    | DeclareEvidence
    | ReviseEvidence
    | AcceptEvidence
    | RefuseEvidence
    | WithdrawEvidence
    | ClaimLevel
    | Endorse
    | Submit
    | CompleteSubmission
    | Reopen
    | ConcludeVerification
    | Withdraw
)
