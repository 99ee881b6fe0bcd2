"""What may be asked of a dossier. `agency` and `agency_path` are those of the asking person."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import (
    CriterionFinding,
    Place,
    QualityRule,
    RevisionItem,
    Subject,
    VisitFinding,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing(Asked):
    """What only a person without a conflict of interest may ask.

    `ties` are agencies that the person is tied to beside their own: those that it carries on for,
    and those to which they declared a conflict. With an agency go all below it.
    """

    agency: str | None
    agency_path: tuple[str, ...]
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Held(Reviewing):
    """What only the holder of the lease may ask."""

    token: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenDossier(Asked):
    """An innovation came in."""

    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnounceRevision(Asked):
    """An innovation came in again in `round`, but for files that may follow until `until`."""

    round: int
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveRevision(Asked):
    """An innovation came in again, in a later round."""

    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimDossier(Reviewing):
    token: str
    lease_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RenewLease(Held):
    """The holder is still at work: a heartbeat."""

    lease_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseDossier(Held):
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver(Held):
    """Keeps the dossier for the colleague `to` for `keep_seconds`."""

    to: str
    keep_seconds: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeLease(Asked):
    """A supervisor takes the dossier from its holder; kept for `to`, if anybody is named."""

    reason: str
    to: str | None
    keep_seconds: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideAdmissibility(Held):
    """All five criteria, each once."""

    lease_seconds: int
    findings: tuple[CriterionFinding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Granting:
    """One verdict as a person asks for it.

    `evidence` are the digests that the person has seen, `basis` what they granted it on: both must
    be those that are claimed now.
    """

    indicator: str
    granted_level: int
    evidence: tuple[str, ...]
    basis: str | None = None
    reason_code: str | None = None
    note: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideIndicator(Held):
    lease_seconds: int
    verdict: Granting


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptIndicators(Held):
    """Several indicators at the level that was claimed: all of them, or none."""

    lease_seconds: int
    verdicts: tuple[Granting, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestRevision(Held):
    """`fields` are those of the profile that the agency may change.

    `max_revisions` is how many revisions a dossier may see in all.
    """

    items: tuple[RevisionItem, ...]
    message: str
    due: datetime
    max_revisions: int
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseRevision(Asked):
    """The revision asked for in `round` was `due`, or its last files were, and that has passed."""

    round: int
    due: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyDossier(Held):
    """Ends a review, or the second look at one. `rule` is the season's as of `at`."""

    rule: QualityRule


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveDiscrepancy(Reviewing):
    """A third person decides where two differ; `findings` only where they differ on criteria."""

    verdicts: tuple[Granting, ...]
    findings: tuple[CriterionFinding, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit(Reviewing):
    visit_id: str
    visited_on: date
    participants: tuple[str, ...]
    findings: tuple[VisitFinding, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recuse(Reviewing):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawDossier(Asked):
    dossier_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectVerdict(Asked):
    """An objection was granted; `decided_by` is who granted it, of `decided_by_agency`."""

    competition_id: str
    objection_id: str
    indicator: str
    level: int
    reason: str
    decided_by: str
    decided_by_agency: str | None


Command = (
    OpenDossier
    | AnnounceRevision
    | ReceiveRevision
    | LapseRevision
    | ClaimDossier
    | RenewLease
    | ReleaseDossier
    | HandOver
    | RevokeLease
    | DecideAdmissibility
    | DecideIndicator
    | AcceptIndicators
    | RequestRevision
    | VerifyDossier
    | ResolveDiscrepancy
    | RecordVisit
    | Recuse
    | WithdrawDossier
    | CorrectVerdict
)
