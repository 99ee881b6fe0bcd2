"""Quality control: a second look that does not know the first, and a third where they differ."""

from typing import ClassVar

from shared.events.base import Code, Digest, Fact, Key, PersonId, Utc
from shared.events.verification.subject import Admissibility, CheckReason, QualityRule, Verdict


class QualityCheckDrawn(Fact):
    """A finished review that a second verifier looks at before it counts.

    `draw` is SHA-256 over the dossier, the round and the moment of the review's end, microseconds
    and all, which no person chooses; the review is in the sample where its first eight bytes, as a
    part of 2^64, lie below `rule.sample_permille` of a thousand.
    """

    ce_type: ClassVar[str] = "inda.verification.quality-check-drawn.v1"

    dossier_id: Key
    round: int
    reasons: tuple[CheckReason, ...]
    draw: Digest
    rule: QualityRule
    reviewed_by: PersonId


class AdmissibilityRechecked(Fact):
    """What the second verifier finds of the five criteria; renews the lease to `lease_until`."""

    ce_type: ClassVar[str] = "inda.verification.admissibility-rechecked.v1"

    dossier_id: Key
    admissibility: Admissibility
    token: Key
    lease_until: Utc


class IndicatorRechecked(Fact):
    """What the second verifier would grant; it renews the lease to `lease_until`."""

    ce_type: ClassVar[str] = "inda.verification.indicator-rechecked.v1"

    dossier_id: Key
    verdict: Verdict
    token: Key
    lease_until: Utc


class QualityCheckDecided(Fact):
    """Both are in. `compared` of their decisions were compared, `differing` names those that
    differ: indicators, or `admissibility`. What differs waits for a third person.
    """

    ce_type: ClassVar[str] = "inda.verification.quality-check-decided.v1"

    dossier_id: Key
    round: int
    checked_by: PersonId
    compared: int
    differing: tuple[str, ...]


class DiscrepancyResolved(Fact):
    """A third person decided what the two had decided differently.

    `admissibility` only where they differed in it, `verdicts` for the indicators that they did.
    """

    ce_type: ClassVar[str] = "inda.verification.discrepancy-resolved.v1"

    dossier_id: Key
    round: int
    admissibility: Admissibility | None
    verdicts: tuple[Verdict, ...]
    note: str


class QualityRulePublished(Fact):
    """The rule of a season from `effective_from` on, which lies ahead of when it is published."""

    ce_type: ClassVar[str] = "inda.verification.quality-rule-published.v1"

    season_id: Code
    rule: QualityRule
    effective_from: Utc
