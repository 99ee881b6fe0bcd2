"""What a panel of judges can be, from its opening to the reveal, and what is true after a fact."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from services.scoring.domain.seats import Open, Pair, Seal, at_opening, innovations_of
from shared.events.scoring import (
    JudgeRecused,
    JudgeSeated,
    JudgeUnseated,
    PanelEvent,
    PanelOpened,
    ScoreSealed,
    ScoresRevealed,
    ThirdReadingAsked,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """No such panel."""


@dataclass(frozen=True, slots=True)
class Revealed:
    """All scores are open; nothing changes any more."""

    panel: Open


State = Missing | Open | Revealed


def evolve(state: State, fact: PanelEvent) -> State:
    match fact, state:
        case PanelOpened(), _:
            return at_opening(fact)
        case ScoresRevealed(), Open():
            return Revealed(state)
        case JudgeSeated(), Open():
            return _seated(state, fact)
        case JudgeUnseated(), Open():
            return _unseated(state, fact.judge_id)
        case JudgeRecused(), Open():
            return _recused(state, (fact.judge_id, fact.innovation_id))
        case ScoreSealed(), Open():
            pair = (fact.judge_id, fact.innovation_id)
            sealed: Mapping[Pair, Seal] = {pair: Seal(fact.commitment, fact.ciphertext)}
            return replace(state, seals={**state.seals, **sealed})
        case ThirdReadingAsked(), Open():
            return _asked(state, fact)
        case _:
            return state


def _seated(panel: Open, fact: JudgeSeated) -> Open:
    named = frozenset(fact.innovations) or innovations_of(panel.opened)
    seats = _with_seat(panel.seats, fact.judge_id, named)
    return replace(panel, seats=seats, unseated=panel.unseated - {fact.judge_id})


def _unseated(panel: Open, judge_id: str) -> Open:
    return replace(
        panel,
        seats={judge: seat for judge, seat in panel.seats.items() if judge != judge_id},
        seals={pair: seal for pair, seal in panel.seals.items() if pair[0] != judge_id},
        unseated=panel.unseated | {judge_id},
        third=frozenset(pair for pair in panel.third if pair[0] != judge_id),
        fixed=frozenset(pair for pair in panel.fixed if pair[0] != judge_id),
    )


def _recused(panel: Open, pair: Pair) -> Open:
    return replace(
        panel,
        seals={seat: seal for seat, seal in panel.seals.items() if seat != pair},
        recused=panel.recused | {pair},
        third=panel.third - {pair},
        fixed=panel.fixed - {pair},
    )


def _asked(panel: Open, fact: ThirdReadingAsked) -> Open:
    """The seals that told the first readers apart are fixed from here on."""
    seats = panel.seats
    for reading in fact.readings:
        seats = _with_seat(seats, reading.judge_id, frozenset({reading.innovation_id}))
    entries = {reading.innovation_id for reading in fact.readings}
    asked = frozenset((each.judge_id, each.innovation_id) for each in fact.readings)
    fixed = frozenset(pair for pair in panel.seals if pair[1] in entries)
    return replace(panel, seats=seats, third=panel.third | asked, fixed=panel.fixed | fixed)


def _with_seat(
    seats: Mapping[str, frozenset[str]], judge_id: str, innovations: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    return {**seats, judge_id: seats.get(judge_id, frozenset[str]()) | innovations}
