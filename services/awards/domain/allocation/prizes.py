"""What the prize table of a category gives to whom. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Literal

from services.awards.domain.allocation.results import Due
from services.awards.domain.allocation.shares import largest_remainder
from services.awards.domain.allocation.ties import Group, Numbered, PrizeTable, prize_table
from shared.events.awards import CategoryRule, RankedEntry, Ties

Kind = tuple[str, Literal["gross", "net"]]
"""Money that may be summed: of one fund, and all gross or all net."""


def prize_dues(category: CategoryRule, groups: Iterable[Group], ties: Ties) -> list[Due]:
    """In the order of the prize table, then of ranks, then of innovations.

    No tie that needs a vote is among the groups: each of a tie that is left gets what its rank
    gives, or, where ties split and a prize names one of their places, an equal share of all.
    """
    table = prize_table(category)
    found: list[tuple[int, Due]] = []
    for group in groups:
        is_split = ties == "split" and len(group.members) > 1 and table.names_any(group.places)
        found += _split(group, table) if is_split else _each(group.members, table.at(group.rank))
        found += _each(group.members, table.for_all)
    # Sorting is stable, so within an item the order of ranks and innovations stays.
    return [due for _, due in sorted(found, key=lambda each: each[0])]


def _each(members: Iterable[RankedEntry], prizes: Iterable[Numbered]) -> Iterator[tuple[int, Due]]:
    """Every prize to every member, whole."""
    given = list(prizes)
    for member in members:
        for number, prize in given:
            yield (
                number,
                Due(
                    item=f"prize-{number}",
                    fund_id=prize.fund_id,
                    label=prize.label,
                    category=member.category,
                    rank=member.rank,
                    innovation_id=member.innovation_id,
                    amount_rupiah=prize.amount_rupiah,
                    amount_is=prize.amount_is,
                    in_kind=prize.in_kind,
                ),
            )


def _split(group: Group, table: PrizeTable) -> Iterator[tuple[int, Due]]:
    """The money of all places of the group, summed by fund and shared equally.

    What other finalists get in kind goes to each: every one of the tied stands on such a place.
    """
    for (fund_id, amount_is), prizes in _by_kind(group, table).items():
        total = sum(prize.amount_rupiah for _, prize in prizes)
        number = prizes[0][0]
        labels = " + ".join(dict.fromkeys(prize.label for _, prize in prizes))
        things = dict.fromkeys(prize.in_kind for _, prize in prizes if prize.in_kind.strip())
        shares = largest_remainder(total, [1] * len(group.members))
        for member, share in zip(group.members, shares, strict=True):
            yield (
                number,
                Due(
                    item=f"prize-{number}",
                    fund_id=fund_id,
                    label=labels,
                    category=member.category,
                    rank=member.rank,
                    innovation_id=member.innovation_id,
                    amount_rupiah=share,
                    amount_is=amount_is,
                    in_kind=", ".join(things),
                ),
            )


def _by_kind(group: Group, table: PrizeTable) -> Mapping[Kind, list[Numbered]]:
    found: dict[Kind, list[Numbered]] = {}
    for number, prize in chain.from_iterable(table.at(place) for place in group.places):
        found.setdefault((prize.fund_id, prize.amount_is), []).append((number, prize))
    return found
