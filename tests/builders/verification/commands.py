"""What people, the calendar and other services ask of the dossier."""

from datetime import date, datetime, timedelta
from typing import Any

from services.verification.domain.commands import (
    AcceptIndicators,
    AnnounceRevision,
    ClaimDossier,
    CorrectVerdict,
    DecideAdmissibility,
    DecideIndicator,
    Granting,
    HandOver,
    LapseRevision,
    OpenDossier,
    ReceiveRevision,
    RecordVisit,
    Recuse,
    ReleaseDossier,
    RenewLease,
    RequestRevision,
    ResolveDiscrepancy,
    RevokeLease,
    VerifyDossier,
    WithdrawDossier,
)
from shared.events.submission import EvidenceItem
from shared.events.verification import Criterion, QualityRule, VisitFinding
from tests.builders.verification.came_in import REQUESTED
from tests.builders.verification.ended import NO_SAMPLE
from tests.builders.verification.found import findings
from tests.builders.verification.story import (
    AT,
    CLAIMS,
    COLLEAGUE,
    DUE,
    FILES_UNTIL,
    INNOVATION,
    ITEMS,
    KEEP_SECONDS,
    LEASE_SECONDS,
    MANIFEST,
    OBJECTION_DECIDER,
    OPENED_AT,
    RESOLVER,
    REVISED_MANIFEST,
    SHOWN,
    SUPERVISOR,
    SYSTEM,
    TOKEN,
    VERIFIER,
    Person,
    about,
)

# --- from outside -------------------------------------------------------------------------


def open_dossier(**changes: Any) -> OpenDossier:
    return OpenDossier(**(_taken_in(1, OPENED_AT, MANIFEST) | changes))


def receive(**changes: Any) -> ReceiveRevision:
    return ReceiveRevision(**(_taken_in(2, AT, REVISED_MANIFEST) | changes))


def _taken_in(round: int, at: datetime, manifest: tuple[EvidenceItem, ...]) -> dict[str, Any]:
    return {
        "by": SYSTEM,
        "at": at,
        "about": about(),
        "round": round,
        "claims": CLAIMS,
        "manifest": manifest,
    }


def announce(round: int = 2) -> AnnounceRevision:
    return AnnounceRevision(by=SYSTEM, at=DUE, round=round, until=FILES_UNTIL)


def lapse(at: datetime, round: int = 1, due: datetime = DUE) -> LapseRevision:
    return LapseRevision(by=SYSTEM, at=at, round=round, due=due)


def withdraw() -> WithdrawDossier:
    return WithdrawDossier(by=SYSTEM, at=AT, dossier_id=INNOVATION, reason="Filed twice.")


def correct(**changes: Any) -> CorrectVerdict:
    values: dict[str, Any] = {
        "by": SYSTEM,
        "at": AT + timedelta(days=30),
        "competition_id": "kia-2026",
        "objection_id": "objection-1",
        "indicator": "SID-01",
        "level": 3,
        "reason": "The bylaw stands on page 4.",
        "decided_by": OBJECTION_DECIDER.by,
        "decided_by_agency": OBJECTION_DECIDER.agency,
    }
    return CorrectVerdict(**(values | changes))


# --- leases -------------------------------------------------------------------------------


def claim(person: Person = VERIFIER, token: str = TOKEN, at: datetime = AT) -> ClaimDossier:
    return ClaimDossier(**person.who, at=at, token=token, lease_seconds=LEASE_SECONDS)


def renew(person: Person = VERIFIER, token: str = TOKEN, at: datetime = AT) -> RenewLease:
    return RenewLease(**person.who, at=at, token=token, lease_seconds=LEASE_SECONDS)


def release(
    person: Person = VERIFIER, token: str = TOKEN, note: str = "Called away."
) -> ReleaseDossier:
    return ReleaseDossier(**person.who, at=AT, token=token, note=note)


