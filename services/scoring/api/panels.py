"""Panels over HTTP as they are read: all of it for a committee, their own part for a judge."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from services.scoring.projections.panel import (
    AwaitedRow,
    PanelView,
    RecusalRow,
    RemovalRow,
    SealRow,
    SeatRow,
    ThirdReadingRow,
    reads,
)
from shared.errors import NotFound
from shared.events.base import Code, Key
from shared.events.scoring import JudgeSeverity, PanelEntry
from shared.http import Answer, Doors, show_version
from shared.identity import Access, Relation, Thing
from shared.projector import bare
from shared.views import Collection

OwnedRow = (
    SeatRow | RemovalRow | JudgeSeverity | SealRow | AwaitedRow | RecusalRow | ThirdReadingRow
)


class PanelList(Answer):
    items: tuple[PanelView, ...]
    next_cursor: str | None


def routes(doors: Doors, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/panels", tags=["panels"])

    @router.get("", name="list_panels")
    async def list_panels(
        access: Annotated[Access, doors.lists("list_panels")],
        competition_id: Code | None = None,
        category: Code | None = None,
        state: Literal["open", "revealed"] | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
    ) -> PanelList:
        asked = {"competition_id": competition_id, "category": category, "state": state}
        where: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
        if Relation.ANY not in access.relations:
            where["judges"] = access.caller.id
        page = await view.page(where, cursor=cursor, limit=limit)
        items = tuple(shown_to(access, PanelView.model_validate(bare(e))) for e in page.items)
        return PanelList(items=items, next_cursor=page.next_cursor)

    @router.get("/{panel_id}", name="read_panel")
    async def read_panel(
        panel_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_panel")],
    ) -> PanelView:
        document = await view.get(panel_id)
        if document is None:
            raise NotFound("not_found", "There is no such panel, or none that you may see.")
        whole = PanelView.model_validate(bare(document))
        access.require(Thing(assignees=frozenset(whole.judges)))
        show_version(response, document["version"], document["sequence"])
        return shown_to(access, whole)

    return router


def shown_to(access: Access, panel: PanelView) -> PanelView:
    """The entries that this person may look at, and what belongs to them.

    A judge alone sees only entries that are before them, and nothing of what other judges do.
    """
    is_judge_only = Relation.ANY not in access.relations
    visible = _visible(access, panel, is_judge_only)

    def is_own(row: OwnedRow) -> bool:
        return not is_judge_only or row.judge_id == access.caller.id

    def is_shown(row: SealRow | AwaitedRow | RecusalRow | ThirdReadingRow) -> bool:
        is_own_recusal = isinstance(row, RecusalRow) and row.judge_id == access.caller.id
        return is_own(row) and (row.innovation_id in visible or is_own_recusal)

    return panel.model_copy(
        update={
            "seats": tuple(filter(is_own, panel.seats)),
            "removals": tuple(filter(is_own, panel.removals)),
            "severities": tuple(filter(is_own, panel.severities)),
            "entries": tuple(each for each in panel.entries if each.innovation_id in visible),
            "seals": tuple(filter(is_shown, panel.seals)),
            "awaited": tuple(filter(is_shown, panel.awaited)),
            "recusals": tuple(filter(is_shown, panel.recusals)),
            "third_readings": tuple(filter(is_shown, panel.third_readings)),
            "scores": tuple(each for each in panel.scores if each.innovation_id in visible),
            "means": tuple(each for each in panel.means if each.innovation_id in visible),
            "results": tuple(each for each in panel.results if each.innovation_id in visible),
        }
    )


def _visible(access: Access, panel: PanelView, is_judge_only: bool) -> frozenset[str]:
    own = [row for row in panel.recusals if row.judge_id == access.caller.id and is_judge_only]
    untied = {e.innovation_id for e in panel.entries if access.may(_thing_of(e, panel))}
    return frozenset(untied - {row.innovation_id for row in own})


def _thing_of(entry: PanelEntry, panel: PanelView) -> Thing:
    readers = (seat.judge_id for seat in panel.seats if reads(seat, entry.innovation_id))
    return thing_of(entry, frozenset(readers))


def thing_of(entry: PanelEntry, readers: frozenset[str]) -> Thing:
    """An entry as authorization sees it: who is tied to it, and before which judges it is."""
    return Thing(entry.agency_path, involved=frozenset(entry.drafters), assignees=readers)
