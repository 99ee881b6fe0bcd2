"""Who owes an innovation this year, who has one, how far it is; and counts of what was reported."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.submission.api.clocks import Now, show_clock
from services.submission.api.compliance.board import Board, Filters
from services.submission.api.compliance.bodies import (
    ComplianceList,
    ComplianceSummary,
    Counts,
)
from services.submission.api.compliance.counting import Counting, Reach
from services.submission.api.seasons import season_of, season_shown
from services.submission.domain.clock import clock_of
from services.submission.domain.obligation import Standing
from services.submission.domain.season import Season
from services.submission.projections.seasons import SeasonView
from shared.events.base import Code
from shared.events.submission import AgencyKind
from shared.http import Doors
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection


def routes(
    doors: Doors,
    season_view: Collection,
    agency_view: Collection,
    innovation_view: Collection,
    now: Now,
) -> APIRouter:
    router = APIRouter(prefix="/seasons", tags=["compliance"])
    board = Board(agency_view, innovation_view)
    counting = Counting(agency_view, innovation_view)

    async def shown(access: Access, season_id: str, response: Response) -> Season:
        found = await season_shown(season_view, season_id)
        season = season_of(SeasonView.model_validate(bare(found)))
        show_clock(response, clock_of(season, access.caller.agency_path, now()))
        return season

    @router.get("/{season_id}/compliance", name="read_compliance")
    async def read_compliance(
        season_id: Code,
        response: Response,
        access: Annotated[Access, doors.lists("read_compliance")],
        region: Code | None = None,
        below: Code | None = None,
        kind: AgencyKind | None = None,
        state: Standing | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> ComplianceList:
        season = await shown(access, season_id, response)
        filters = Filters(region, below, kind, state)
        return await board.page(season, access, filters, cursor, limit)

    @router.get("/{season_id}/compliance/summary", name="read_compliance_summary")
    async def read_compliance_summary(
        season_id: Code,
        response: Response,
        access: Annotated[Access, doors.lists("read_compliance")],
        region: Code | None = None,
        below: Code | None = None,
    ) -> ComplianceSummary:
        season = await shown(access, season_id, response)
        return await board.summary(season, access, Filters(region, below))

    @router.get("/{season_id}/counts", name="read_counts")
    async def read_counts(
        season_id: Code,
        response: Response,
        access: Annotated[Access, doors.lists("read_counts")],
        region: Code | None = None,
        below: Code | None = None,
        state: Reach = "reported",
    ) -> Counts:
        season = await shown(access, season_id, response)
        return await counting.counts(season, access, Filters(region, below), state)

    return router


__all__ = ["routes"]
