"""Scorecards over HTTP: lists of totals, and each scorecard row by row."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import ConfigDict

from services.scoring.projections.scorecard import ScorecardView
from shared.errors import NotFound
from shared.events.base import Code, Key, Score, Utc
from shared.http import Answer, Doors, show_version
from shared.identity import Access, Caller, Relation, Thing
from shared.projector import bare
from shared.views import Collection, Order

HIGHEST_FIRST = Order("verified_millis", descending=True)


class ScorecardLine(Answer):
    """A scorecard in a list: its totals without its rows."""

    model_config = ConfigDict(frozen=True, from_attributes=True)

    innovation_id: Key
    title: str
    season_id: str
    region_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    edition_id: str
    training: bool
    main_affair: str | None
    number: int
    round: int
    claimed_maturity: Score
    verified_maturity: Score
    counts_for_index: bool
    scored_at: Utc


@dataclass(frozen=True, slots=True)
class Found:
    """A scorecard that its reader may see, and where in the history that is."""

    card: ScorecardView
    version: int
    sequence: int


class ScorecardList(Answer):
    """Highest verified maturity first."""

    items: tuple[ScorecardLine, ...]
    next_cursor: str | None


def routes(doors: Doors, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/scorecards", tags=["scorecards"])

    @router.get("", name="list_scorecards")
    async def list_scorecards(
        access: Annotated[Access, doors.lists("list_scorecards")],
        season_id: Code | None = None,
        region_id: Code | None = None,
        agency_id: Annotated[Code | None, Query(description="This agency or one below it.")] = None,
        counts: Annotated[bool | None, Query(description="Counts for the region's index.")] = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ScorecardList:
        asked = {
            "season_id": season_id,
            "region_id": region_id,
            "agency_path": agency_id,
            "counts_for_index": counts,
        }
        wanted = {name: value for name, value in asked.items() if value is not None}
        where = {"$and": [wanted, seen_by(access)]}
        page = await view.page(where, order=HIGHEST_FIRST, cursor=cursor, limit=limit)
        views = [ScorecardView.model_validate(bare(each)) for each in page.items]
        items = tuple(ScorecardLine.model_validate(each) for each in views)
        return ScorecardList(items=items, next_cursor=page.next_cursor)

    @router.get("/{innovation_id}", name="read_scorecard")
    async def read_scorecard(
        innovation_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_scorecard")],
    ) -> ScorecardView:
        found = await card_for(view, innovation_id, access)
        show_version(response, found.version, found.sequence)
        return found.card

    return router


async def card_for(view: Collection, innovation_id: str, access: Access) -> Found:
    """The scorecard that holds. NotFound unless this person may see it."""
    document = await view.get(innovation_id)
    if document is None:
        raise NotFound("not_found", "There is no such thing, or none that you may see.")
    card = ScorecardView.model_validate(bare(document))
    access.require(Thing(card.agency_path, involved=frozenset(card.drafters)))
    return Found(card, document["version"], document["sequence"])


def seen_by(access: Access) -> dict[str, Any]:
    """The part of a list that this person may see, as a query; `Access.may` says the same of one.

    Whoever is held to be impartial sees nothing they have a tie to, whatever else they are.
    """
    relations = access.relations
    if Relation.ANY in relations and Relation.UNCONFLICTED not in relations:
        return {}
    parts: list[dict[str, Any]] = []
    if Relation.OWN_AGENCY in relations and access.caller.agency is not None:
        parts.append({"agency_path": access.caller.agency})
    if Relation.UNCONFLICTED in relations:
        parts.append(_without_ties(access.caller))
    return {"$or": parts} if parts else {"_id": {"$in": []}}


def _without_ties(caller: Caller) -> dict[str, Any]:
    ties: list[dict[str, Any]] = [{"drafters": {"$ne": caller.id}}]
    if caller.agency is not None:
        ties.append({"agency_path": {"$ne": caller.agency}})
        ties.append({"agency_id": {"$nin": list(caller.agency_path)}})
    return {"$and": ties}
