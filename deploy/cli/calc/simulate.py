"""`inda calc simulate`: a region's index before and after some changes, by the engine itself."""

from collections import Counter

from pydantic import StrictInt

from deploy.cli.calc.edition import EditionId, run_by_edition
from deploy.cli.calc.running import Answer, Impossible, Number, Request, Source
from services.scoring.api.regions import Changes, steps_of
from services.scoring.domain import simulation
from shared import editions
from shared.editions import Edition
from shared.events.base import Key

Levels = dict[str, StrictInt]


class InnovationRequest(Request):
    """`id` is how the changes name it; its place, counted from 1, where it has none."""

    maturity: Number | None = None
    levels: Levels | None = None
    affair: str | None = None
    id: Key | None = None


class SimulationRequest(Request):
    """`spd` is the sum of the government aspect, or the levels of its rows."""

    spd: Number | Levels
    innovations: list[InnovationRequest]
    changes: Changes


def simulate(edition: EditionId, file: Source = None) -> None:
    """{"spd", "innovations": [...], "changes": {...}} -> {"before", "after", "gain", "effects"}.

    "spd" is a number, or levels {"SPD-01": 3, ...}; an innovation is {"maturity" or "levels",
    "affair"?, "id"?}. "changes" are those of the API: {"government_aspect": {"SPD-12": 3},
    "added": [{"maturity" or "levels", "affair"?, "count"?}], "changed": [{"innovation_id",
    "maturity" or "levels"}], "removed": ["id"]}.
    """
    run_by_edition(edition, file, _simulate)


def _simulate(edition: Edition, given: object) -> Answer:
    request = SimulationRequest.model_validate(given)
    told = simulation.simulate(edition, _standing(edition, request), steps_of(request.changes))
    return {
        "before": told.before.model_dump(mode="json"),
        "after": told.after.model_dump(mode="json"),
        "gain": str(told.gain),
        "effects": [_effect(each) for each in told.effects],
    }


def _effect(effect: simulation.Effect) -> Answer:
    return {
        "kind": effect.kind,
        "subject": effect.subject,
        "alone": str(effect.alone),
        "on_top": str(effect.on_top),
    }


def _standing(edition: Edition, request: SimulationRequest) -> simulation.Standing:
    named = [each.id or str(place) for place, each in enumerate(request.innovations, start=1)]
    twice = [name for name, times in Counter(named).items() if times > 1]
    if twice:
        raise Impossible(f"The innovation {twice[0][:40]!a} is there twice.")
    innovations = (_innovation(edition, each) for each in request.innovations)
    known = dict(zip(named, innovations, strict=True))
    if not isinstance(request.spd, dict):
        return simulation.Standing(request.spd, None, known)
    aspect = editions.government_aspect(edition, request.spd).total
    return simulation.Standing(aspect, request.spd, known)


def _innovation(edition: Edition, told: InnovationRequest) -> simulation.Innovation:
    if told.affair is not None and told.affair not in editions.ids(edition.affairs):
        raise Impossible(f"Edition {edition.id} has no affair {told.affair[:40]!a}.")
    if told.levels is not None and told.maturity is None:
        worth = editions.maturity(edition, told.levels).total
        return simulation.Innovation(worth, told.affair, levels=told.levels)
    if told.maturity is None or told.levels is not None:
        raise Impossible("Give either the maturity or the levels of an innovation.")
    return simulation.Innovation(told.maturity, told.affair)
