"""What a service may not have heard of yet, where two things were said at the same time. Pure.

Aggregates are decided one by one. What a decision on one of them is told of another may have
changed before it was recorded: nobody is to blame for that, and it is no finding.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from services.audit.domain.winners import known_funds
from services.audit.domain.world import World
from services.awards.domain.competition import Announce, Enrol, EnrolByHand
from services.awards.domain.fund import Pay
from services.awards.domain.taxation import Missing, digests_in_force


def as_heard_then(command: Any, world: World) -> Iterator[Any]:
    """The command without what happened elsewhere since the moment at which it was given."""
    match command:
        case Announce():
            yield replace(command, funds=known_funds(command.rules, world, before=command.at))
        case Enrol() | EnrolByHand():
            yield replace(command, past_wins=_won_before(command, world))
        case Pay():
            known = (each for each in world.taxations() if not isinstance(each, Missing))
            earlier = [each for each in known if each.adopted.at < command.at]
            yield replace(command, tables_in_force=digests_in_force(earlier, command.paid_on))
        case _:
            return


def _won_before(command: Enrol | EnrolByHand, world: World) -> tuple[Any, ...]:
    published = world.published_at
    wins = command.past_wins
    return tuple(win for win in wins if published[win.competition_id] < command.at)
