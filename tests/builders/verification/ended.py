"""What is said of the end of a review and of the second look at one."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from shared.events.verification import (
    AdmissibilityRechecked,
    CheckReason,
    Criterion,
    DiscrepancyResolved,
    DossierRejected,
    DossierVerified,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    QualityRule,
    Verdict,
)
from tests.builders.verification.found import (
    ADMITTED,
    ALL_DECIDED,
    NOT_ADMITTED,
    admissibility,
    verdict,
)
from tests.builders.verification.leases import lease_end
from tests.builders.verification.story import (
    AT,
    CLAIMS,
    COLLEAGUE,
    INNOVATION,
    RESOLVER,
    SECOND_TOKEN,
    VERIFIER,
    Person,
    about,
)

NO_SAMPLE = QualityRule(sample_permille=0, large_change=3)
ALL_SAMPLED = QualityRule(sample_permille=1000, large_change=2)


def draw(at: datetime = AT, round: int = 1) -> str:
    """The published rule, written down a second time."""
    moment = at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    lines = ("inda.quality-check.v1", INNOVATION, str(round), moment)
    return sha256("\n".join(lines).encode()).hexdigest()


VERIFIED = DossierVerified(
    by=VERIFIER.by,
    at=AT,
    dossier_id=INNOVATION,
    about=about(),
    round=1,
    claims=CLAIMS,
    verdicts=tuple(fact.verdict for fact in ALL_DECIDED),
    deciders=(VERIFIER.by,),
    admissibility=ADMITTED.admissibility,
    rule=NO_SAMPLE,
    draw=draw(),
)


def drawn(*reasons: CheckReason, **changes: Any) -> QualityCheckDrawn:
    """VERIFIER's finished review goes to a second verifier: drawn, unless told why else."""
    values: dict[str, Any] = {
        "by": VERIFIER.by,
        "at": AT,
        "dossier_id": INNOVATION,
        "round": 1,
        "reasons": reasons or ("sample",),
        "draw": draw(),
        "rule": NO_SAMPLE if reasons and "sample" not in reasons else ALL_SAMPLED,
        "reviewed_by": VERIFIER.by,
    }
    return QualityCheckDrawn(**(values | changes))


def readmitted(
    *unmet: Criterion, person: Person = COLLEAGUE, token: str = SECOND_TOKEN, **changes: Any
) -> AdmissibilityRechecked:
    found = admissibility(*unmet, person=person, **changes)
    return AdmissibilityRechecked(
        by=found.decided_by,
        at=found.decided_at,
        dossier_id=INNOVATION,
        admissibility=found,
        token=token,
        lease_until=lease_end(found.decided_at),
    )


def rechecked(
    indicator: str,
    granted: int,
    person: Person = COLLEAGUE,
    token: str = SECOND_TOKEN,
    **changes: Any,
) -> IndicatorRechecked:
    found = verdict(indicator, granted, person, **changes)
    return IndicatorRechecked(
        by=found.decided_by,
        at=found.decided_at,
        dossier_id=INNOVATION,
        verdict=found,
        token=token,
        lease_until=lease_end(found.decided_at),
    )


def check_decided(*differing: str, compared: int = 4, **changes: Any) -> QualityCheckDecided:
    """COLLEAGUE is done as well: admissibility and three indicators were compared."""
    values: dict[str, Any] = {
        "by": COLLEAGUE.by,
        "at": AT,
        "dossier_id": INNOVATION,
        "round": 1,
        "checked_by": COLLEAGUE.by,
        "compared": compared,
        "differing": differing,
    }
    return QualityCheckDecided(**(values | changes))


def resolved(*verdicts: Verdict, **changes: Any) -> DiscrepancyResolved:
    values: dict[str, Any] = {
        "by": RESOLVER.by,
        "at": AT,
        "dossier_id": INNOVATION,
        "round": 1,
        "admissibility": None,
        "verdicts": verdicts,
        "note": "The second page decides it.",
    }
    return DiscrepancyResolved(**(values | changes))


REJECTED = DossierRejected(
    by=COLLEAGUE.by,
    at=AT,
    dossier_id=INNOVATION,
    about=about(),
    round=1,
    admissibility=NOT_ADMITTED.admissibility,
    deciders=(COLLEAGUE.by, VERIFIER.by),
)
