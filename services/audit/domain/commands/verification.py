"""The commands behind the facts of dossiers. Pure."""

from collections.abc import Sequence
from datetime import datetime

from services.audit.domain.world import World
from services.verification.domain import (
    ClaimDossier,
    Command,
    DecideIndicator,
    LapseRevision,
    Recuse,
    ReleaseDossier,
    RequestRevision,
    State,
    VerifyDossier,
)
from services.verification.domain.states import InReview, WaitingForRevision
from shared.events.base import Fact
from shared.events.verification import (
    DossierLeased,
    DossierReleased,
    DossierVerified,
    IndicatorDecided,
    RevisionLapsed,
    RevisionRequested,
    VerifierRecused,
)

ANY_NUMBER = 2**31
"""How many revisions might be asked for is a setting, which the history does not hold."""


def dossier_command(facts: Sequence[Fact], before: State, world: World) -> Command | None:
    """Of what verifiers do; what comes from outside follows from its causes."""
    match facts:
        case [DossierLeased() as fact]:
            return _claim(fact, world)
        case [DossierReleased() as fact]:
            agency = _agency(before)
            path = world.path_of(agency)
            return ReleaseDossier(fact.by, fact.at, agency, path, fact.token, fact.note)
        case [IndicatorDecided() as fact]:
            return _decide(fact, world)
        case [RevisionRequested() as fact]:
            return _request(fact, before, world)
        case [RevisionLapsed() as fact]:
            due = before.due if isinstance(before, WaitingForRevision) else fact.at
            return LapseRevision(fact.by, fact.at, fact.round, due)
        case [DossierVerified() as fact]:
            agency = _agency(before)
            path = world.path_of(agency)
            return VerifyDossier(fact.by, fact.at, agency, path, _token(before))
        case [VerifierRecused() as fact]:
            return Recuse(fact.by, fact.at, None, (), fact.reason)
        case _:
            return None


def _claim(fact: DossierLeased, world: World) -> ClaimDossier:
    return ClaimDossier(
        by=fact.by,
        at=fact.at,
        agency=fact.verifier_agency,
        agency_path=world.path_of(fact.verifier_agency),
        token=fact.token,
        lease_seconds=_seconds(fact.at, fact.until),
    )


def _decide(fact: IndicatorDecided, world: World) -> DecideIndicator:
    verdict = fact.verdict
    return DecideIndicator(
        by=fact.by,
        at=fact.at,
        agency=verdict.decided_by_agency,
        agency_path=world.path_of(verdict.decided_by_agency),
        token=fact.token,
        lease_seconds=_seconds(fact.at, fact.lease_until),
        indicator=verdict.indicator,
        granted_level=verdict.granted_level,
        reason_code=verdict.reason_code,
        note=verdict.note,
    )


def _request(fact: RevisionRequested, before: State, world: World) -> RequestRevision:
    agency = _agency(before)
    return RequestRevision(
        by=fact.by,
        at=fact.at,
        agency=agency,
        agency_path=world.path_of(agency),
        token=_token(before),
        items=fact.items,
        message=fact.message,
        due=fact.due,
        max_revisions=ANY_NUMBER,
        fields=fact.fields,
    )


def _seconds(start: datetime, end: datetime) -> int:
    return round((end - start).total_seconds())


def _agency(before: State) -> str | None:
    """Of who holds the dossier: nobody else may act on it."""
    lease = before.lease if isinstance(before, InReview) else None
    return lease.agency if lease else None


def _token(before: State) -> str:
    lease = before.lease if isinstance(before, InReview) else None
    return lease.token if lease else ""
