"""The review queue: of every dossier what lists, counts and fair picking ask for. Pure."""

from collections.abc import Iterable
from typing import Any, assert_never

from services.verification.projections.leases import Change, Leasing
from services.verification.projections.queue.deciding import (
    Checking,
    Deciding,
    checked,
    decided,
    standing_after,
)
from services.verification.projections.queue.leasing import NO_LEASE, leased
from services.verification.projections.queue.row import ADMISSIBILITY, QueueView
from services.verification.projections.revisions import Revising
from shared.events.base import Recorded
from shared.events.submission import Claim
from shared.events.verification import (
    DOSSIER,
    AdmissibilityDecided,
    DossierEvent,
    DossierHandedOver,
    DossierLeased,
    DossierOpened,
    DossierRejected,
    DossierReleased,
    DossierVerified,
    DossierWithdrawn,
    FieldVisitRecorded,
    IndicatorDecided,
    LeaseRenewed,
    LeaseRevoked,
    RevisionAnnounced,
    RevisionLapsed,
    RevisionReceived,
    RevisionRequested,
    VerdictCorrected,
    VerifierRecused,
)
from shared.projector import Projection

__all__ = ["ADMISSIBILITY", "QUEUE", "QueueView", "fold"]

_NO_SECOND: Change = {"first": (), "rechecked": ()}

Later = Leasing | Revising | Deciding | Checking | FieldVisitRecorded | DossierWithdrawn


def fold(row: QueueView | None, event: Recorded[Any]) -> QueueView:
    return _settled(_step(row, event))


def _step(row: QueueView | None, event: Recorded[Any]) -> QueueView:
    fact: DossierEvent = event.fact
    if isinstance(fact, DossierOpened):
        return _opened(fact)
    if row is None and isinstance(fact, DossierWithdrawn):
        row = _empty(event.key, fact)
    if row is None:
        raise ValueError(f"A dossier cannot begin with {type(fact).__name__}.")
    change = _changed(row, fact, event)
    state, behind = change.get("state", row.state), change.get("behind", row.behind)
    blank: Change = {} if state == "checking" or behind is not None else _NO_SECOND
    return row.model_copy(update={**change, **blank})


def _opened(fact: DossierOpened) -> QueueView:
    return QueueView(
        dossier_id=fact.dossier_id,
        state="open",
        opened_at=fact.at,
        waiting_since=fact.at,
        **_told(fact, ()),
    )


def _empty(dossier_id: str, fact: DossierWithdrawn) -> QueueView:
    """Taken back before anything came in."""
    return QueueView(
        dossier_id=dossier_id, state="withdrawn", opened_at=fact.at, waiting_since=fact.at
    )


def _changed(row: QueueView, fact: Later, event: Recorded[Any]) -> Change:
    match fact:
        case (
            DossierLeased()
            | LeaseRenewed()
            | DossierReleased()
            | DossierHandedOver()
            | LeaseRevoked()
            | VerifierRecused()
        ):
            return leased(row, fact, event)
        case RevisionReceived() | RevisionRequested() | RevisionAnnounced() | RevisionLapsed():
            return _revised(row, fact)
        case (
            AdmissibilityDecided()
            | IndicatorDecided()
            | DossierVerified()
            | DossierRejected()
            | VerdictCorrected()
        ):
            return decided(row, fact)
        case FieldVisitRecorded():
            return {}
        case DossierWithdrawn():
            return {"state": "withdrawn", "due": None, **NO_LEASE}
        case _:
            return checked(row, fact)


def _revised(row: QueueView, fact: Revising) -> Change:
    match fact:
        case RevisionRequested():
            return {**_waits(fact), "due": fact.due}
        case RevisionAnnounced():
            was_waiting = row.state == "waiting_revision"
            since = {"waiting_since": row.waiting_since} if was_waiting else {}
            behind = row.behind if was_waiting else row.state
            is_checked = behind in ("checking", "disputed")
            told = {"behind": behind if is_checked else None}
            return {**_waits(fact), "due": fact.until, **since, **told}
        case RevisionLapsed():
            return {**_back(fact), "state": row.behind or "open"}
        case RevisionReceived():
            told = _told(fact, row.recused)
            return {**_back(fact), **told, **standing_after(row, fact, told["claimed"])}
        case _:
            assert_never(fact)


def _waits(fact: RevisionRequested | RevisionAnnounced) -> Change:
    return {"state": "waiting_revision", "waiting_since": fact.at, **NO_LEASE}


def _back(fact: RevisionLapsed | RevisionReceived) -> Change:
    """The dossier is reviewed again."""
    return {"state": "open", "behind": None, "waiting_since": fact.at, "due": None, **NO_LEASE}


def _told(fact: DossierOpened | RevisionReceived, recused: Iterable[str]) -> Change:
    about = fact.about
    claimed = _claimed(fact.claims)
    return {
        "round": fact.round,
        "season_id": about.season_id,
        "agency_id": about.agency_id,
        "agency_path": about.agency_path,
        "region_id": about.region_id,
        "affair": about.profile.main_affair or "",
        "title": about.profile.title,
        "excluded": tuple(sorted({*about.drafters, *recused})),
        "claimed": claimed,
        "claimed_count": len(claimed),
    }


def _claimed(claims: Iterable[Claim]) -> tuple[str, ...]:
    return tuple(sorted(claim.indicator for claim in claims if claim.level))


def _settled(row: QueueView) -> QueueView:
    """What follows from the rest."""
    is_checked = row.state == "checking"
    known = () if is_checked else dict(row.standing)
    undecided = tuple(indicator for indicator in row.claimed if indicator not in known)
    since = row.waiting_since.strftime("%Y-%m-%dT%H:%M:%S.%f")
    return row.model_copy(
        update={
            "undecided": undecided,
            "decided_count": row.claimed_count - len(undecided),
            "turn": f"{row.times_leased:06}/{since}",
        }
    )


QUEUE = Projection(
    "queue",
    DOSSIER,
    QueueView,
    fold,
    (
        ("waiting_since",),
        ("state", "waiting_since"),
        ("season_id", "waiting_since"),
        ("region_id", "waiting_since"),
        ("affair", "waiting_since"),
        ("agency_path", "waiting_since"),
        ("undecided", "waiting_since"),
        ("lease_holder", "waiting_since"),
        ("affair", "turn"),
        ("reserved_for", "turn"),
        ("turn",),
        ("taken_by",),
    ),
    step=_step,
    settled=_settled,
)
