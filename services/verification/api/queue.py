"""Which dossiers a person's review queue holds. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pydantic import TypeAdapter

from services.verification.projections import DossierStatus, DossierView
from shared.events.base import Utc
from shared.identity import Access, Caller, Relation, Thing

Where = Mapping[str, Any]
_UTC = TypeAdapter[datetime](Utc)


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person asks to see; None asks nothing. `agency_id` stands for all below it too."""

    state: DossierStatus | None = None
    season_id: str | None = None
    region_id: str | None = None
    affair: str | None = None
    agency_id: str | None = None
    mine: bool = False


def queue_of(access: Access, filters: Filters, now: datetime) -> Where:
    """The query of the read model. What a reviewer is tied to is left out by the query itself."""
    parts: list[Where] = [
        {"round": {"$gt": 0}},
        _in_state(filters.state, now),
        *_equal("season_id", filters.season_id),
        *_equal("region_id", filters.region_id),
        *_equal("affair", filters.affair),
        *_equal("agency_path", filters.agency_id),
    ]
    if filters.mine:
        parts.append({"lease_holder": access.caller.id, "lease_until": {"$gt": stored(now)}})
    if Relation.UNCONFLICTED in access.relations:
        parts.append(_without_ties(access.caller))
    return {"$and": parts}


def stored(moment: datetime) -> str:
    """A moment as the read model writes it."""
    return _UTC.dump_python(moment, mode="json")


def thing(view: DossierView) -> Thing:
    """What authorization asks of a dossier."""
    return Thing(agency_path=view.agency_path, involved=frozenset(view.excluded))


def state_at(view: DossierView, now: datetime) -> DossierStatus:
    """A dossier whose lease has run out is open again, though no fact says so."""
    has_ended = view.lease_until is not None and view.lease_until <= now
    return "open" if view.state == "in_review" and has_ended else view.state


def _in_state(state: DossierStatus | None, now: datetime) -> Where:
    moment = stored(now)
    match state:
        case None:
            return {"state": {"$ne": "withdrawn"}}
        case "open":
            ended = {"state": "in_review", "lease_until": {"$lte": moment}}
            return {"$or": [{"state": "open"}, ended]}
        case "in_review":
            return {"state": "in_review", "lease_until": {"$gt": moment}}
        case _:
            return {"state": state}


def _equal(field: str, value: str | None) -> tuple[Where, ...]:
    return () if value is None else ({field: value},)


def _without_ties(caller: Caller) -> Where:
    free: dict[str, Any] = {
        "excluded": {"$ne": caller.id},
        "agency_id": {"$nin": list(caller.agency_path)},
    }
    return free if caller.agency is None else {**free, "agency_path": {"$ne": caller.agency}}
