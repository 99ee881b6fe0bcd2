"""What the facts of verification make submission do. Pure."""

from services.submission.domain.commands import Command, Reopen
from shared.events.base import Recorded
from shared.events.submission import INNOVATION
from shared.events.verification import RevisionRequested
from shared.reactions import To

SYSTEM = "system:submission"


def on_revision_requested(event: Recorded[RevisionRequested]) -> tuple[To[Command], ...]:
    """A revision reopens exactly the indicators that were named."""
    fact = event.fact
    command = Reopen(
        by=SYSTEM,
        at=fact.at,
        round=fact.round,
        indicators=tuple(sorted(item.indicator for item in fact.items)),
        due=fact.due,
    )
    return (To("reopen", INNOVATION, fact.innovation_id, command),)