def hand_over(to: Person = COLLEAGUE, person: Person = VERIFIER, **changes: Any) -> HandOver:
    values: dict[str, Any] = {
        **person.who,
        "at": AT,
        "token": TOKEN,
        "to": to.by,
        "keep_seconds": KEEP_SECONDS,
        "note": "You know the field.",
    }
    return HandOver(**(values | changes))


def revoke(to: Person | None = None, **changes: Any) -> RevokeLease:
    values: dict[str, Any] = {
        "by": SUPERVISOR.by,
        "at": AT,
        "reason": "On leave.",
        "to": None if to is None else to.by,
        "keep_seconds": KEEP_SECONDS,
    }
    return RevokeLease(**(values | changes))


def recuse(person: Person = VERIFIER) -> Recuse:
    return Recuse(**person.who, at=AT, reason="I advised the makers.")


# --- the review ---------------------------------------------------------------------------


def decide_admissibility(
    *unmet: Criterion, person: Person = VERIFIER, **changes: Any
) -> DecideAdmissibility:
    values: dict[str, Any] = {**_held(person), "findings": findings(*unmet)}
    return DecideAdmissibility(**(values | changes))


def _held(person: Person) -> dict[str, Any]:
    return {**person.who, "at": AT, "token": TOKEN, "lease_seconds": LEASE_SECONDS}


def granting(indicator: str, granted: int, **changes: Any) -> Granting:
    """As a careful person asks: on the evidence shown, with the basis and reason it takes."""
    known = next((each for each in CLAIMS if each.indicator == indicator), None)
    is_cut = known is not None and granted < known.level
    values: dict[str, Any] = {
        "indicator": indicator,
        "granted_level": granted,
        "evidence": SHOWN.get(indicator, ()),
        "basis": known.basis if known is not None and granted else None,
        "reason_code": "lower_level_proven" if is_cut else None,
        "note": "Only the decree is shown." if is_cut else "",
    }
    return Granting(**(values | changes))


def decide(
    indicator: str, granted: int, person: Person = VERIFIER, **changes: Any
) -> DecideIndicator:
    """The changes are to the verdict or to the command around it."""
    around = {name: changes.pop(name) for name in (*_held(person),) if name in changes}
    verdict = granting(indicator, granted, **changes)
    return DecideIndicator(**(_held(person) | around), verdict=verdict)


def accept(*verdicts: Granting, person: Person = VERIFIER, **changes: Any) -> AcceptIndicators:
    return AcceptIndicators(**(_held(person) | changes), verdicts=verdicts)


def request_revision(person: Person = VERIFIER, **changes: Any) -> RequestRevision:
    values: dict[str, Any] = {
        **person.who,
        "at": AT,
        "token": TOKEN,
        "items": ITEMS,
        "message": REQUESTED.message,
        "due": DUE,
        "max_revisions": 1,
    }
    return RequestRevision(**(values | changes))


def verify(
    person: Person = VERIFIER,
    token: str = TOKEN,
    rule: QualityRule = NO_SAMPLE,
    at: datetime = AT,
) -> VerifyDossier:
    return VerifyDossier(**person.who, at=at, token=token, rule=rule)


def resolve(*verdicts: Granting, person: Person = RESOLVER, **changes: Any) -> ResolveDiscrepancy:
    values: dict[str, Any] = {
        **person.who,
        "at": AT,
        "verdicts": verdicts,
        "findings": (),
        "note": "The second page decides it.",
    }
    return ResolveDiscrepancy(**(values | changes))


def visit(person: Person = VERIFIER, **changes: Any) -> RecordVisit:
    values: dict[str, Any] = {
        **person.who,
        "at": AT,
        "visit_id": "visit-1",
        "visited_on": date(2026, 8, 3),
        "participants": (COLLEAGUE.by, VERIFIER.by),
        "findings": (VisitFinding(indicator="SID-01", outcome="confirmed"),),
        "note": "All twelve posts work.",
    }
    return RecordVisit(**(values | changes))
