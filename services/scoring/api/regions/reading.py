"""The index of regions: verified, with what the claims alone would make beside it."""

from decimal import Decimal
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Response

from services.scoring.api.regions.sources import InLanguage, Sources
from services.scoring.domain.figures import Counted, figures
from services.scoring.projections.region import RegionView
from shared.editions import Edition
from shared.events.base import Code, Score
from shared.findings import Language, language_of
from shared.http import Answer, Doors, show_version
from shared.projector import bare

CLAIMED = {
    "id": "Dihitung dari parameter yang diklaim; bukan indeks resmi dan tidak mempunyai predikat.",
    "en": "Computed from the levels that were claimed; it is not the official index and has"
    " no band.",
}


class ClaimedIndex(Answer):
    """What the claims of the counted innovations would make of the index. Only verified counts.

    `difference` is claimed less verified. Null where a constant, or what was claimed, is not known.
    """

    index: Score | None
    maturity_sum: Score | None
    difference: Score | None
    is_official: Literal[False] = False
    sentence: str


class RegionAnswer(RegionView):
    claimed: ClaimedIndex


class RegionList(Answer):
    items: tuple[RegionAnswer, ...]
    next_cursor: str | None


def add_to(router: APIRouter, doors: Doors, sources: Sources) -> None:
    @router.get("", name="list_regions", dependencies=[doors.lists("list_regions")])
    async def list_regions(
        season_id: Code | None = None,
        region_id: Annotated[Code | None, Query(description="One region, all seasons.")] = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
        accept_language: InLanguage = None,
    ) -> RegionList:
        asked = {"season_id": season_id, "region_id": region_id}
        where = {name: value for name, value in asked.items() if value is not None}
        page = await sources.regions.page(where, cursor=cursor, limit=limit)
        shown = (RegionView.model_validate(bare(each)) for each in page.items)
        language = language_of(accept_language)
        items = tuple(answer_of(each, sources.edition(each), language) for each in shown)
        return RegionList(items=items, next_cursor=page.next_cursor)

    @router.get(
        "/{season_id}/{region_id}", name="read_region", dependencies=[doors.reads("read_region")]
    )
    async def read_region(
        season_id: Code, region_id: Code, response: Response, accept_language: InLanguage = None
    ) -> RegionAnswer:
        found = await sources.found(season_id, region_id)
        show_version(response, found.version, found.sequence)
        edition = sources.edition(found.region)
        return answer_of(found.region, edition, language_of(accept_language))


def answer_of(region: RegionView, edition: Edition, language: Language) -> RegionAnswer:
    return RegionAnswer(**dict(region), claimed=claimed_of(region, edition, language))


def claimed_of(region: RegionView, edition: Edition, language: Language) -> ClaimedIndex:
    claims = [
        Counted(each.scorecard_number, each.claimed_maturity, each.main_affair, each.counts)
        for each in region.contributions
        if each.counts and each.claimed_maturity is not None
    ]
    if len(claims) < region.figures.innovations:
        return ClaimedIndex(
            index=None, maturity_sum=None, difference=None, sentence=CLAIMED[language]
        )
    told = figures(edition, region.figures.government_aspect, claims)
    return ClaimedIndex(
        index=told.index,
        maturity_sum=told.maturity_sum,
        difference=_difference(told.index, region.index),
        sentence=CLAIMED[language],
    )


def _difference(claimed: Decimal | None, verified: Decimal | None) -> Decimal | None:
    return None if claimed is None or verified is None else claimed - verified
