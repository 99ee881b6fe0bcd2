"""What the places of a category have of a pool: by fixed parts, or by their final score. Pure."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from services.awards.domain.allocation.results import Due
from services.awards.domain.allocation.shares import Part, largest_remainder
from services.awards.domain.allocation.ties import Group
from shared.events.awards import CategoryRule, Pool, RankedEntry, Ties


def pool_dues(category: CategoryRule, groups: Sequence[Group], ties: Ties) -> list[Due]:
    """In the order of the pools, then of ranks, then of innovations.

    Every pool is given whole to those who are there; nobody there, and it is not given at all.
    """
    return [
        due
        for number, pool in enumerate(category.pools)
        for due in _dues(f"pool-{number}", pool, groups, ties)
    ]


def _dues(item: str, pool: Pool, groups: Iterable[Group], ties: Ties) -> list[Due]:
    members: list[RankedEntry] = []
    parts: list[Part] = []
    for group in groups:
        if group.rank > pool.to_rank:
            break
        members += group.members
        places = group.places if ties == "split" else range(group.rank, group.rank + 1)
        parts += _parts(pool, group, places)
    if not members:
        return []
    # By index where all final scores are 0: they are equal, and so are the shares.
    shares = largest_remainder(pool.amount_rupiah, parts if any(parts) else [1] * len(parts))
    return [
        Due(
            item=item,
            fund_id=pool.fund_id,
            label=pool.label,
            category=member.category,
            rank=member.rank,
            innovation_id=member.innovation_id,
            amount_rupiah=share,
        )
        for member, share in zip(members, shares, strict=True)
    ]


def _parts(pool: Pool, group: Group, places: range) -> Sequence[Part]:
    """The parts of each of a group: the mean over these places, of which some may be too low."""
    inside = [place for place in places if place <= pool.to_rank]
    if pool.by == "shares":
        mean = Fraction(sum(pool.shares[place - 1] for place in inside), len(places))
        return [mean] * len(group.members)
    scores = [member.final_score for member in group.members]
    if len(inside) == len(places):
        return scores
    return [Fraction(score) * len(inside) / len(places) for score in scores]
