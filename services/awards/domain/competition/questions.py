"""What decisions ask of a competition's state."""

from collections.abc import Mapping
from typing import assert_never

from services.awards.domain.competition.states import (
    Determined,
    Drafted,
    Judging,
    Missing,
    Objection,
    OpenedRound,
    Published,
    State,
)
from services.awards.domain.rounds import ClosedRound
from shared.errors import NotFound, Refused
from shared.events.awards import CategoryRule, Entry, RoundRule


def judged(state: State) -> Judging:
    """The competition's entries and rounds, in whatever state it is. Raises `NotFound`."""
    match state:
        case Missing():
            raise NotFound("competition_unknown", "There is no such competition.")
        case Judging():
            return state
        case Drafted():
            return state.judged
        case Determined():
            return state.drafted.judged
        case Published():
            return state.determined.drafted.judged
        case _:
            assert_never(state)


def still_judging(state: State) -> Judging:
    judged(state)
    if not isinstance(state, Judging):
        raise Refused("results_drafted", "The results are drafted; entries and rounds are fixed.")
    return state


def category_of(state: Judging, code: str) -> CategoryRule:
    for category in state.rules.categories:
        if category.code == code:
            return category
    raise NotFound("category_unknown", "The competition has no such category.", category=code)


def round_of(category: CategoryRule, code: str) -> RoundRule:
    for rule in category.rounds:
        if rule.code == code:
            return rule
    raise NotFound("round_unknown", "The category has no such round.", round=code)


def is_frozen(state: Judging, category: str) -> bool:
    """Entries are fixed from the moment the category's first round opens."""
    return any(where == category for where, _ in state.rounds)


def contenders(state: Judging, category: CategoryRule, rule: RoundRule) -> list[Entry]:
    """Who goes into a round: all entries into the first, then those who went on so far."""
    before = category.rounds[: category.rounds.index(rule)]
    results = [state.rounds.get((category.code, each.code)) for each in before]
    return [
        entry
        for entry in entries_of(state, category)
        if all(went_on(entry.innovation_id, result) for result in results)
    ]


def entries_of(state: Judging, category: CategoryRule) -> list[Entry]:
    """The category's entries that are not disqualified, by innovation id."""
    return [
        entry
        for innovation, entry in sorted(state.entries.items())
        if entry.category == category.code and innovation not in state.disqualified
    ]


def went_on(innovation: str, result: OpenedRound | ClosedRound | None) -> bool:
    if not isinstance(result, ClosedRound):
        return False
    score = result.scores.get(innovation)
    return score is not None and score.advanced


def unfinished(state: Judging, category: CategoryRule) -> RoundRule | None:
    """The round that results still wait for; None where nobody is left to go into it."""
    for rule in category.rounds:
        match state.rounds.get((category.code, rule.code)):
            case ClosedRound():
                continue
            case OpenedRound():
                return rule
            case None:
                return rule if contenders(state, category, rule) else None
    return None


def entry_in(state: Judging, innovation: str) -> Entry:
    entry = state.entries.get(innovation)
    if entry is None:
        raise NotFound(
            "entry_unknown", "The innovation is not in this competition.", innovation_id=innovation
        )
    return entry


def drafted(state: State) -> Drafted:
    """The results while they may still change. Raises `NotFound` or `Refused`."""
    judged(state)
    match state:
        case Missing() | Judging():
            raise Refused("not_drafted", "There are no results yet.")
        case Drafted():
            return state
        case Determined() | Published():
            raise Refused("results_determined", "The results are determined; nothing changes them.")


def results_of(state: State) -> Drafted:
    """The newest results, fixed or not. Raises `NotFound` or `Refused`."""
    judged(state)
    match state:
        case Drafted():
            return state
        case Determined():
            return state.drafted
        case Published():
            return state.determined.drafted
        case _:
            raise Refused("not_drafted", "There are no results yet.")


def objections_of(state: State) -> Mapping[str, Objection]:
    match state:
        case Missing() | Judging():
            return {}
        case Drafted():
            return state.objections
        case Determined():
            return state.drafted.objections
        case Published():
            return state.determined.drafted.objections
