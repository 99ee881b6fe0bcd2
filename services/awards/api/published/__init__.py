"""Published results, for anybody, without a token and without a person's id."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from services.awards.api.agencies import Agencies
from services.awards.api.published.answers import PublishedList, PublishedResults, published
from services.awards.api.published.export import OpenData, as_csv, exported
from services.awards.api.reading import competition_shown, not_found
from services.awards.projections import CompetitionView
from shared.events.base import Code
from shared.projector import bare
from shared.views import Collection

CSV = "text/csv; charset=utf-8"


def routes(view: Collection, agencies: Agencies, public_url: str) -> APIRouter:
    """`public_url` is where the public reaches these routes."""
    router = APIRouter(tags=["published results"])

    @router.get("/results", name="list_published_results")
    async def list_published_results(
        season_id: Code | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
    ) -> PublishedList:
        season = {} if season_id is None else {"season_id": season_id}
        page = await view.page({"state": "published", **season}, cursor=cursor, limit=limit)
        found = [CompetitionView.model_validate(bare(each)) for each in page.items]
        names = await agencies.names_in(*found)
        shown = (published(each, names) for each in found)
        return PublishedList(
            items=tuple(each for each in shown if each is not None), next_cursor=page.next_cursor
        )

    @router.get(
        "/results/export",
        name="export_published_results",
        response_model=OpenData,
        responses={200: {"content": {"text/csv": {}}}},
    )
    async def export_published_results(
        season_id: Code | None = None,
        competition_id: Code | None = None,
        format: Literal["json", "csv"] = "json",
    ) -> OpenData | Response:
        """Open data: one row a place, in an order that never changes."""
        asked = {"season_id": season_id, "competition_id": competition_id}
        where = {name: value for name, value in asked.items() if value is not None}
        found = await view.all({"state": "published", **where})
        shown = [CompetitionView.model_validate(bare(each)) for each in found]
        data = exported(shown, await agencies.names_in(*shown), public_url)
        if format == "json":
            return data
        name = f"inda-results{''.join(f'-{value}' for value in where.values())}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(as_csv(data), media_type=CSV, headers=headers)

    @router.get("/competitions/{competition_id}/results", name="read_published_results")
    async def read_published_results(competition_id: Code, response: Response) -> PublishedResults:
        shown = await competition_shown(view, competition_id, response)
        found = published(shown, await agencies.names_in(shown))
        if found is None:
            raise not_found()
        return found

    return router
