"""How the index of a region came about: a point after each change, with its cause."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, assert_never

from fastapi import APIRouter, Query, Response

from services.scoring.api.regions.sources import Sources, unknown
from services.scoring.domain.region import region_key
from shared.errors import Invalid
from shared.events.base import Code, Key, PersonId, Recorded, Score, Utc
from shared.events.scoring import (
    REGION,
    Band,
    GovernmentAspectRecorded,
    InnovationCounted,
    RegionEvent,
)
from shared.http import Answer, Doors, show_version

Cause = Literal["innovation", "government_aspect"]


class HistoryPoint(Answer):
    """The index after one change. `change` is to the point before; null where one has no index."""

    version: int
    sequence: int
    at: Utc
    by: PersonId
    cause: Cause
    innovation_id: Key | None
    scorecard_number: int | None
    index: Score | None
    band: Band | None
    change: Score | None
    unpublished: str | None


class RegionHistory(Answer):
    """Newest first."""

    season_id: str
    region_id: str
    items: tuple[HistoryPoint, ...]
    next_cursor: str | None


def add_to(router: APIRouter, doors: Doors, sources: Sources) -> None:
    @router.get(
        "/{season_id}/{region_id}/history",
        name="read_region_history",
        dependencies=[doors.reads("read_region_history")],
    )
    async def read_region_history(
        season_id: Code,
        region_id: Code,
        response: Response,
        cursor: Annotated[str | None, Query(max_length=20)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> RegionHistory:
        before = _version(cursor)
        recorded = await sources.facts(REGION.subject(region_key(season_id, region_id)))
        if not recorded:
            raise unknown()
        show_version(response, recorded[-1].version, recorded[-1].sequence)
        behind = [each for each in points_of(recorded) if before is None or each.version < before]
        items = tuple(reversed(behind[-limit:]))
        return RegionHistory(
            season_id=season_id,
            region_id=region_id,
            items=items,
            next_cursor=str(items[-1].version) if len(behind) > limit else None,
        )


def points_of(recorded: Sequence[Recorded[Any]]) -> tuple[HistoryPoint, ...]:
    """The oldest first."""
    indexes: tuple[Decimal | None, ...] = tuple(each.fact.figures.index for each in recorded)
    steps = pairwise((Decimal(0), *indexes))
    return tuple(_point(each, *step) for each, step in zip(recorded, steps, strict=True))


def _point(event: Recorded[Any], before: Decimal | None, index: Decimal | None) -> HistoryPoint:
    fact: RegionEvent = event.fact
    counted = fact if isinstance(fact, InnovationCounted) else None
    return HistoryPoint(
        version=event.version,
        sequence=event.sequence,
        at=fact.at,
        by=fact.by,
        cause=_cause(fact),
        innovation_id=counted.innovation_id if counted else None,
        scorecard_number=counted.scorecard_number if counted else None,
        index=index,
        band=fact.figures.band,
        change=None if before is None or index is None else index - before,
        unpublished=fact.figures.unpublished,
    )


def _cause(fact: RegionEvent) -> Cause:
    match fact:
        case InnovationCounted():
            return "innovation"
        case GovernmentAspectRecorded():
            return "government_aspect"
        case _:
            assert_never(fact)


def _version(cursor: str | None) -> int | None:
    if cursor is None:
        return None
    if not (cursor.isascii() and cursor.isdigit()):
        raise Invalid("cursor_broken", "This cursor is not one of ours.")
    return int(cursor)
