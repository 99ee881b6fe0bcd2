"""Holding a dossier: take it, keep it, give it back or to a colleague, take it away, step aside."""

from datetime import timedelta

from services.verification.domain.commands import (
    ClaimDossier,
    HandOver,
    Recuse,
    ReleaseDossier,
    RenewLease,
    RevokeLease,
)
from services.verification.domain.guards import (
    check_lease,
    check_unconflicted,
    in_hand,
    is_involved,
    lease_refused,
    live,
)
from services.verification.domain.states import (
    Disputed,
    InHand,
    InReview,
    Rejected,
    State,
    UnderCheck,
    Verified,
    WaitingForRevision,
)
from shared.errors import Refused
from shared.events.verification import (
    DossierEvent,
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
    VerifierRecused,
)


def claim(command: ClaimDossier, state: State) -> list[DossierEvent]:
    """The holder may claim again: the new token takes the place of the old one."""
    found = in_hand(state)
    if isinstance(found, UnderCheck) and command.by in found.check.first:
        raise _second_look()
    _check_free(command, found)
    return [
        DossierLeased(
            by=command.by,
            at=command.at,
            dossier_id=found.case.dossier_id,
            verifier_id=command.by,
            verifier_agency=command.agency,
            token=command.token,
            until=command.at + timedelta(seconds=command.lease_seconds),
        )
    ]


def _second_look() -> Refused:
    return Refused(
        "second_look_by_another",
        "The second look is for somebody who decided nothing in the first.",
    )


def _check_free(command: ClaimDossier, state: InHand) -> None:
    lease, kept = state.lease, state.reservation
    if lease and command.at < lease.until and lease.holder != command.by:
        raise Refused(
            "lease_held",
            "Another verifier is working on this dossier.",
            holder=lease.holder,
            until=lease.until.isoformat(),
        )
    if kept and command.at < kept.until and kept.person != command.by:
        raise Refused(
            "dossier_reserved",
            "The dossier is kept for a colleague; take another one, or this one later.",
            until=kept.until.isoformat(),
        )


def renew(command: RenewLease, state: State) -> list[DossierEvent]:
    """A heartbeat is no fact while more than half of the lease is left."""
    found = in_hand(state)
    check_lease(command, found)
    length = timedelta(seconds=command.lease_seconds)
    if found.lease is None or found.lease.until - command.at >= length / 2:
        return []
    return [
        LeaseRenewed(
            by=command.by,
            at=command.at,
            dossier_id=found.case.dossier_id,
            token=command.token,
            until=command.at + length,
        )
    ]


def release(command: ReleaseDossier, state: State) -> list[DossierEvent]:
    if not isinstance(state, InReview | UnderCheck) or state.lease is None:
        return []
    if (state.lease.holder, state.lease.token) != (command.by, command.token):
        raise lease_refused()
    return [
        DossierReleased(
            by=command.by,
            at=command.at,
            dossier_id=state.case.dossier_id,
            token=command.token,
            note=command.note,
        )
    ]


def hand_over(command: HandOver, state: State) -> list[DossierEvent]:
    found = in_hand(state)
    check_lease(command, found)
    _check_colleague(command.to, command.by, found)
    return [
        DossierHandedOver(
            by=command.by,
            at=command.at,
            dossier_id=found.case.dossier_id,
            token=command.token,
            to=command.to,
            until=command.at + timedelta(seconds=command.keep_seconds),
            note=command.note,
        )
    ]


def revoke(command: RevokeLease, state: State) -> list[DossierEvent]:
    """Who supervises decides nothing in the dossier, so their own agency does not matter."""
    found = in_hand(state)
    lease = found.lease
    if lease is None or command.at >= lease.until:
        raise Refused("lease_missing", "Nobody holds this dossier now.")
    if command.to is not None:
        _check_colleague(command.to, lease.holder, found)
    kept = command.at + timedelta(seconds=command.keep_seconds)
    return [
        LeaseRevoked(
            by=command.by,
            at=command.at,
            dossier_id=found.case.dossier_id,
            token=lease.token,
            holder=lease.holder,
            reason=command.reason,
            to=command.to,
            until=None if command.to is None else kept,
        )
    ]


def _check_colleague(to: str, holder: str, state: InHand) -> None:
    """Kept for somebody who may not take it, the dossier would only lie there."""
    if to == holder:
        raise Refused("colleague_is_holder", "Name somebody else than who holds it now.")
    is_first = isinstance(state, UnderCheck) and to in state.check.first
    if is_first or is_involved(to, state.case):
        raise Refused("colleague_not_free", "That colleague may not take this dossier.", to=to)


def recuse(command: Recuse, state: State) -> list[DossierEvent]:
    """Who has decided something stays answerable for it and can no longer step aside."""
    found = live(state)
    case = found.case
    if command.by in case.recused:
        return []
    check_unconflicted(command, case)
    if command.by in _deciders(found):
        raise Refused(
            "already_decided",
            "You have decided in this dossier; declare a conflict before the first verdict.",
        )
    return [
        VerifierRecused(
            by=command.by,
            at=command.at,
            dossier_id=case.dossier_id,
            verifier_id=command.by,
            reason=command.reason,
        )
    ]


def _deciders(state: State) -> frozenset[str]:
    match state:
        case Verified() | Rejected():
            return frozenset(state.deciders)
        case UnderCheck() | Disputed():
            return state.check.first | state.check.second
        case WaitingForRevision(back=back) if back is not None:
            return _deciders(back)
        case _:
            return live(state).case.deciders
