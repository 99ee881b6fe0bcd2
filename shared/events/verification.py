"""What verification says: one dossier an innovation, decided indicator by indicator."""

from typing import ClassVar

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
    Utc,
    Value,
    facts_of,
)
from shared.events.submission import Claim, EvidenceItem, Profile


class Subject(Value):
    """What a dossier is about: all that later services need to know of the innovation."""

    innovation_id: Key
    season_id: Code
    edition_id: str
    edition_digest: Digest
    training: bool
    agency_id: Code
    agency_path: Path
    region_id: Code
    profile: Profile
    drafters: tuple[PersonId, ...]


class Verdict(Value):
    """The level granted for one indicator, bound to the exact evidence that was looked at.

    `evidence` are the SHA-256 digests shown for the indicator, sorted. `reason_code` and `note`
    are required where less is granted than was claimed. `round` is the round it was decided in.
    """

    indicator: Indicator
    claimed_level: Level
    granted_level: Level
    basis: str | None = None
    subtype: str | None = None
    reason_code: str | None = None
    note: str = ""
    evidence: tuple[Digest, ...]
    round: int
    decided_by: PersonId
    decided_by_agency: Code | None
    decided_at: Utc


class RevisionItem(Value):
    indicator: Indicator
    message: str


class DossierOpened(Fact):
    """An innovation came in for the first time."""

    ce_type: ClassVar[str] = "inda.verification.dossier-opened.v1"

    dossier_id: Key
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


class RevisionReceived(Fact):
    """It came back after a revision. Verdicts whose claim and evidence are the same stand."""

    ce_type: ClassVar[str] = "inda.verification.revision-received.v1"

    dossier_id: Key
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    lapsed: tuple[Indicator, ...]


class DossierLeased(Fact):
    """A verifier holds the dossier until `until`; only this token may save. Work renews it."""

    ce_type: ClassVar[str] = "inda.verification.dossier-leased.v1"

    dossier_id: Key
    verifier_id: PersonId
    verifier_agency: Code | None
    token: Key
    until: Utc


class DossierReleased(Fact):
    ce_type: ClassVar[str] = "inda.verification.dossier-released.v1"

    dossier_id: Key
    token: Key
    note: str


class IndicatorDecided(Fact):
    """A verdict; it renews the lease to `lease_until`."""

    ce_type: ClassVar[str] = "inda.verification.indicator-decided.v1"

    dossier_id: Key
    verdict: Verdict
    token: Key
    lease_until: Utc


class RevisionRequested(Fact):
    """One message with all points; the agency may change these indicators until `due`.

    `fields` are those of the profile that it may change as well.
    """

    ce_type: ClassVar[str] = "inda.verification.revision-requested.v1"

    dossier_id: Key
    innovation_id: Key
    round: int
    items: tuple[RevisionItem, ...]
    message: str
    due: Utc
    fields: tuple[str, ...] = ()


class RevisionAnnounced(Fact):
    """The agency has answered in time; its last files may come in until `until`.

    `round` is the round that is on its way. The dossier waits for it, also where the request had
    lapsed before the answer was heard of.
    """

    ce_type: ClassVar[str] = "inda.verification.revision-announced.v1"

    dossier_id: Key
    innovation_id: Key
    round: int
    until: Utc


class RevisionLapsed(Fact):
    """The due date passed with nothing new; the dossier is reviewed as it was."""

    ce_type: ClassVar[str] = "inda.verification.revision-lapsed.v1"

    dossier_id: Key
    round: int


class DossierVerified(Fact):
    """Every indicator is decided: all that scoring decides on.

    `deciders` are all the people whose verdicts stand, and who verified, sorted; none of them may
    decide an objection.
    """

    ce_type: ClassVar[str] = "inda.verification.dossier-verified.v1"

    dossier_id: Key
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    deciders: tuple[PersonId, ...]


class VerifierRecused(Fact):
    """A verifier declares a conflict; the dossier is invisible to that person from now on."""

    ce_type: ClassVar[str] = "inda.verification.verifier-recused.v1"

    dossier_id: Key
    verifier_id: PersonId
    reason: str


class DossierWithdrawn(Fact):
    """The agency took the innovation back."""

    ce_type: ClassVar[str] = "inda.verification.dossier-withdrawn.v1"

    dossier_id: Key
    reason: str


class VerdictCorrected(Fact):
    """A granted objection changed one verdict. Carries everything, as `DossierVerified` does."""

    ce_type: ClassVar[str] = "inda.verification.verdict-corrected.v1"

    dossier_id: Key
    competition_id: Code
    objection_id: Key
    corrected: Verdict
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    deciders: tuple[PersonId, ...]


DossierEvent = (
    DossierOpened
    | RevisionReceived
    | DossierLeased
    | DossierReleased
    | IndicatorDecided
    | RevisionRequested
    | RevisionAnnounced
    | RevisionLapsed
    | DossierVerified
    | VerifierRecused
    | DossierWithdrawn
    | VerdictCorrected
)
DOSSIER = Aggregate[DossierEvent]("verification", "dossier", facts_of(DossierEvent))

AGGREGATES = (DOSSIER,)
