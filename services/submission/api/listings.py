"""Lists of innovations over HTTP: a line for each, found by what people ask for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from services.submission.api.desk import Desk
from services.submission.api.reach import seen_by
from services.submission.projections.innovations import InnovationState, title_key
from shared.editions import word_count
from shared.errors import Invalid, Refused
from shared.events.base import Code, Key, Utc
from shared.events.submission import AgencyKind, Stage
from shared.http import Answer, Doors
from shared.identity import Access, Relation
from shared.views import Collection, Order

Choice = Annotated[str | None, Query(min_length=1, max_length=60)]
NEWEST_FIRST = Order("drafted_at", descending=True)
TEXT_HELP = "Words of the title; with a season or an agency, unless only your own are listed."
LINEAGE_HELP = "An innovation and its other editions."
FIELD_OF = {"initiator": "profile.initiator", "main_affair": "profile.main_affair"}
"""Filters whose name is not that of the document's field."""


class Progress(Answer):
    """How far it is: indicators claimed, items of evidence, those still on their way, words."""

    claims: int
    evidence: int
    pending: int
    narrative_words: int


class InnovationRow(Answer):
    """An innovation in one line; `revise_until` while a revision is asked for."""

    innovation_id: str
    title: str
    state: InnovationState
    season_id: str
    training: bool
    agency_id: str
    agency_kind: AgencyKind | None
    region_id: str
    drafted_at: Utc
    changed_at: Utc
    round: int
    stage: Stage | None
    initiator: str | None
    main_affair: str | None
    is_endorsed: bool
    revise_until: Utc | None
    developed_from: str | None
    successor_id: str | None
    progress: Progress


class InnovationList(Answer):
    items: tuple[InnovationRow, ...]
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Filters:
    season_id: Code | None = None
    agency_id: Code | None = None
    region_id: Code | None = None
    state: InnovationState | None = None
    initiator: Choice = None
    main_affair: Choice = None
    training: bool | None = None

    def where(self) -> dict[str, Any]:
        asked = {name: getattr(self, name) for name in self.__slots__}
        return {FIELD_OF.get(k, k): value for k, value in asked.items() if value is not None}


def routes(doors: Doors, desk: Desk, view: Collection, agency_view: Collection) -> APIRouter:
    router = APIRouter(prefix="/innovations", tags=["innovations"])

    @router.get("", name="list_innovations")
    async def list_innovations(
        access: Annotated[Access, doors.lists("list_innovations")],
        filters: Annotated[Filters, Depends()],
        response: Response,
        text: Annotated[str | None, Query(max_length=100, description=TEXT_HELP)] = None,
        lineage_of: Annotated[Key | None, Query(description=LINEAGE_HELP)] = None,
        cursor: Annotated[str | None, Query(max_length=1000)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> InnovationList:
        where = await matching(filters, text, lineage_of, access, view, agency_view)
        await _show_clock(desk, response, filters, access)
        page = await view.page(where, order=NEWEST_FIRST, cursor=cursor, limit=limit)
        items = tuple(row_of(each) for each in page.items)
        return InnovationList(items=items, next_cursor=page.next_cursor)

    return router


async def matching(
    filters: Filters,
    text: str | None,
    lineage_of: str | None,
    access: Access,
    view: Collection,
    agency_view: Collection,
) -> dict[str, Any]:
    """What was asked for, of what this person may see, as a query. Raises `DomainError`."""
    where = {**filters.where(), **await seen_by(access, agency_view)}
    if filters.agency_id is not None and filters.season_id is None:
        # The same innovations by a field that has an index of its own.
        where.setdefault("agency_path", filters.agency_id)
    if text is not None:
        where |= _titled(text, filters, access)
    if lineage_of is not None:
        where |= await _lineage(view, lineage_of)
    return where


def row_of(document: Mapping[str, Any]) -> InnovationRow:
    """The line of a stored view."""
    profile, revision = document["profile"], document["revision"]
    endorsement = document["endorsement"]
    progress = Progress(
        claims=sum(claim["level"] > 0 for claim in document["claims"]),
        evidence=len(document["evidence"]),
        pending=len(document["pending"]),
        narrative_words=word_count(profile["design_narrative"]),
    )
    told = {name: document[name] for name in InnovationRow.model_fields if name in document}
    return InnovationRow(
        **told,
        stage=profile["stage"],
        initiator=profile["initiator"],
        main_affair=profile["main_affair"],
        is_endorsed=endorsement is not None and endorsement["is_current"],
        revise_until=None if revision is None else revision["due"],
        progress=progress,
    )


def _titled(text: str, filters: Filters, access: Access) -> dict[str, Any]:
    """Titles with these words in this order; only within what an index has made small."""
    is_small = filters.season_id is not None or filters.agency_id is not None
    if not is_small and Relation.ANY in access.relations:
        raise Refused("text_too_wide", "Search titles within a season or an agency.")
    key = title_key(text)
    if not key:
        raise Invalid("text_empty", "Search for at least one letter or digit.")
    return {"title_key": {"$regex": re.escape(key)}}


async def _lineage(view: Collection, innovation_id: str) -> dict[str, Any]:
    known = await view.get(innovation_id)
    first = next(iter(known["lineage"]), innovation_id) if known is not None else innovation_id
    return {"$or": [{"_id": first}, {"developed_from": first}]}


async def _show_clock(desk: Desk, response: Response, filters: Filters, access: Access) -> None:
    """The clock of the season asked for, as it runs for the caller's agency."""
    if filters.season_id is None:
        return
    try:
        await desk.clock(response, filters.season_id, access.caller.agency_path)
    except Refused:
        # A season that nobody opened has no clock, and its list is empty.
        return
