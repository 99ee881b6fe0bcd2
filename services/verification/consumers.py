"""Which facts of others verification hears, and the reaction to each."""

from dataclasses import replace
from typing import Any

from services.verification import reactions
from shared.events.awards import ObjectionDecided
from shared.events.base import Recorded
from shared.events.submission import (
    InnovationSubmitted,
    InnovationWithdrawn,
    SubmissionCompleted,
)
from shared.reactions import To


async def commands(event: Recorded[Any]) -> tuple[To[Any], ...]:
    """The commands that a fact asks for; () for those that concern others."""
    match event.fact:
        case InnovationSubmitted() as fact:
            return reactions.on_innovation_submitted(replace(event, fact=fact))
        case SubmissionCompleted() as fact:
            return reactions.on_submission_completed(replace(event, fact=fact))
        case InnovationWithdrawn() as fact:
            return reactions.on_innovation_withdrawn(replace(event, fact=fact))
        case ObjectionDecided() as fact:
            return reactions.on_objection_decided(replace(event, fact=fact))
        case _:
            return ()
