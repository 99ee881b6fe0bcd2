"""What earlier facts ask of services that have not answered, or refused to. Pure."""

from collections.abc import Iterator, Sequence

from services.audit.domain.causes import Causes, Expected
from services.audit.domain.kinds import KINDS
from services.audit.domain.report import Outstanding
from services.audit.domain.winners import past_wins
from services.audit.domain.world import World
from services.awards.domain.competition import Enrol
from services.awards.domain.competition.states import Judging
from services.awards.reactions import SYSTEM
from shared.errors import DomainError
from shared.events.awards import COMPETITION
from shared.reactions import To


def outstanding(world: World, causes: Causes) -> tuple[Outstanding, ...]:
    """Reactions that would still change something. Not amiss while a service catches up."""
    asked = [*causes.expected.values(), *_enrolments(world)]
    return tuple(
        Outstanding(each.to.name, each.to.aggregate.subject(each.to.key), each.sequence)
        for each in asked
        if _would_say(each, world)
    )


def _enrolments(world: World) -> Iterator[Expected]:
    """Every competition that still takes entries, and all the scorecards of its season."""
    for standing in world.standings.values():
        state = standing.state
        if standing.label != COMPETITION.label or not isinstance(state, Judging):
            continue
        scorecards = tuple(world.scorecards_of(state.announced.season_id))
        wins = past_wins(state.rules, world)
        command = Enrol(by=SYSTEM, at=state.announced.at, scorecards=scorecards, past_wins=wins)
        yield Expected(To("enrol", COMPETITION, standing.key, command), "", standing.sequence)


def _would_say(asked: Expected, world: World) -> bool:
    """A refusal is an answer: the service has recorded it as a fault."""
    kind = KINDS[asked.to.aggregate.label]
    standing = world.standings.get(asked.to.aggregate.subject(asked.to.key))
    if standing is not None and standing.is_lost:
        return False
    state = kind.decider.initial if standing is None else standing.state
    try:
        facts: Sequence[object] = kind.decider.decide(asked.to.command, state)
    except DomainError:
        return False
    return bool(facts)
