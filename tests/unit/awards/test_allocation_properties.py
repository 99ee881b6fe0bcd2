"""Whatever the prizes, pools, ties, teams and caps: it sums, and nobody's order matters."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.allocation import NotSummed, Results, largest_remainder, proven
from services.awards.domain.fund import Line
from shared.events.awards import Pool, Prize, RankedEntry, Ties
from tests.builders.awards import category, prize
from tests.unit.awards.allocating import owed, person, place, pool, results

TOTAL = st.integers(min_value=0, max_value=2**53 - 1)
PART = st.integers(min_value=0, max_value=10**6) | st.decimals(0, 100, places=2)
PARTS = st.lists(PART, min_size=1, max_size=20).filter(any)
FUND = st.sampled_from(["apbd", "bank"])
AMOUNT = st.integers(min_value=1, max_value=100_000_000)
TIES: st.SearchStrategy[Ties] = st.sampled_from(["split", "promote"])


@for_all(TOTAL, PARTS)
def test_largest_remainder_sums_and_is_less_than_one_rupiah_off(
    total: int, parts: list[Decimal | int]
) -> None:
    shares = largest_remainder(total, parts)
    whole = sum((Fraction(part) for part in parts), Fraction(0))
    assert sum(shares) == total
    for share, part in zip(shares, parts, strict=True):
        assert share >= 0
        assert abs(share - total * Fraction(part) / whole) < 1


@for_all(TOTAL, PARTS)
def test_a_larger_part_never_gets_less_and_equal_ones_differ_by_one_at_most(
    total: int, parts: list[Decimal | int]
) -> None:
    shares = largest_remainder(total, parts)
    pairs = sorted(zip(parts, shares, strict=True))
    for (part, share), (larger, more) in pairwise(pairs):
        assert share <= more if part < larger else more - share in (0, 1)


def test_equal_remainders_go_to_the_first() -> None:
    assert largest_remainder(11, [1, 1, 1]) == (4, 4, 3)
    assert largest_remainder(5, [Decimal("0.5"), 0, Decimal("0.5")]) == (3, 0, 2)
    assert largest_remainder(0, [7]) == (0,)


@pytest.mark.parametrize(("total", "parts"), [(5, []), (5, [0, 0]), (-1, [1]), (5, [3, -1])])
def test_nobody_and_less_than_nothing_share_nothing(total: int, parts: list[int]) -> None:
    with pytest.raises(ValueError, match="Only parts of more than nothing"):
        largest_remainder(total, parts)


@pytest.mark.parametrize("shares", [[5, 6], [12, -2], []])
def test_shares_that_do_not_sum_are_never_handed_on(shares: list[int]) -> None:
    with pytest.raises(NotSummed, match="out of 10"):
        proven(10, shares)


@st.composite
def rankings(draw: st.DrawFn) -> list[RankedEntry]:
    """Groups of equals, best first."""
    sizes = draw(st.lists(st.integers(min_value=1, max_value=3), max_size=5))
    score, rank, found = 10_000, 1, list[RankedEntry]()
    for size in sizes:
        score -= draw(st.integers(min_value=1, max_value=2_000))
        for _ in range(size):
            shown = str(Decimal(score).scaleb(-2))
            found.append(place(f"inov-{len(found)}", rank, shown))
        rank += size
    return found


@st.composite
def prizes(draw: st.DrawFn) -> list[Prize]:
    """Ranks 1, 2, ... without a gap, some in two funds; perhaps something for finalists."""
    last = draw(st.integers(min_value=0, max_value=6))
    found = [prize(rank, draw(AMOUNT), fund_id=draw(FUND)) for rank in range(1, last + 1)]
    found += [
        prize(rank, draw(AMOUNT), fund_id="bank") for rank in draw(st.sets(st.integers(1, 4)))
    ]
    for to in sorted(draw(st.sets(st.sampled_from(["finalists", "other_finalists"])))):
        found.append(prize(0, draw(AMOUNT), to=to, fund_id=draw(FUND)))
    return found


SHARES = st.lists(st.integers(min_value=1, max_value=100), min_size=1, max_size=6)
POOL = st.one_of(
    st.builds(
        lambda shares, amount, fund: pool(
            "shares", amount, shares=tuple(shares), to_rank=len(shares), fund_id=fund
        ),
        SHARES,
        AMOUNT,
        FUND,
    ),
    st.builds(
        lambda last, amount, fund: pool("index", amount, to_rank=last, fund_id=fund),
        st.integers(min_value=1, max_value=6),
        AMOUNT,
        FUND,
    ),
)
PARTS_OF_TEAM = st.lists(st.integers(min_value=1, max_value=9), min_size=1, max_size=3)


@st.composite
def competitions(draw: st.DrawFn, ties: st.SearchStrategy[Ties] = TIES) -> Results:
    """Teams of people under whatever rules; no cap."""
    ranking = draw(rankings())
    rule = category(
        prizes=tuple(draw(prizes())),
        pools=tuple(draw(st.lists(POOL, max_size=2))),
        recipient="team",
    )
    teams = {
        each.innovation_id: tuple(
            person(f"{each.innovation_id}_{number}", parts=parts)
            for number, parts in enumerate(draw(PARTS_OF_TEAM))
        )
        for each in ranking
    }
    return results(ranking, rule, ties=draw(ties), recipients=teams)


def every(given: Results) -> list[tuple[str, Line]]:
    return [(fund, line) for fund, found in owed(given).items() for line in found]


def of_prizes(given: Results) -> Counter[str]:
    """What split ties leave as it is: each place that is taken gives its prizes once."""
    (rule,) = given.rules.categories
    named = {each.rank for each in rule.prizes if each.to == "rank"}
    taken = range(1, len(given.ranking) + 1)
    asked: Counter[str] = Counter()
    for each in rule.prizes:
        others = [number for number in taken if number not in named]
        times = {
            "rank": int(each.rank in taken),
            "finalists": len(taken),
            "other_finalists": len(others),
        }
        asked[each.fund_id] += each.amount_rupiah * times[each.to]
    return asked


def of_pools(pools: Sequence[Pool]) -> Counter[str]:
    asked: Counter[str] = Counter()
    for each in pools:
        asked[each.fund_id] += each.amount_rupiah
    return asked


@for_all(competitions(st.just("split")))
def test_what_is_allocated_is_what_prizes_and_pools_say(given: Results) -> None:
    (rule,) = given.rules.categories
    asked = of_prizes(given) + (of_pools(rule.pools) if given.ranking else Counter[str]())
    got: Counter[str] = Counter()
    for fund, line in every(given):
        got[fund] += line.amount_rupiah
    assert got == asked


@for_all(competitions(st.just("promote")))
def test_promoted_ties_all_get_the_prizes_of_their_rank_and_pools_stay_whole(
    given: Results,
) -> None:
    (rule,) = given.rules.categories
    of_rank = Counter({each.rank: 0 for each in given.ranking})
    named = {each.rank for each in rule.prizes if each.to == "rank"}
    for each in rule.prizes:
        for rank in of_rank:
            is_for = {
                "rank": rank == each.rank,
                "finalists": True,
                "other_finalists": rank not in named,
            }
            of_rank[rank] += each.amount_rupiah * is_for[each.to]
    found = [line for _, line in every(given)]
    pooled = sum(line.amount_rupiah for line in found if "pool-" in line.allocation_id)
    assert pooled == (sum(each.amount_rupiah for each in rule.pools) if given.ranking else 0)
    for each in given.ranking:
        got = sum(
            line.amount_rupiah
            for line in found
            if line.innovation_id == each.innovation_id and "prize-" in line.allocation_id
        )
        assert got == of_rank[each.rank]


@for_all(competitions())
def test_every_line_is_whole_positive_and_of_its_own(given: Results) -> None:
    found = [line for _, line in every(given)]
    assert len({line.allocation_id for line in found}) == len(found)
    for line in found:
        assert type(line.amount_rupiah) is int
        assert line.amount_rupiah > 0
        assert line.net_rupiah is not None
        assert line.amount_rupiah == line.tax_rupiah + line.net_rupiah
        assert min(line.tax_rupiah, line.net_rupiah) >= 0


@for_all(competitions(), st.integers())
def test_the_order_of_the_ranking_does_not_matter(given: Results, seed: int) -> None:
    shuffled = list(given.ranking)
    Random(seed).shuffle(shuffled)
    entries = dict(reversed(given.entries.items()))
    assert owed(replace(given, ranking=shuffled, entries=entries)) == owed(given)


@for_all(competitions(), st.integers(min_value=0, max_value=200_000_000))
def test_a_cap_is_kept_and_cuts_no_more_than_it_must(given: Results, cap: int) -> None:
    rules = given.rules.model_copy(update={"cap_per_recipient_rupiah": cap})
    uncapped: Counter[str] = Counter()
    for _, line in every(given):
        assert line.recipient is not None
        uncapped[line.recipient.recipient_id] += line.amount_rupiah
    got: Counter[str] = Counter()
    for _, line in every(replace(given, rules=rules)):
        assert line.recipient is not None
        assert line.uncapped_rupiah is None or line.uncapped_rupiah > line.amount_rupiah
        got[line.recipient.recipient_id] += line.amount_rupiah
    assert +got == +Counter({who: min(amount, cap) for who, amount in uncapped.items()})


@for_all(competitions())
def test_equals_get_equal_money_but_for_single_rupiah(given: Results) -> None:
    got: Counter[str] = Counter()
    items: Counter[str] = Counter()
    for _, line in every(given):
        got[line.innovation_id] += line.amount_rupiah
        items[line.innovation_id] += 1
    for one in given.ranking:
        for other in given.ranking:
            if one.rank == other.rank:
                lines = max(items[one.innovation_id], items[other.innovation_id])
                assert abs(got[one.innovation_id] - got[other.innovation_id]) <= lines
