"""What verifiers find: admissible or not, level by level, on the spot, and the end of it."""

from datetime import date
from typing import ClassVar

from shared.events.base import Code, Digest, Fact, Key, PersonId, Utc
from shared.events.submission import Claim
from shared.events.verification.subject import (
    Admissibility,
    QualityRule,
    RevisionItem,
    Subject,
    Verdict,
    VisitFinding,
)


class AdmissibilityDecided(Fact):
    """The five criteria, before any verdict; it renews the lease to `lease_until`."""

    ce_type: ClassVar[str] = "inda.verification.admissibility-decided.v1"

    dossier_id: Key
    admissibility: Admissibility
    token: Key
    lease_until: Utc


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


class FieldVisitRecorded(Fact):
    """What people found on the spot. It binds no verdict; whoever decides must know it."""

    ce_type: ClassVar[str] = "inda.verification.field-visit-recorded.v1"

    dossier_id: Key
    visit_id: Key
    visited_on: date
    participants: tuple[PersonId, ...]
    findings: tuple[VisitFinding, ...]
    note: str


class DossierVerified(Fact):
    """Every indicator is decided: all that scoring decides on.

    `deciders` are all the people whose verdicts stand, who verified, checked or resolved, sorted;
    none of them may decide an objection. `draw` is the number, in hexadecimal, by which `rule`
    chose or did not choose the review for a quality check.
    """

    ce_type: ClassVar[str] = "inda.verification.dossier-verified.v1"

    dossier_id: Key
    about: Subject
    round: int
    claims: tuple[Claim, ...]
    verdicts: tuple[Verdict, ...]
    deciders: tuple[PersonId, ...]
    admissibility: Admissibility | None = None
    rule: QualityRule | None = None
    draw: Digest | None = None


class DossierRejected(Fact):
    """Two people, or a third after them, found that a criterion of article 6 is not met.

    The innovation is not scored and counts for nothing.
    """

    ce_type: ClassVar[str] = "inda.verification.dossier-rejected.v1"

    dossier_id: Key
    about: Subject
    round: int
    admissibility: Admissibility
    deciders: tuple[PersonId, ...]


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
