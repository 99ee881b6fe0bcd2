"""What the facts of verification, and time, make submission do. Pure."""

from datetime import datetime

from services.submission.domain.commands import (
    Command,
    CompleteSubmission,
    ConcludeVerification,
    Reopen,
)
from shared.events.base import Recorded
from shared.events.submission import INNOVATION, GrantedLevel
from shared.events.verification import (
    DossierRejected,
    DossierVerified,
    RevisionRequested,
    VerdictCorrected,
)
from shared.reactions import To

SYSTEM = "system:submission"


def on_revision_requested(event: Recorded[RevisionRequested]) -> tuple[To[Command], ...]:
    """A revision reopens exactly the indicators and fields that were named."""
    fact = event.fact
    command = Reopen(
        by=SYSTEM,
        at=fact.at,
        round=fact.round,
        indicators=tuple(sorted(item.indicator for item in fact.items)),
        due=fact.due,
        fields=tuple(sorted(fact.fields)),
    )
    return (To("reopen", INNOVATION, fact.innovation_id, command),)


def on_verified(
    event: Recorded[DossierVerified] | Recorded[VerdictCorrected],
) -> tuple[To[Command], ...]:
    """What was granted, first by the verifiers, again after an objection."""
    fact = event.fact
    granted = [
        GrantedLevel(indicator=verdict.indicator, level=verdict.granted_level)
        for verdict in fact.verdicts
    ]
    command = ConcludeVerification(
        by=SYSTEM,
        at=fact.at,
        round=fact.round,
        granted=tuple(sorted(granted, key=lambda level: level.indicator)),
    )
    return (To("conclude", INNOVATION, fact.about.innovation_id, command),)


def on_rejected(event: Recorded[DossierRejected]) -> tuple[To[Command], ...]:
    """Nothing is granted to what is no regional innovation."""
    fact = event.fact
    command = ConcludeVerification(
        by=SYSTEM, at=fact.at, round=fact.round, granted=(), rejected=True
    )
    return (To("conclude", INNOVATION, fact.about.innovation_id, command),)


def on_time_run_out(innovation_id: str, round: int, at: datetime) -> To[Command]:
    """Files of `round` could come in until a moment that lies behind `at`."""
    command = CompleteSubmission(by=SYSTEM, at=at, round=round)
    return To("complete", INNOVATION, innovation_id, command)
