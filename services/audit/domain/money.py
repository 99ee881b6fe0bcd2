"""Whether allocated money follows from the determined results and their prize table. Pure."""

from collections.abc import Sequence
from dataclasses import replace

from services.audit.domain.world import World
from services.awards.domain.allocation import Results, lines
from services.awards.domain.competition.questions import judged
from services.awards.domain.competition.states import Determined, Published
from services.awards.domain.fund import line_of
from services.awards.domain.fund.commands import Line
from shared.events.awards import MoneyAllocated
from shared.events.base import Fact


def money_fault(facts: Sequence[Fact], world: World) -> str | None:
    """Why one of these allocations is nobody's prize; None if all are. Raises `Untold`."""
    for fact in facts:
        if isinstance(fact, MoneyAllocated):
            fault = _fault(fact, world)
            if fault is not None:
                return fault
    return None


def _fault(fact: MoneyAllocated, world: World) -> str | None:
    owed = _owed(fact, world)
    if owed is None:
        return f"The results of {fact.competition_id} are not determined."
    if replace(line_of(fact), allocation_id="") in owed:
        return None
    what = f"{fact.label}, Rp {fact.amount_rupiah} to {fact.innovation_id},"
    return f"{what} is not what the results owe."


def _owed(fact: MoneyAllocated, world: World) -> tuple[Line, ...] | None:
    """What the fund owes for these results, without the ids of allocations."""
    match world.competition(fact.competition_id):
        case Determined() as determined:
            pass
        case Published(determined=determined):
            pass
        case _:
            return None
    drafted = determined.drafted
    results = Results(
        competition_id=fact.competition_id,
        version=drafted.version,
        rules=drafted.judged.rules,
        ranking=drafted.ranking,
        entries=judged(determined).entries,
    )
    return lines(results, lambda category, rank, number, innovation: "").get(fact.fund_id, ())
