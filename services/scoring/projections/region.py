"""A region's index in a season, what it is made of, and its latest points. Pure."""

from typing import Any, assert_never

from pydantic import BaseModel, ConfigDict

from shared.events.base import Digest, Key, Recorded, Score, Utc
from shared.events.scoring import (
    REGION,
    Band,
    GovernmentAspectRecorded,
    GovernmentRow,
    IndexFigures,
    InnovationCounted,
    RegionEvent,
)
from shared.projector import Projection

POINTS_KEPT = 50


class Contribution(BaseModel):
    """What an innovation brings; one that does not count is shown and brings nothing.

    `claimed_maturity` stands beside it and brings nothing; None in facts of older builds.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    innovation_id: Key
    scorecard_number: int
    verified_maturity: Score
    claimed_maturity: Score | None = None
    main_affair: str | None
    counts: bool
    counted_at: Utc


class AspectEntry(BaseModel):
    """The government aspect as it was entered last."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    edition_id: str
    rows: tuple[GovernmentRow, ...]
    recorded_by: str
    recorded_at: Utc


class IndexPoint(BaseModel):
    """The index after one change. `cause` is an innovation's id, or `government_aspect`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    at: Utc
    sequence: int
    cause: str
    index: Score | None
    band: Band | None


class RegionView(BaseModel):
    """`points` are the latest 50, oldest first; `contributions` go by innovation id."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    season_id: str
    region_id: str
    edition_id: str
    edition_digest: Digest
    index: Score | None
    band: Band | None
    figures: IndexFigures
    government_aspect: AspectEntry | None
    contributions: tuple[Contribution, ...]
    points: tuple[IndexPoint, ...]
    changed_at: Utc


def fold(view: RegionView | None, event: Recorded[Any]) -> RegionView:
    fact: RegionEvent = event.fact
    figures = fact.figures
    point = IndexPoint(
        at=fact.at,
        sequence=event.sequence,
        cause=_cause(fact),
        index=figures.index,
        band=figures.band,
    )
    return RegionView(
        season_id=fact.season_id,
        region_id=fact.region_id,
        edition_id=fact.edition_id,
        edition_digest=fact.edition_digest,
        index=figures.index,
        band=figures.band,
        figures=figures,
        government_aspect=_aspect(view, fact),
        contributions=_contributions(view, fact),
        points=(*(view.points if view else ()), point)[-POINTS_KEPT:],
        changed_at=fact.at,
    )


def _cause(fact: RegionEvent) -> str:
    match fact:
        case InnovationCounted():
            return fact.innovation_id
        case GovernmentAspectRecorded():
            return "government_aspect"
        case _:
            assert_never(fact)


def _aspect(view: RegionView | None, fact: RegionEvent) -> AspectEntry | None:
    if not isinstance(fact, GovernmentAspectRecorded):
        return view.government_aspect if view else None
    return AspectEntry(
        edition_id=fact.edition_id, rows=fact.rows, recorded_by=fact.by, recorded_at=fact.at
    )


def _contributions(view: RegionView | None, fact: RegionEvent) -> tuple[Contribution, ...]:
    before = view.contributions if view else ()
    if not isinstance(fact, InnovationCounted):
        return before
    others = [each for each in before if each.innovation_id != fact.innovation_id]
    latest = Contribution(
        innovation_id=fact.innovation_id,
        scorecard_number=fact.scorecard_number,
        verified_maturity=fact.verified_maturity,
        claimed_maturity=fact.claimed_maturity,
        main_affair=fact.main_affair,
        counts=fact.counts,
        counted_at=fact.at,
    )
    return tuple(sorted([*others, latest], key=lambda each: each.innovation_id))


REGIONS = Projection("regions", REGION, RegionView, fold, (("season_id",), ("region_id",)))
