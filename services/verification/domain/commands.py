"""What may be asked of a dossier. `agency` and `agency_path` are those of the asking person."""

from dataclasses import dataclass
from datetime import datetime

from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import RevisionItem, Subject


@dataclass(frozen=True, slots=True)
class OpenDossier:
    """An innovation came in."""

    by: str
    at: datetime
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class AnnounceRevision:
    """An innovation came in again in `round`, but for files that may follow until `until`."""

    by: str
    at: datetime
    round: int
    until: datetime


@dataclass(frozen=True, slots=True)
class ReceiveRevision:
    """An innovation came in again, in a later round."""

    by: str
    at: datetime
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True)
class ClaimDossier:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    token: str
    lease_seconds: int


@dataclass(frozen=True, slots=True)
class ReleaseDossier:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    token: str
    note: str


@dataclass(frozen=True, slots=True)
class DecideIndicator:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    token: str
    lease_seconds: int
    indicator: str
    granted_level: int
    reason_code: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RequestRevision:
    """`fields` are those of the profile that the agency may change.

    `max_revisions` is how many revisions a dossier may see in all.
    """

    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    token: str
    items: tuple[RevisionItem, ...]
    message: str
    due: datetime
    max_revisions: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LapseRevision:
    """The revision asked for in `round` was `due`, or its last files were, and that has passed."""

    by: str
    at: datetime
    round: int
    due: datetime


@dataclass(frozen=True, slots=True)
class VerifyDossier:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    token: str


@dataclass(frozen=True, slots=True)
class Recuse:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class WithdrawDossier:
    by: str
    at: datetime
    dossier_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class CorrectVerdict:
    """An objection was granted; `decided_by` is who granted it, of `decided_by_agency`."""

    by: str
    at: datetime
    competition_id: str
    objection_id: str
    indicator: str
    level: int
    reason: str
    decided_by: str
    decided_by_agency: str | None


Reviewing = ClaimDossier | ReleaseDossier | DecideIndicator | RequestRevision | VerifyDossier
"""What only a verifier without a conflict of interest may ask."""

Command = (
    OpenDossier
    | AnnounceRevision
    | ReceiveRevision
    | Reviewing
    | Recuse
    | LapseRevision
    | WithdrawDossier
    | CorrectVerdict
)
