"""Why an innovation is in a category of a competition, or is not: every condition in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Response

from services.awards.api.agencies import Agencies, called
from services.awards.api.eligibility.conditions import Condition, Telling, Words
from services.awards.api.past import PastWinsOf
from services.awards.api.reading import ScoredOf, Tongue, competition_shown, not_found
from services.awards.domain.known import PastWin
from services.awards.projections import CompetitionView
from services.awards.projections.parts import EntryView
from shared.events.awards import CategoryRule
from shared.events.base import Code, Key
from shared.events.scoring import InnovationScored
from shared.http import Answer, Doors
from shared.identity import Access, Thing
from shared.views import Collection


class CategoryEligibility(Answer):
    """`is_met` where every condition is; an innovation enters the first such category by rule."""

    category: str
    name: str
    is_met: bool
    is_entered: bool
    conditions: tuple[Condition, ...]


class Eligibility(Answer):
    """`entered_by` is `hand` where the committee did it, with its reason."""

    competition_id: str
    innovation_id: str
    title: str
    agency_id: str
    agency_name: str
    entered_in: str | None
    entered_by: str | None
    reason: str
    is_disqualified: bool
    conditions: tuple[Condition, ...]
    categories: tuple[CategoryEligibility, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What routes ask: views, names, scorecards, earlier winners."""

    view: Collection
    agencies: Agencies
    scored: ScoredOf
    past_wins: PastWinsOf


def routes(doors: Doors, known: Known) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["competitions"])

    @router.get("/eligibility", name="read_eligibility")
    async def read_eligibility(
        competition_id: Code,
        innovation_id: Annotated[Key, Query()],
        response: Response,
        access: Annotated[Access, doors.reads("read_eligibility")],
        language: Tongue,
    ) -> Eligibility:
        shown = await competition_shown(known.view, competition_id, response)
        scorecard = await known.scored(innovation_id)
        if scorecard is None:
            raise not_found()
        access.require(Thing(scorecard.agency_path, frozenset(scorecard.drafters)))
        wins = await known.past_wins(shown.rules)
        names = await known.agencies.names(_agencies(shown, scorecard))
        return eligibility(shown, scorecard, wins, Words(language, names))

    return router


def _agencies(view: CompetitionView, scored: InnovationScored) -> Iterable[str]:
    """All that a sentence may speak of."""
    for rule in view.rules.categories:
        yield from (rule.within, *rule.without, *rule.regions)
    yield from (*scored.agency_path, scored.agency_id, scored.region_id)


def eligibility(
    view: CompetitionView,
    scored: InnovationScored,
    wins: tuple[PastWin, ...],
    words: Words,
) -> Eligibility:
    entries = (each for each in view.entries if each.entry.innovation_id == scored.innovation_id)
    entry = next(entries, None)
    telling = Telling(scored, wins, words)
    return Eligibility(
        competition_id=view.competition_id,
        innovation_id=scored.innovation_id,
        title=scored.title,
        agency_id=scored.agency_id,
        agency_name=called(words.names, scored.agency_id),
        entered_in=None if entry is None else entry.entry.category,
        entered_by=None if entry is None else _entered_by(entry),
        reason="" if entry is None else entry.reason,
        is_disqualified=entry is not None and entry.disqualified is not None,
        conditions=telling.of_the_competition(view),
        categories=tuple(_category(each, entry, telling) for each in view.rules.categories),
    )


def _entered_by(entry: EntryView) -> str:
    return "hand" if entry.reason else "rule"


def _category(rule: CategoryRule, entry: EntryView | None, telling: Telling) -> CategoryEligibility:
    conditions = telling.of_the_category(rule)
    return CategoryEligibility(
        category=rule.code,
        name=rule.name,
        is_met=all(each.is_met for each in conditions),
        is_entered=entry is not None and entry.entry.category == rule.code,
        conditions=conditions,
    )


__all__ = ["Eligibility", "Known", "Words", "eligibility", "routes"]
