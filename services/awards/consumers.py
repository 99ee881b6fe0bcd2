"""Which facts of others, and of our own, awards hears, and the reaction to each."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from services.awards import reactions
from services.awards.domain.known import PastWin
from services.awards.reactions import Inviting
from shared.errors import Unavailable
from shared.events.awards import CompetitionAnnounced, CompetitionRules
from shared.events.base import Recorded
from shared.events.scoring import InnovationScored, ScoresRevealed
from shared.reactions import To

Commands = Callable[[Recorded[Any]], Awaitable[tuple[To[Any], ...]]]
Reached = Callable[[int], Awaitable[bool]]


def commands(
    reached: Reached,
    competitions_of: Callable[[str], Awaitable[Sequence[Inviting]]],
    scorecards_of: Callable[[str], Awaitable[Sequence[InnovationScored]]],
    past_wins_of: Callable[[CompetitionRules], Awaitable[tuple[PastWin, ...]]],
) -> Commands:
    """The commands that a fact asks for.

    `competitions_of` a season are those still open for entries, `scorecards_of` all its scorecards,
    `past_wins_of` rules the places where they look. An announcement and a scorecard that cross are
    both held against read models that show them (`reached`), so the later of the two always finds
    the earlier.
    """

    async def of(event: Recorded[Any]) -> tuple[To[Any], ...]:
        match event.fact:
            case InnovationScored() as fact:
                await _shown(reached, event.sequence)
                found = await competitions_of(fact.season_id)
                return reactions.on_innovation_scored(replace(event, fact=fact), found)
            case CompetitionAnnounced() as fact:
                await _shown(reached, event.sequence)
                known = await scorecards_of(fact.season_id)
                wins = await past_wins_of(fact.rules)
                return reactions.on_competition_announced(replace(event, fact=fact), known, wins)
            case ScoresRevealed() as fact:
                return reactions.on_scores_revealed(replace(event, fact=fact))
            case _:
                return ()

    return of


async def _shown(reached: Reached, sequence: int) -> None:
    """Waits for the read models; the fact comes again if they take too long."""
    if not await reached(sequence):
        raise Unavailable("views_behind", "The read models do not show this fact yet.")
