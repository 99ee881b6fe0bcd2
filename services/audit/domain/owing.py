"""What determined results owe, computed again from the announced rules and the recipients. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from services.audit.domain.memory import Owed
from services.audit.domain.world import World
from services.awards.domain.allocation import Results, by_table, lines_taxed, untaxed
from services.awards.domain.competition.states import Determined, Drafted, Published
from services.awards.domain.fund import State, line_of
from services.awards.domain.fund.commands import Line
from services.awards.domain.fund.states import Fund, living
from services.awards.domain.taxation import digests_in_force
from shared.editions.taxes import TaxTable
from shared.events.awards import MoneyAllocated
from shared.wita import today_in_wita

MOST_KEPT = 8
NOTHING: Mapping[Line, int] = MappingProxyType({})


def owed(money: MoneyAllocated, world: World) -> Mapping[Line, int] | None:
    """All that the fund owes for these results, taxed as this allocation is, without ids; and how
    often.

    None while the results are not determined. Raises `Untold`, `OtherEdition` and what the rules of
    allocation refuse.
    """
    state = world.competition(money.competition_id)
    match state:
        case Determined():
            determined = state
        case Published():
            determined = state.determined
        case _:
            return None
    return _kept(determined.drafted, _table_of(money, world), world).by_fund.get(
        money.fund_id, NOTHING
    )


def _kept(drafted: Drafted, table: TaxTable | None, world: World) -> Owed:
    """Computed once for the many allocations of a command."""
    digest = None if table is None else table.digest
    for known in world.owed:
        if known.results is drafted and known.tax_digest == digest:
            return known
    found = Owed(drafted, digest, _computed(drafted, table))
    world.owed = [*world.owed[1 - MOST_KEPT :], found]
    return found


def _computed(drafted: Drafted, table: TaxTable | None) -> Mapping[str, Mapping[Line, int]]:
    results = Results(
        competition_id=drafted.judged.announced.competition_id,
        version=drafted.version,
        rules=drafted.judged.rules,
        ranking=drafted.ranking,
        entries=drafted.judged.entries,
        recipients=drafted.judged.recipients,
    )
    found = lines_taxed(results, _nameless, untaxed if table is None else by_table(table))
    return {fund_id: Counter(due) for fund_id, due in found.items()}


def _table_of(money: MoneyAllocated, world: World) -> TaxTable | None:
    """The table that it names; else the one that the committee had for that day, if any."""
    if money.tax_digest is not None:
        return world.tax_table(money.tax_table or "", money.tax_digest)
    in_force = digests_in_force(world.taxations(), today_in_wita(money.at))
    tables = (world.tables[key] for key in sorted(world.tables))
    return next((each for each in tables if each.digest in in_force), None)


def _nameless(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
    return ""


def nameless(money: MoneyAllocated) -> Line:
    """What is compared with what is owed: all but the id, which any allocation may have."""
    return replace(line_of(money), allocation_id="")


def held(competition_id: str, before: State) -> Iterator[MoneyAllocated]:
    """What a fund has set aside or paid for a competition."""
    if isinstance(before, Fund):
        monies = (each.money for each in living(before))
        yield from (each for each in monies if each.competition_id == competition_id)


def still_owed(new: Sequence[MoneyAllocated], before: State, world: World) -> Iterator[Line]:
    """The lines of the same results that the fund holds already, and that are still owed."""
    for competition_id in sorted({each.competition_id for each in new}):
        for money in held(competition_id, before):
            if nameless(money) in (owed(money, world) or NOTHING):
                yield line_of(money)
