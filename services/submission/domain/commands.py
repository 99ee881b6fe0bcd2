"""What people and the intake ask of an innovation."""

from dataclasses import dataclass
from datetime import datetime

from shared.editions import Edition
from shared.events.submission import Claim, EvidenceItem, Profile


@dataclass(frozen=True, slots=True)
class DraftInnovation:
    """`deadline` is the season's as known when asked; it may only err towards refusal."""

    by: str
    at: datetime
    innovation_id: str
    season_id: str
    edition: Edition
    training: bool
    opens_at: datetime
    deadline: datetime
    agency_id: str
    agency_path: tuple[str, ...]
    region_id: str
    profile: Profile


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
class AcceptEvidence:
    by: str
    at: datetime
    evidence_id: str
    sha256: str
    size_bytes: int
    media_type: str
    object_key: str
    object_version: str


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
class Submit:
    """`deadline` is the season's; a resubmission is judged by the due date of its revision."""

    by: str
    at: datetime
    edition: Edition
    deadline: datetime


@dataclass(frozen=True, slots=True)
class Reopen:
    """Verification asked for a revision of `round`."""

    by: str
    at: datetime
    round: int
    indicators: tuple[str, ...]
    due: datetime


@dataclass(frozen=True, slots=True)
class Withdraw:
    by: str
    at: datetime
    reason: str


Command = (
    DraftInnovation
    | ReviseProfile
    | DeclareEvidence
    | AcceptEvidence
    | RefuseEvidence
    | WithdrawEvidence
    | ClaimLevel
    | Submit
    | Reopen
    | Withdraw
)
