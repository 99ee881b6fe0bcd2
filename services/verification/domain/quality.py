"""The rules of a season by which reviews get a second look: published ahead, never undone. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from services.verification.domain.sampling import Effective
from shared.decider import Decider
from shared.errors import Refused
from shared.events.verification import QualityEvent, QualityRule, QualityRulePublished

AHEAD: Final = timedelta(minutes=5)
"""So that a rule is known everywhere before it holds, and never changes a review that has ended."""

FARTHEST: Final = timedelta(days=366)
"""As no rule comes before one that is published, a slip in the year would hold up all others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishQualityRule:
    by: str
    at: datetime
    season_id: str
    rule: QualityRule
    effective_from: datetime


Command = PublishQualityRule


@dataclass(frozen=True, slots=True)
class Rules:
    """In the order in which they were published, which is that in which they hold."""

    rules: tuple[Effective, ...] = ()


State = Rules


def decide(command: Command, state: State) -> list[QualityEvent]:
    if Effective(command.rule, command.effective_from) in state.rules:
        return []
    _check_moment(command, state)
    return [
        QualityRulePublished(
            by=command.by,
            at=command.at,
            season_id=command.season_id,
            rule=command.rule,
            effective_from=command.effective_from,
        )
    ]


def _check_moment(command: PublishQualityRule, state: Rules) -> None:
    earliest, latest = command.at + AHEAD, command.at + FARTHEST
    if command.effective_from < earliest:
        raise Refused(
            "rule_too_soon",
            "A rule is published at least five minutes before it holds.",
            earliest=earliest.isoformat(),
        )
    if command.effective_from > latest:
        raise Refused(
            "rule_too_late",
            "A rule is published at most a year before it holds.",
            latest=latest.isoformat(),
        )
    if any(each.effective_from >= command.effective_from for each in state.rules):
        raise Refused(
            "rule_out_of_order",
            "A rule holds later than every rule that is published already.",
            after=state.rules[-1].effective_from.isoformat(),
        )


def evolve(state: State, event: QualityEvent) -> State:
    return Rules((*state.rules, Effective(event.rule, event.effective_from)))


decider = Decider[Command, State, QualityEvent](Rules(), decide, evolve)
