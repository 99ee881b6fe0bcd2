"""The commands behind the facts of dossiers. Pure."""

from collections.abc import Sequence

from services.audit.domain.commands.leases import (
    agency_of,
    holding,
    lease_command,
    reviewing,
    seconds,
)
from services.audit.domain.sampling import rule_of
from services.audit.domain.world import World
from services.verification.domain import (
    AcceptIndicators,
    Command,
    DecideAdmissibility,
    DecideIndicator,
    Granting,
    LapseRevision,
    RecordVisit,
    RequestRevision,
    ResolveDiscrepancy,
    State,
    VerifyDossier,
)
from services.verification.domain.states import WaitingForRevision
from shared.events.base import Fact
from shared.events.verification import (
    AdmissibilityDecided,
    AdmissibilityRechecked,
    DiscrepancyResolved,
    DossierRejected,
    DossierVerified,
    FieldVisitRecorded,
    IndicatorDecided,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    RevisionLapsed,
    RevisionRequested,
    Verdict,
)

ANY_NUMBER = 2**31
"""How many revisions might be asked for is a setting, which the history does not hold."""


def dossier_command(facts: Sequence[Fact], before: State, world: World) -> Command | None:
    """Of what verifiers do; what comes from outside follows from its causes."""
    match facts:
        case [AdmissibilityDecided() | AdmissibilityRechecked() as fact]:
            return _admissibility(fact, world)
        case [IndicatorDecided() | IndicatorRechecked() as first, *_]:
            return _verdicts(first, facts, world)
        case [RevisionRequested() as fact]:
            return RequestRevision(
                **holding(fact, before, world),
                items=fact.items,
                message=fact.message,
                due=fact.due,
                max_revisions=ANY_NUMBER,
                fields=fact.fields,
            )
        case [RevisionLapsed() as fact]:
            due = before.due if isinstance(before, WaitingForRevision) else fact.at
            return LapseRevision(by=fact.by, at=fact.at, round=fact.round, due=due)
        case [DiscrepancyResolved() as fact, *_]:
            return _resolve(fact, world)
        case [
            QualityCheckDrawn()
            | QualityCheckDecided()
            | DossierVerified()
            | DossierRejected() as fact,
            *_,
        ]:
            rule = rule_of(fact, before, world)
            return VerifyDossier(**holding(fact, before, world), rule=rule)
        case [FieldVisitRecorded() as fact]:
            return _visit(fact, before, world)
        case _:
            return lease_command(facts, before, world)


def _admissibility(
    fact: AdmissibilityDecided | AdmissibilityRechecked, world: World
) -> DecideAdmissibility:
    found = fact.admissibility
    return DecideAdmissibility(
        **reviewing(fact, found.decided_by_agency, world),
        token=fact.token,
        lease_seconds=seconds(fact.at, fact.lease_until),
        findings=found.findings,
    )


def _verdicts(
    first: IndicatorDecided | IndicatorRechecked, facts: Sequence[Fact], world: World
) -> DecideIndicator | AcceptIndicators | None:
    """One is decided; several in one breath are accepted as they were claimed."""
    verdicts = [each.verdict for each in facts if isinstance(each, type(first))]
    if len(verdicts) < len(facts):
        return None
    person = reviewing(first, first.verdict.decided_by_agency, world)
    token, length = first.token, seconds(first.at, first.lease_until)
    granted = tuple(map(_granting, verdicts))
    if len(granted) == 1:
        return DecideIndicator(**person, token=token, lease_seconds=length, verdict=granted[0])
    return AcceptIndicators(**person, token=token, lease_seconds=length, verdicts=granted)


def _granting(verdict: Verdict) -> Granting:
    return Granting(
        indicator=verdict.indicator,
        granted_level=verdict.granted_level,
        evidence=verdict.evidence,
        basis=verdict.basis,
        reason_code=verdict.reason_code,
        note=verdict.note,
        place=verdict.place,
    )


def _resolve(fact: DiscrepancyResolved, world: World) -> ResolveDiscrepancy:
    found = fact.admissibility
    return ResolveDiscrepancy(
        **reviewing(fact, resolver_agency(fact), world),
        verdicts=tuple(map(_granting, fact.verdicts)),
        findings=() if found is None else found.findings,
        note=fact.note,
    )


def resolver_agency(fact: DiscrepancyResolved) -> str | None:
    """As their decisions name it; there is always at least one."""
    said = fact.admissibility or next(iter(fact.verdicts), None)
    return None if said is None else said.decided_by_agency


def _visit(fact: FieldVisitRecorded, before: State, world: World) -> RecordVisit:
    return RecordVisit(
        **reviewing(fact, agency_of(fact.by, before), world),
        visit_id=fact.visit_id,
        visited_on=fact.visited_on,
        participants=fact.participants,
        findings=fact.findings,
        note=fact.note,
    )
