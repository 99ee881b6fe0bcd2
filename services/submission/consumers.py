"""Which facts of others submission hears, and the reaction to each."""

from dataclasses import replace
from typing import Any

from services.submission import reactions
from shared.events.base import Recorded
from shared.events.verification import (
    DossierRejected,
    DossierVerified,
    RevisionRequested,
    VerdictCorrected,
)
from shared.reactions import To


async def commands(event: Recorded[Any]) -> tuple[To[Any], ...]:
    """The commands that a fact asks for; () for those that concern others."""
    match event.fact:
        case RevisionRequested() as fact:
            return reactions.on_revision_requested(replace(event, fact=fact))
        case DossierVerified() as fact:
            return reactions.on_verified(replace(event, fact=fact))
        case VerdictCorrected() as fact:
            return reactions.on_verified(replace(event, fact=fact))
        case DossierRejected() as fact:
            return reactions.on_rejected(replace(event, fact=fact))
        case _:
            return ()
