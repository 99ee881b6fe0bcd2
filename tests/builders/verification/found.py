"""What is said of what verifiers find: criteria, indicators, on the spot."""

from datetime import date
from typing import Any, get_args

from shared.events.submission import profile_digest
from shared.events.verification import (
    Admissibility,
    AdmissibilityDecided,
    Criterion,
    CriterionFinding,
    FieldVisitRecorded,
    IndicatorDecided,
    Verdict,
    VisitFinding,
)
from tests.builders.verification.leases import lease_end
from tests.builders.verification.story import (
    AT,
    CLAIMS,
    COLLEAGUE,
    INNOVATION,
    SHOWN,
    TOKEN,
    VERIFIER,
    Person,
    about,
)

CRITERIA: tuple[Criterion, ...] = get_args(Criterion)


def findings(*unmet: Criterion) -> tuple[CriterionFinding, ...]:
    """All five criteria, met but for those that are named."""
    return tuple(
        CriterionFinding(
            criterion=criterion,
            met=criterion not in unmet,
            note="The same was done in 2019." if criterion in unmet else "",
        )
        for criterion in CRITERIA
    )


def admissibility(*unmet: Criterion, person: Person = VERIFIER, **changes: Any) -> Admissibility:
    values: dict[str, Any] = {
        "admissible": not unmet,
        "findings": findings(*unmet),
        "profile_digest": profile_digest(about().profile),
        "round": 1,
        "decided_by": person.by,
        "decided_by_agency": person.agency,
        "decided_at": AT,
    }
    return Admissibility(**(values | changes))


def admitted(
    *unmet: Criterion, person: Person = VERIFIER, token: str = TOKEN, **changes: Any
) -> AdmissibilityDecided:
    found = admissibility(*unmet, person=person, **changes)
    return AdmissibilityDecided(
        by=found.decided_by,
        at=found.decided_at,
        dossier_id=INNOVATION,
        admissibility=found,
        token=token,
        lease_until=lease_end(found.decided_at),
    )


ADMITTED = admitted()
NOT_ADMITTED = admitted("renewal")


def verdict(indicator: str, granted: int, person: Person = VERIFIER, **changes: Any) -> Verdict:
    claim = next(each for each in CLAIMS if each.indicator == indicator)
    is_cut = granted < claim.level
    values: dict[str, Any] = {
        "indicator": indicator,
        "claimed_level": claim.level,
        "granted_level": granted,
        "basis": claim.basis,
        "subtype": claim.subtype,
        "reason_code": "lower_level_proven" if is_cut else None,
        "note": "Only the decree is shown." if is_cut else "",
        "evidence": SHOWN[indicator],
        "round": 1,
        "decided_by": person.by,
        "decided_by_agency": person.agency,
        "decided_at": AT,
    }
    return Verdict(**(values | changes))


def decided(indicator: str, granted: int, token: str = TOKEN, **changes: Any) -> IndicatorDecided:
    found = verdict(indicator, granted, **changes)
    return IndicatorDecided(
        by=found.decided_by,
        at=found.decided_at,
        dossier_id=INNOVATION,
        verdict=found,
        token=token,
        lease_until=lease_end(found.decided_at),
    )


ALL_DECIDED = (decided("SID-01", 2), decided("SID-02", 2), decided("SID-18", 0))
REVIEWED = (ADMITTED, *ALL_DECIDED)


def visited(person: Person = VERIFIER, **changes: Any) -> FieldVisitRecorded:
    values: dict[str, Any] = {
        "by": person.by,
        "at": AT,
        "dossier_id": INNOVATION,
        "visit_id": "visit-1",
        "visited_on": date(2026, 8, 3),
        "participants": (COLLEAGUE.by, VERIFIER.by),
        "findings": (VisitFinding(indicator="SID-01", outcome="confirmed"),),
        "note": "All twelve posts work.",
    }
    return FieldVisitRecorded(**(values | changes))
