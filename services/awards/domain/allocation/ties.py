"""Entries that share a rank, the places they stand on, and what these places give. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from services.awards.domain.allocation.results import Results
from services.awards.domain.ranking import votes_needed
from shared.errors import Refused
from shared.events.awards import CategoryRule, Prize, RankedEntry

Numbered = tuple[int, Prize]
"""A prize with its place in the prize table."""


@dataclass(frozen=True, slots=True)
class Group:
    """All entries on one rank, by innovation id: one, or a tie that no rule and no vote resolved.

    n entries that share rank r stand on the places r to r + n - 1.
    """

    members: tuple[RankedEntry, ...]

    @property
    def rank(self) -> int:
        return self.members[0].rank

    @property
    def places(self) -> range:
        return range(self.rank, self.rank + len(self.members))


@dataclass(frozen=True, slots=True)
class PrizeTable:
    """The prizes of a category by the place that they are for."""

    named: Mapping[int, Sequence[Numbered]]
    for_others: Sequence[Numbered]
    for_all: Sequence[Numbered]

    def at(self, place: int) -> Sequence[Numbered]:
        """What hangs on a place; one that no prize names gives what other finalists get."""
        return self.named.get(place, self.for_others)

    def names_any(self, places: range) -> bool:
        return any(place in self.named for place in places)


def prize_table(category: CategoryRule) -> PrizeTable:
    named: dict[int, list[Numbered]] = {}
    others: dict[str, list[Numbered]] = {"finalists": [], "other_finalists": []}
    for number, prize in enumerate(category.prizes):
        if prize.to == "rank":
            named.setdefault(prize.rank, []).append((number, prize))
        else:
            others[prize.to].append((number, prize))
    return PrizeTable(named, others["other_finalists"], others["finalists"])


def groups_by_category(ranking: Iterable[RankedEntry]) -> Mapping[str, tuple[Group, ...]]:
    """The groups of each category, best first, from a ranking in any order."""
    ordered = sorted(ranking, key=lambda each: (each.category, each.rank, each.innovation_id))
    return {
        category: tuple(
            Group(tuple(members)) for _, members in groupby(mine, key=lambda each: each.rank)
        )
        for category, mine in groupby(ordered, key=lambda each: each.category)
    }


def refuse_undecided(results: Results) -> None:
    """Raises `Refused` while a tie needs a vote, naming the first."""
    ordered = sorted(results.ranking, key=lambda each: (each.rank, each.innovation_id))
    for category in results.rules.categories:
        for tied in votes_needed(ordered, category, results.rules)[:1]:
            raise Refused(
                "tie_unresolved",
                f"Entries {', '.join(tied)} of category {category.code} share a rank that carries"
                " a prize; vote on them first.",
                category=category.code,
                innovations=tied,
            )
