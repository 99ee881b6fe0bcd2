"""A region as it would be after some steps: the engine's own index. Stores nothing. Pure."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar, assert_never

from services.scoring.domain.figures import Counted, figures
from services.scoring.domain.simulation.steps import (
    Add,
    Change,
    Innovation,
    Kind,
    Levels,
    Remove,
    SetGovernmentRow,
    Standing,
    Step,
    Worth,
    subject_of,
)
from shared.editions import Edition, FormulaError, UnpublishedConstant, government_aspect, maturity
from shared.errors import Refused
from shared.events.scoring import IndexFigures

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Effect:
    """What one step does: by itself, and on top of all the others (thresholds make them differ)."""

    kind: Kind
    subject: str
    alone: Decimal
    on_top: Decimal


@dataclass(frozen=True, slots=True)
class Simulated:
    before: IndexFigures
    after: IndexFigures
    gain: Decimal
    effects: tuple[Effect, ...]


def simulate(edition: Edition, standing: Standing, steps: Sequence[Step]) -> Simulated:
    """The index before and after all steps; each thing is changed once, so order is nothing.

    Refused for what the region or the edition does not have, naming it.
    """
    _require_once(steps)
    now, before = _index(edition, standing, ())
    then, after = _index(edition, standing, steps)
    effects: list[Effect] = []
    for place, step in enumerate(steps):
        others = (*steps[:place], *steps[place + 1 :])
        alone = _index(edition, standing, (step,))[0] - now
        on_top = then - _index(edition, standing, others)[0]
        effects.append(Effect(step.kind, subject_of(step), alone, on_top))
    return Simulated(before, after, then - now, tuple(effects))


def _index(
    edition: Edition, standing: Standing, steps: Sequence[Step]
) -> tuple[Decimal, IndexFigures]:
    for step in steps:
        standing = _after(edition, standing, step)
    counted = [
        Counted(1, each.maturity, each.main_affair, each.counts)
        for each in standing.innovations.values()
    ]
    told = _asked(edition, lambda: figures(edition, standing.aspect, counted))
    if told.index is None:
        raise _unpublished(UnpublishedConstant(str(told.unpublished), edition.id))
    return told.index, told


def _after(edition: Edition, standing: Standing, step: Step) -> Standing:
    match step:
        case SetGovernmentRow():
            return _with_row(edition, standing, step)
        case Add():
            return _with_more(edition, standing, step)
        case Change():
            known = _known(standing, step.innovation_id)
            worth = _maturity(edition, step.worth, known.levels)
            changed = {step.innovation_id: replace(known, maturity=worth)}
            return replace(standing, innovations={**standing.innovations, **changed})
        case Remove():
            _known(standing, step.innovation_id)
            left = {k: v for k, v in standing.innovations.items() if k != step.innovation_id}
            return replace(standing, innovations=left)
        case _:
            assert_never(step)


def _with_row(edition: Edition, standing: Standing, step: SetGovernmentRow) -> Standing:
    if standing.aspect_levels is None:
        raise Refused(
            "rows_not_known",
            "Only the sum of the government aspect is known; give its rows to change one.",
            indicator=step.indicator,
        )
    levels = {**standing.aspect_levels, step.indicator: step.level}
    aspect = _asked(edition, lambda: government_aspect(edition, levels).total)
    return replace(standing, aspect=aspect, aspect_levels=levels)


def _with_more(edition: Edition, standing: Standing, step: Add) -> Standing:
    affair = step.main_affair
    if affair is not None and all(each.id != affair for each in edition.affairs):
        sentence = f"Edition {edition.id} has no affair {affair[:40]!a}."
        raise Refused("affair_unknown", sentence, affair=affair[:40], edition=edition.id)
    newcomer = Innovation(_maturity(edition, step.worth, {}), affair)
    many = {f"{step.name}.{number}": newcomer for number in range(step.count)}
    return replace(standing, innovations={**standing.innovations, **many})


def _maturity(edition: Edition, worth: Worth, known: Levels | None) -> Decimal:
    if (worth.levels is None) == (worth.maturity is None):
        raise Refused("worth_unclear", "Give either the maturity or the levels of an innovation.")
    if worth.levels is None:
        return worth.maturity or Decimal(0)
    if known is None:
        raise Refused("rows_not_known", "Only its maturity is known; give the new maturity.")
    levels = {**known, **worth.levels}
    return _asked(edition, lambda: maturity(edition, levels).total)


def _known(standing: Standing, innovation_id: str) -> Innovation:
    known = standing.innovations.get(innovation_id)
    if known is None:
        sentence = f"The region has no innovation {innovation_id}."
        raise Refused("innovation_unknown", sentence, innovation=innovation_id)
    return known


def _require_once(steps: Sequence[Step]) -> None:
    subjects = Counter(subject_of(step) for step in steps)
    twice = [subject for subject, times in subjects.items() if times > 1]
    if twice:
        raise Refused("changed_twice", f"{twice[0]} is changed twice.", subject=twice[0])


def _asked(edition: Edition, question: Callable[[], T]) -> T:
    try:
        return question()
    except UnpublishedConstant as missing:
        raise _unpublished(missing) from missing
    except FormulaError as impossible:
        raise Refused("change_impossible", str(impossible), edition=edition.id) from impossible


def _unpublished(missing: UnpublishedConstant) -> Refused:
    return Refused(
        "constant_unpublished", str(missing), constant=missing.name, edition=missing.edition_id
    )


__all__ = [
    "Add",
    "Change",
    "Effect",
    "Innovation",
    "Kind",
    "Levels",
    "Remove",
    "SetGovernmentRow",
    "Simulated",
    "Standing",
    "Step",
    "Worth",
    "simulate",
]
