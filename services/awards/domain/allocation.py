"""From determined results and a prize table to the lines of each fund. Pure."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from services.awards.domain.fund.commands import Line
from services.awards.domain.ranking import ties
from shared.errors import Refused
from shared.events.awards import CategoryRule, CompetitionRules, Entry, Prize, RankedEntry

Identify = Callable[[str, int, int, str], str]
"""From category, rank, place in the prize table, and innovation to an allocation's id."""


@dataclass(frozen=True, slots=True)
class Results:
    """Determined results, and the entries they are about by innovation."""

    competition_id: str
    version: int
    rules: CompetitionRules
    ranking: Sequence[RankedEntry]
    entries: Mapping[str, Entry]


def lines(results: Results, identify: Identify) -> Mapping[str, tuple[Line, ...]]:
    """What each fund owes to whom, by fund. A rank without a prize receives nothing.

    Raises `Refused` while entries share a rank on which a prize hangs.
    """
    places = {(each.category, each.rank): each for each in results.ranking}
    by_fund: dict[str, list[Line]] = defaultdict(list)
    for category in results.rules.categories:
        _refuse_ties(results, category)
        for number, prize in enumerate(category.prizes):
            place = places.get((category.code, prize.rank))
            if place is not None:
                key = identify(category.code, place.rank, number, place.innovation_id)
                by_fund[prize.fund_id].append(_line(results, place, prize, key))
    return {fund: tuple(found) for fund, found in sorted(by_fund.items())}


def _refuse_ties(results: Results, category: CategoryRule) -> None:
    if ties(results.ranking, category):
        raise Refused(
            "tie_unresolved",
            "Entries share a rank that carries a prize; vote on them first.",
            category=category.code,
        )


def _line(results: Results, place: RankedEntry, prize: Prize, key: str) -> Line:
    entry = results.entries[place.innovation_id]
    return Line(
        allocation_id=key,
        competition_id=results.competition_id,
        results_version=results.version,
        category=place.category,
        rank=place.rank,
        label=prize.label,
        innovation_id=place.innovation_id,
        agency_id=entry.agency_id,
        agency_path=entry.agency_path,
        amount_rupiah=prize.amount_rupiah,
        in_kind=prize.in_kind,
    )
