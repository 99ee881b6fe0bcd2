"""Which facts scoring hears, its own scorecards among them, and the reaction to each."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from services.scoring import reactions
from services.scoring.reactions import EditionOf
from shared.events.awards import RoundOpened
from shared.events.base import Recorded
from shared.events.scoring import InnovationScored
from shared.events.verification import DossierVerified, VerdictCorrected
from shared.reactions import To


def commands(edition_of: EditionOf) -> Callable[[Recorded[Any]], Awaitable[tuple[To[Any], ...]]]:
    """The commands that a fact asks for; () for those that concern others."""

    async def commands_of(event: Recorded[Any]) -> tuple[To[Any], ...]:
        match event.fact:
            case DossierVerified() | VerdictCorrected() as fact:
                return reactions.on_dossier_verified(replace(event, fact=fact), edition_of)
            case InnovationScored() as fact:
                return reactions.on_innovation_scored(replace(event, fact=fact), edition_of)
            case RoundOpened() as fact:
                return reactions.on_round_opened(replace(event, fact=fact))
            case _:
                return ()

    return commands_of
