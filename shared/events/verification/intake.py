"""What comes from outside a review: submissions, revisions on their way, withdrawals."""

from typing import ClassVar

from shared.events.base import Digest, Fact, Indicator, Key, Utc
from shared.events.submission import Claim, EvidenceItem
from shared.events.verification.subject import Subject


class DossierOpened(Fact):
    """An innovation came in for the first time."""

    ce_type: ClassVar[str] = "inda.verification.dossier-opened.v1"

    dossier_id: Key
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]


class RevisionReceived(Fact):
    """It came back after a revision. Verdicts whose claim and evidence are the same stand.

    So does the decision on admissibility where the profile is the same.
    """

    ce_type: ClassVar[str] = "inda.verification.revision-received.v1"

    dossier_id: Key
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    lapsed: tuple[Indicator, ...]
    profile_digest: Digest | None = None


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


class DossierWithdrawn(Fact):
    """The agency took the innovation back."""

    ce_type: ClassVar[str] = "inda.verification.dossier-withdrawn.v1"

    dossier_id: Key
    reason: str
