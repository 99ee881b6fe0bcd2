"""Versions of the results: each the ranking that follows from the state, never an edit."""

from typing import Literal

from services.awards.domain.competition.commands import (
    CorrectEntry,
    DecideDoubt,
    Disqualify,
    DraftResults,
    ResolveTie,
)
from services.awards.domain.competition.questions import entries_of
from services.awards.domain.competition.states import Drafted, Judging
from services.awards.domain.ranking import Order, Vote, ranked
from services.awards.domain.rounds import ClosedRound
from shared.events.awards import RankedEntry, ResultsDrafted

Cause = Literal["first", "objection", "disqualification", "vote", "doubt"]


def ranking(state: Judging, votes: tuple[Vote, ...] = ()) -> tuple[RankedEntry, ...]:
    """All places of all categories, in the order of the rules."""
    order = Order(state.rules.tie_breaks, votes)
    places: list[RankedEntry] = []
    for category in state.rules.categories:
        results = {
            code: result
            for (where, code), result in state.rounds.items()
            if where == category.code and isinstance(result, ClosedRound)
        }
        places += ranked(category, entries_of(state, category), results, order)
    return tuple(places)


def next_version(
    command: DraftResults | ResolveTie | Disqualify | CorrectEntry | DecideDoubt,
    state: Drafted,
    cause: Cause,
) -> ResultsDrafted:
    """Version n+1 of the results, as they follow from the state."""
    return ResultsDrafted(
        by=command.by,
        at=command.at,
        competition_id=state.judged.announced.competition_id,
        version=state.version + 1,
        cause=cause,
        cause_id=None,
        ranking=ranking(state.judged, state.votes),
    )
