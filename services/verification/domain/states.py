"""What is true of a dossier."""

from dataclasses import dataclass
from datetime import datetime

from shared.events.submission import Claim, EvidenceItem
from shared.events.verification import (
    Admissibility,
    CheckReason,
    QualityRule,
    Subject,
    Verdict,
)


@dataclass(frozen=True, slots=True)
class Case:
    """What came in and what has been found so far. `verdicts` stand in order of indicator.

    `announced` is the latest round that was said to be on its way, 0 if none ever was.
    `reviewers` are all who decided in a first review, also where somebody decided anew after them.
    """

    about: Subject
    round: int
    claims: tuple[Claim, ...]
    manifest: tuple[EvidenceItem, ...]
    admissibility: Admissibility | None = None
    verdicts: tuple[Verdict, ...] = ()
    revisions: int = 0
    announced: int = 0
    recused: frozenset[str] = frozenset()
    visits: frozenset[str] = frozenset()
    reviewers: frozenset[str] = frozenset()

    @property
    def dossier_id(self) -> str:
        return self.about.innovation_id

    @property
    def deciders(self) -> frozenset[str]:
        return deciders_of(self.admissibility, self.verdicts)

    @property
    def claimed(self) -> tuple[str, ...]:
        """The indicators for which anything above level 0 is claimed, in order."""
        return tuple(sorted(claim.indicator for claim in self.claims if claim.level))

    def verdict(self, indicator: str) -> Verdict | None:
        return verdict_on(indicator, self.verdicts)

    def claim(self, indicator: str) -> Claim | None:
        """The claim, if anything above level 0 is claimed."""
        found = (claim for claim in self.claims if claim.indicator == indicator and claim.level)
        return next(found, None)


@dataclass(frozen=True, slots=True)
class Lease:
    """Only who holds the token may save, and only until `until`."""

    holder: str
    agency: str | None
    token: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Reservation:
    """Until `until` nobody else may take the dossier."""

    person: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """A second look, blind to the first: `admissibility` and `verdicts` are the second's.

    `first` are all who decided in the first review or ended it, `second` in the second look.
    """

    reasons: tuple[CheckReason, ...]
    rule: QualityRule
    draw: str
    reviewed_by: str
    first: frozenset[str]
    admissibility: Admissibility | None = None
    verdicts: tuple[Verdict, ...] = ()
    checked_by: str | None = None
    second: frozenset[str] = frozenset()

    def verdict(self, indicator: str) -> Verdict | None:
        return verdict_on(indicator, self.verdicts)


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class InReview:
    """Waiting for a verifier, or held by one."""

    case: Case
    lease: Lease | None = None
    reservation: Reservation | None = None


@dataclass(frozen=True, slots=True)
class WaitingForRevision:
    """`due` is when the agency must have answered or, once it has, its last files be there.

    `back` is the second look or the dispute that goes on if they never are.
    """

    case: Case
    due: datetime
    back: "UnderCheck | Disputed | None" = None

    @property
    def is_announced(self) -> bool:
        return self.case.announced > self.case.round


@dataclass(frozen=True, slots=True)
class UnderCheck:
    """Reviewed, and waiting for a second verifier, or held by one."""

    case: Case
    check: Check
    lease: Lease | None = None
    reservation: Reservation | None = None


@dataclass(frozen=True, slots=True)
class Disputed:
    """Two people decided differently on what `differing` names; a third one decides."""

    case: Case
    check: Check
    differing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Verified:
    """`deciders` are all who decided in what was verified, or verified it; corrections included."""

    case: Case
    deciders: tuple[str, ...]
    objections: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rejected:
    """A criterion is not met."""

    case: Case
    deciders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Withdrawn:
    pass


InHand = InReview | UnderCheck
"""Where somebody may hold the dossier and decide."""

Live = InReview | WaitingForRevision | UnderCheck | Disputed | Verified | Rejected
State = Missing | Live | Withdrawn


def deciders_of(
    admissibility: Admissibility | None, verdicts: tuple[Verdict, ...]
) -> frozenset[str]:
    said = {verdict.decided_by for verdict in verdicts}
    return frozenset(said if admissibility is None else {*said, admissibility.decided_by})


def verdict_on(indicator: str, verdicts: tuple[Verdict, ...]) -> Verdict | None:
    return next((found for found in verdicts if found.indicator == indicator), None)
