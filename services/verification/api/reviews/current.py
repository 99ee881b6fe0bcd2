"""What holds now, for whoever's save came too late. Pure."""

from datetime import datetime

from services.verification.domain.states import (
    Case,
    Disputed,
    InReview,
    Lease,
    Missing,
    Rejected,
    State,
    UnderCheck,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from services.verification.domain.verdicts import shown_for
from services.verification.projections import DossierStatus
from shared.events.base import Utc
from shared.events.verification import Verdict
from shared.http import Answer


class CurrentIndicator(Answer):
    """The claim and its evidence now, and the verdict on it that this person may see."""

    indicator: str
    claimed_level: int
    basis: str | None
    subtype: str | None
    evidence: tuple[str, ...]
    verdict: Verdict | None


class Current(Answer):
    """The newer state of a dossier. A lease that has run out is none."""

    version: int
    state: DossierStatus
    round: int | None = None
    lease_holder: str | None = None
    lease_until: Utc | None = None
    indicator: CurrentIndicator | None = None


def current(
    state: State, version: int, by: str, at: datetime, indicator: str | None = None
) -> Current:
    """As `by` may see it `at` that moment."""
    if isinstance(state, Missing | Withdrawn):
        return Current(version=version, state="withdrawn")
    lease = lease_of(state)
    held = lease if lease is not None and at < lease.until else None
    return Current(
        version=version,
        state=_status(state, held),
        round=state.case.round,
        lease_holder=None if held is None else held.holder,
        lease_until=None if held is None else held.until,
        indicator=None if indicator is None else _row(state, state.case, indicator, by),
    )


def lease_of(state: State) -> Lease | None:
    return state.lease if isinstance(state, InReview | UnderCheck) else None


def _status(
    state: InReview | WaitingForRevision | UnderCheck | Disputed | Verified | Rejected,
    held: Lease | None,
) -> DossierStatus:
    match state:
        case InReview():
            return "open" if held is None else "in_review"
        case WaitingForRevision():
            return "waiting_revision"
        case UnderCheck():
            return "checking"
        case Disputed():
            return "disputed"
        case Verified():
            return "verified"
        case Rejected():
            return "rejected"


def _row(state: State, case: Case, indicator: str, by: str) -> CurrentIndicator | None:
    claim = case.claim(indicator)
    if claim is None:
        return None
    return CurrentIndicator(
        indicator=indicator,
        claimed_level=claim.level,
        basis=claim.basis,
        subtype=claim.subtype,
        evidence=shown_for(indicator, case.manifest),
        verdict=_verdict(state, case, indicator, by),
    )


def _verdict(state: State, case: Case, indicator: str, by: str) -> Verdict | None:
    """While a second look goes on, everybody sees what they decided themselves, nobody more."""
    found = case.verdict(indicator)
    if not isinstance(state, UnderCheck):
        return found
    own = (
        each for each in (found, state.check.verdict(indicator)) if each and each.decided_by == by
    )
    return next(own, None)
