"""Which dossiers a person's review queue holds. Pure."""

from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import TypeAdapter

from services.verification.projections import DossierStatus, DossierView
from shared.events.base import Utc
from shared.identity import Access, Relation, Thing

Where = Mapping[str, Any]
REVIEWED: tuple[DossierStatus, ...] = ("open", "in_review", "checking", "disputed")
"""What waits for a verifier, each for as long as a review may take."""

_UTC = TypeAdapter[datetime](Utc)
_NONE: Where = {"dossier_id": {"$in": []}}


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the queue, and when. `ties` are agencies that they are tied to beside theirs."""

    access: Access
    ties: tuple[str, ...]
    now: datetime

    @property
    def by(self) -> str:
        return self.access.caller.id


@dataclass(frozen=True, slots=True)
class Filters:
    """What the person asks to see; None asks nothing. `agency_id` stands for all below it too,
    `indicator` for dossiers in which it is still to be decided.
    """

    state: DossierStatus | None = None
    season_id: str | None = None
    region_id: str | None = None
    affair: str | None = None
    agency_id: str | None = None
    indicator: str | None = None
    mine: bool = False
    overdue: bool = False


def queue_of(reader: Reader, filters: Filters, review: timedelta) -> Where:
    """The query of the read model. What a reviewer is tied to is left out by the query itself.

    A review is overdue once it has waited for `review`. One level of plain fields, as far as that
    goes: any engine finds an index for one of them.
    """
    asked: list[Where] = [
        _in_state(filters.state, reader.now),
        _equal("season_id", filters.season_id),
        _equal("region_id", filters.region_id),
        _equal("affair", filters.affair),
        _equal("agency_path", filters.agency_id),
        _equal("undecided", filters.indicator),
        _mine(reader) if filters.mine else {},
        _overdue(filters.state, reader.now, review) if filters.overdue else {},
        open_to(reader),
    ]
    return together(*asked)


def open_to(reader: Reader) -> Where:
    """What no conflict of interest keeps away from the person, where their roles ask for that."""
    if Relation.UNCONFLICTED not in reader.access.relations:
        return {}
    caller = reader.access.caller
    own = () if caller.agency is None else (caller.agency,)
    return {
        "excluded": {"$ne": caller.id},
        **_none_of("agency_path", {*reader.ties, *own}),
        **_none_of("agency_id", {*caller.agency_path} - {*own}),
    }


def together(*asked: Where) -> Where:
    """All of them hold. Of the same operator on the same field the last one counts."""
    where: dict[str, Any] = {}
    for each in asked:
        for field, wanted in each.items():
            is_new = field not in where
            where[field] = wanted if is_new else {**_operators(where[field]), **_operators(wanted)}
    return where


def _operators(wanted: Where | str) -> Where:
    return {"$eq": wanted} if isinstance(wanted, str) else wanted


def stored(moment: datetime) -> str:
    """A moment as the read model writes it."""
    return _UTC.dump_python(moment, mode="json")


def not_held(now: datetime) -> Where:
    """Nobody holds it: a lease that has run out is none."""
    return {"lease_until": {"$not": {"$gt": stored(now)}}}


def held(now: datetime) -> Where:
    return {"lease_until": {"$gt": stored(now)}}


def thing(view: DossierView) -> Thing:
    """What authorization asks of a dossier."""
    return Thing(agency_path=view.agency_path, involved=frozenset(view.excluded))


def _none_of(field: str, values: Set[str]) -> Where:
    match sorted(values):
        case []:
            return {}
        case [value]:
            return {field: {"$ne": value}}
        case several:
            return {field: {"$nin": several}}


def _in_state(state: DossierStatus | None, now: datetime) -> Where:
    match state:
        case None:
            return {"state": {"$ne": "withdrawn"}}
        case "open":
            return {"state": {"$in": ["open", "in_review"]}, **not_held(now)}
        case "in_review":
            return {"state": {"$in": ["in_review"]}, **held(now)}
        case "withdrawn":
            return {"state": {"$in": ["withdrawn"]}, "round": {"$gt": 0}}
        case _:
            return {"state": {"$in": [state]}}


def _equal(field: str, value: str | None) -> Where:
    return {} if value is None else {field: value}


def _mine(reader: Reader) -> Where:
    return {"lease_holder": reader.by, **held(reader.now)}


def _overdue(state: DossierStatus | None, now: datetime, review: timedelta) -> Where:
    reviews: Where = {"waiting_since": {"$lt": stored(now - review)}}
    revisions: Where = {"due": {"$lt": stored(now)}}
    if state is None:
        late = {"state": {"$in": list(REVIEWED)}, **reviews}
        return {"$or": [late, {"state": "waiting_revision", **revisions}]}
    if state in REVIEWED:
        return reviews
    return revisions if state == "waiting_revision" else _NONE
