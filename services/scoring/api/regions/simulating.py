"""A region as it would be: the engine's own figures before and after. Nothing is stored."""

from collections.abc import Mapping
from typing import Any, Literal

from fastapi import APIRouter, Response

from services.scoring.api.regions.changes import Changes, steps_of
from services.scoring.api.regions.form import entry_of
from services.scoring.api.regions.sources import Sources
from services.scoring.domain.simulation import (
    Change,
    Effect,
    Innovation,
    Kind,
    Simulated,
    Standing,
    simulate,
)
from services.scoring.projections.region import Contribution, RegionView
from services.scoring.projections.scorecard import ScorecardView
from shared.events.base import Code, Score
from shared.events.scoring import IndexFigures
from shared.http import Answer, Doors, show_version
from shared.projector import bare


class StepEffect(Answer):
    """What one change does to the index.

    `subject` is a row, an innovation, or `+1` for the first addition. `alone` is the change by
    itself; `on_top` is what is lost if it alone is left out.
    """

    kind: Kind
    subject: str
    alone: Score
    on_top: Score


class Simulation(Answer):
    """`effects` are in the order of rows, additions, changes and removals as they were asked."""

    season_id: str
    region_id: str
    edition_id: str
    before: IndexFigures
    after: IndexFigures
    gain: Score
    effects: tuple[StepEffect, ...]
    is_official: Literal[False] = False


def add_to(router: APIRouter, doors: Doors, sources: Sources) -> None:
    @router.post(
        "/{season_id}/{region_id}/simulation",
        name="simulate_region",
        dependencies=[doors.reads("simulate_region")],
    )
    async def simulate_region(
        season_id: Code, region_id: Code, body: Changes, response: Response
    ) -> Simulation:
        """As if the changes were so, which they are not: a query, that needs no key."""
        found = await sources.found(season_id, region_id)
        show_version(response, found.version, found.sequence)
        steps = steps_of(body)
        asked = [each.innovation_id for each in steps if isinstance(each, Change)]
        cards = await sources.scorecards.get_many(asked)
        edition = sources.edition(found.region)
        told = simulate(edition, _standing(found.region, cards), steps)
        return Simulation(
            season_id=season_id, region_id=region_id, edition_id=edition.id, **_answer(told)
        )


def _answer(told: Simulated) -> dict[str, Any]:
    effects = tuple(effect_of(each) for each in told.effects)
    return {"before": told.before, "after": told.after, "gain": told.gain, "effects": effects}


def effect_of(effect: Effect) -> StepEffect:
    return StepEffect(
        kind=effect.kind, subject=effect.subject, alone=effect.alone, on_top=effect.on_top
    )


def _standing(region: RegionView, cards: Mapping[str, Mapping[str, Any]]) -> Standing:
    entry = entry_of(region)
    rows = entry.rows if entry is not None else ()
    return Standing(
        aspect=region.figures.government_aspect,
        aspect_levels={row.indicator: row.level for row in rows},
        innovations={
            each.innovation_id: _innovation(each, cards.get(each.innovation_id))
            for each in region.contributions
        },
    )


def _innovation(known: Contribution, card: Mapping[str, Any] | None) -> Innovation:
    levels = None
    if card is not None:
        rows = ScorecardView.model_validate(bare(card)).rows
        levels = {row.indicator: row.granted_level for row in rows}
    return Innovation(known.verified_maturity, known.main_affair, known.counts, levels)
