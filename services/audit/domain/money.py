"""Whether allocated money follows from the determined results, their rules and taxes. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from services.audit.domain.owing import held, nameless, owed
from services.audit.domain.world import World
from services.awards.domain.fund import State
from services.awards.domain.fund.commands import Line
from shared.events.awards import MoneyAllocated
from shared.events.base import Fact
from shared.wita import today_in_wita


@dataclass(frozen=True, slots=True)
class MoneyFault:
    """Why an allocation is not what the results owe."""

    what: str
    expected: str = ""
    found: str = ""


def money_fault(facts: Sequence[Fact], before: State, world: World) -> MoneyFault | None:
    """The first of these allocations that is nobody's, or is there twice; None if all are right.

    Raises `Untold` and `OtherEdition`.
    """
    monies = [fact for fact in facts if isinstance(fact, MoneyAllocated)]
    competitions = {each.competition_id for each in monies}
    given = Counter(nameless(each) for key in competitions for each in held(key, before))
    for fact in monies:
        given[nameless(fact)] += 1
        fault = _fault(fact, given[nameless(fact)], world)
        if fault is not None:
            return fault
    return None


def _fault(fact: MoneyAllocated, times: int, world: World) -> MoneyFault | None:
    due = owed(fact, world)
    if due is None:
        return MoneyFault(f"The results of {fact.competition_id} are not determined.")
    line = nameless(fact)
    count = due.get(line, 0)
    if not count:
        return _not_owed(fact, line, due)
    if times > count:
        what = f"{_told(fact)} is set aside once more than the results owe."
        return MoneyFault(what, str(count), str(times))
    return _untaxed(fact) or _table_fault(fact, world)


def _not_owed(fact: MoneyAllocated, line: Line, due: Iterable[Line]) -> MoneyFault:
    """The first field in which it differs from what is owed for the same thing, if anything is."""
    alike = [each for each in due if _thing(each) == _thing(line)]
    if not alike:
        return MoneyFault(f"{_told(fact)} is not what the results owe.")
    mine = [each for each in alike if each.recipient == line.recipient]
    if not mine:
        expected = ", ".join(sorted({_recipient(each) for each in alike}))
        what = f"{_told(fact)} goes to somebody who is not named for it."
        return MoneyFault(what, expected, _recipient(line))
    nearest = mine[0]
    names = (each.name for each in fields(Line))
    name = next(each for each in names if getattr(nearest, each) != getattr(line, each))
    what = f"MoneyAllocated: {name} of {fact.label} to {fact.innovation_id}"
    return MoneyFault(what, str(getattr(nearest, name)), str(getattr(line, name)))


def _thing(line: Line) -> tuple[str, str, str]:
    return line.category, line.innovation_id, line.label


def _recipient(line: Line) -> str:
    return "nobody" if line.recipient is None else line.recipient.recipient_id


def _told(fact: MoneyAllocated) -> str:
    return f"{fact.label}, Rp {fact.amount_rupiah} to {fact.innovation_id},"


def _untaxed(fact: MoneyAllocated) -> MoneyFault | None:
    """Only what goes to a government unit, or is no money, needs no table of taxes."""
    recipient = fact.recipient
    is_taxed = recipient is not None and recipient.taxed_as != "agency"
    if fact.tax_digest is None and is_taxed and fact.amount_rupiah:
        return MoneyFault(f"{_told(fact)} is taxed by no table.")
    return None


def _table_fault(fact: MoneyAllocated, world: World) -> MoneyFault | None:
    """The table holds on the day on which the money is set aside."""
    if fact.tax_digest is None:
        return None
    table, day = world.tax_table(fact.tax_table or "", fact.tax_digest), today_in_wita(fact.at)
    if table.covers(day):
        return None
    what = f"{_told(fact)} is taxed by a table that does not hold on {day.isoformat()}."
    return MoneyFault(what, table.valid_from.isoformat(), day.isoformat())
