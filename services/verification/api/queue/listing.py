"""The review queue as a list, row by row, and counted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query

from services.verification.api.masking import decided_of, state_at, without_draw
from services.verification.api.queue.asking import REVIEWED, Filters, Reader, queue_of
from services.verification.api.queue.counting import Counts, counted
from services.verification.api.queue.horizon import SORTED, Horizon
from services.verification.api.sight import Ties
from services.verification.projections import DossierStatus, DossierView, QueueView
from shared.events.base import Code, Indicator, Utc
from shared.http import Answer, Doors
from shared.identity import Access, Relation
from shared.projector import bare
from shared.views import Collection


class DossierRow(Answer):
    """A line of the review queue, sorted by `waiting_since`.

    `decided_count` of `claimed_count` indicators have a verdict, `undecided` names the others:
    while a second look goes on, as far as the person may know. `due` is when the agency must
    answer, `due_at` when whoever has it now should be done. A lease, or a reservation, that has
    run out is not shown.
    """

    dossier_id: str
    state: DossierStatus
    title: str
    season_id: str
    agency_id: str
    region_id: str
    affair: str
    round: int
    opened_at: Utc
    waiting_since: Utc
    due: Utc | None
    due_at: Utc | None
    overdue: bool
    lease_holder: str | None
    lease_until: Utc | None
    reserved_for: str | None
    times_leased: int
    claimed_count: int
    decided_count: int
    undecided: tuple[str, ...]


class DossierList(Answer):
    items: tuple[DossierRow, ...]
    next_cursor: str | None


def _filters(
    state: DossierStatus | None = None,
    season_id: Code | None = None,
    region_id: Code | None = None,
    affair: Annotated[str | None, Query(max_length=100)] = None,
    agency_id: Annotated[Code | None, Query(description="With all below it.")] = None,
    indicator: Annotated[
        Indicator | None, Query(description="Of which there is no verdict yet.")
    ] = None,
    mine: Annotated[bool, Query(description="Only what the caller holds now.")] = False,
    overdue: Annotated[bool, Query(description="Only what should have ended by now.")] = False,
) -> Filters:
    return Filters(state, season_id, region_id, affair, agency_id, indicator, mine, overdue)


Asked = Annotated[Filters, Depends(_filters)]


@dataclass(frozen=True, slots=True)
class Lists:
    """`queue` is the read model of the queue, `horizon` how far its first pages reach; a review
    should end within `review`.
    """

    queue: Collection
    horizon: Horizon
    ties: Ties
    review: timedelta
    now: Callable[[], datetime]

    async def reader(self, access: Access) -> Reader:
        """Ties matter only to whose impartiality is asked for."""
        is_bound = Relation.UNCONFLICTED in access.relations
        ties = await self.ties.of(access.caller) if is_bound else ()
        return Reader(access, ties, self.now())


def routes(doors: Doors, lists: Lists) -> APIRouter:
    router = APIRouter(tags=["dossiers"])

    @router.get("/dossiers", name="list_dossiers")
    async def list_dossiers(
        access: Annotated[Access, doors.lists("list_dossiers")],
        filters: Asked,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> DossierList:
        """What waits longest comes first."""
        reader = await lists.reader(access)
        where = queue_of(reader, filters, lists.review)
        if cursor is None:
            page = await lists.horizon.first((filters, limit), where, limit)
        else:
            page = await lists.queue.page(where, order=SORTED, cursor=cursor, limit=limit)
        found = (QueueView.model_validate(bare(each)) for each in page.items)
        items = tuple(row_of(each, reader, lists.review) for each in found)
        return DossierList(items=items, next_cursor=page.next_cursor)

    @router.get("/dossiers/counts", name="count_dossiers")
    async def count_dossiers(
        access: Annotated[Access, doors.lists("count_dossiers")], filters: Asked
    ) -> Counts:
        """How far the work on all dossiers of the filter is."""
        return await counted(lists.queue, await lists.reader(access), filters, lists.review)

    return router


def row_of(found: QueueView, reader: Reader, review: timedelta) -> DossierRow:
    """The line that this reader may see."""
    view = without_draw(found)
    now = reader.now
    decided = decided_of(view, reader.access.caller)
    due = due_at(view, review)
    is_held = view.lease_until is not None and view.lease_until > now
    is_kept = view.reserved_until is not None and view.reserved_until > now
    return DossierRow(
        dossier_id=view.dossier_id,
        state=state_at(view, now),
        title=view.title,
        season_id=view.season_id,
        agency_id=view.agency_id,
        region_id=view.region_id,
        affair=view.affair,
        round=view.round,
        opened_at=view.opened_at,
        waiting_since=view.waiting_since,
        due=view.due,
        due_at=due,
        overdue=due is not None and due < now,
        lease_holder=view.lease_holder if is_held else None,
        lease_until=view.lease_until if is_held else None,
        reserved_for=view.reserved_for if is_kept else None,
        times_leased=view.times_leased,
        claimed_count=view.claimed_count,
        decided_count=len(decided),
        undecided=tuple(each for each in view.claimed if each not in decided),
    )


def due_at(view: QueueView | DossierView, review: timedelta) -> datetime | None:
    """When whoever has it now should be done with it: a verifier, or the agency."""
    if view.state in REVIEWED:
        return view.waiting_since + review
    return view.due if view.state == "waiting_revision" else None
