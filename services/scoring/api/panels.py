"""Panels over HTTP as they are read: all of it for a committee, their own part for a judge."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Response

from services.scoring.projections.panel import AwaitedRow, PanelView, RecusalRow, SealRow
from shared.errors import NotFound
from shared.events.base import Code, Key
from shared.events.scoring import PanelEntry
from shared.http import Answer, Doors, show_version
from shared.identity import Access, Relation, Thing
from shared.projector import bare
from shared.views import Collection


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

    A judge alone sees neither entries they are recused from nor what other judges do.
    """
    is_judge_only = Relation.ANY not in access.relations
    visible = _visible(access, panel, is_judge_only)

    def is_shown(row: SealRow | AwaitedRow | RecusalRow) -> bool:
        is_own = row.judge_id == access.caller.id
        if is_judge_only and not is_own:
            return False
        return row.innovation_id in visible or (is_own and isinstance(row, RecusalRow))

    return panel.model_copy(
        update={
            "entries": tuple(each for each in panel.entries if each.innovation_id in visible),
            "seals": tuple(filter(is_shown, panel.seals)),
            "awaited": tuple(filter(is_shown, panel.awaited)),
            "recusals": tuple(filter(is_shown, panel.recusals)),
            "scores": tuple(each for each in panel.scores if each.innovation_id in visible),
            "means": tuple(each for each in panel.means if each.innovation_id in visible),
        }
    )


def _visible(access: Access, panel: PanelView, is_judge_only: bool) -> frozenset[str]:
    judges = frozenset(panel.judges)
    own = [row for row in panel.recusals if row.judge_id == access.caller.id and is_judge_only]
    untied = {e.innovation_id for e in panel.entries if access.may(thing_of(e, judges))}
    return frozenset(untied - {row.innovation_id for row in own})


def thing_of(entry: PanelEntry, judges: frozenset[str]) -> Thing:
    """An entry as authorization sees it: who is tied to it, and who may be asked to judge it."""
    return Thing(entry.agency_path, involved=frozenset(entry.drafters), assignees=judges)
