"""The coach of a region: each option is the engine's own index of the region as it would be."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.editions import Constants, Option, UnpublishedConstant, index, load, outlook

E2026, E2023 = load("2026"), load("2023")
BASIC = E2026.basic_service_affairs
D = Decimal
scores = st.lists(st.decimals(0, 111, places=2), max_size=20)
affairs_of = st.sets(st.sampled_from(BASIC))
aspects = st.decimals(0, 63, places=2)


def option(kind: str, options: tuple[Option, ...], **wanted: object) -> Option:
    return next(
        each
        for each in options
        if each.kind == kind and all(getattr(each, k) == v for k, v in wanted.items())
    )


@given(aspects, scores, affairs_of)
@settings(deadline=None, max_examples=80)
def test_every_option_is_the_index_of_the_region_as_it_would_be(
    spd: Decimal, maturities: list[Decimal], affairs: set[str]
):
    found = outlook(E2026, spd, maturities, affairs)
    assert found.now == index(E2026, spd, maturities, len(affairs))
    for each in found.options:
        if each.kind == "raise_lowest":
            then = [*sorted(maturities)[1:], each.maturity]
        else:
            then = [*maturities, *[each.maturity] * each.innovations]
        assert each.after == index(E2026, spd, then, len(affairs) + len(each.affairs))
        assert each.gain == each.after.index - found.now.index
        assert not set(each.affairs) & affairs


@given(aspects, scores, affairs_of)
@settings(deadline=None, max_examples=80)
def test_what_could_be_done_is_all_there_and_the_best_comes_first(
    spd: Decimal, maturities: list[Decimal], affairs: set[str]
):
    options = outlook(E2026, spd, maturities, affairs).options
    gains = [each.gain for each in options]
    assert gains == sorted(gains, reverse=True)
    missing = {each.affairs for each in options if each.kind == "missing_affair"}
    assert missing == {(affair,) for affair in BASIC if affair not in affairs}
    newcomers = {each.maturity for each in options if each.kind == "one_more_innovation"}
    assert newcomers >= {D(0), D(111)}
    assert ("enough_affairs" in {each.kind for each in options}) == (len(affairs) < 4)
    assert ("divisor_floor" in {each.kind for each in options}) == (len(maturities) < 11)


def test_the_fifth_affair_of_twelve_innovations_brings_the_whole_count():
    found = outlook(E2026, D(40), [D(80)] * 12, set(BASIC[:4]))
    fifth = option("missing_affair", found.options, affairs=(BASIC[4],))
    assert (found.now.index, fifth.after.index) == (D("48.00"), D("49.98"))
    assert fifth.gain == D("1.98")
    assert fifth.after.innovation_count_score == D("4.94")
    more = option("one_more_innovation", found.options, maturity=D(80))
    assert (more.gain, more.after.divisor) == (D("0.00"), 13)
    worse = option("one_more_innovation", found.options, maturity=D(0))
    assert worse.gain == D("-2.46")


def test_an_empty_seat_is_filled_at_no_cost_to_the_average():
    found = outlook(E2026, D(0), [D(60)] * 6, set(BASIC))
    floor = option("divisor_floor", found.options)
    assert (floor.innovations, floor.after.average) == (6, D("60.00"))
    assert (found.now.average, found.now.divisor) == (D("30.00"), 12)


def test_raising_the_lowest_leaves_the_others():
    found = outlook(E2026, D(0), [D(20), D(80)], set(BASIC))
    raised = option("raise_lowest", found.options, maturity=D("50.00"))
    assert (raised.innovations, raised.after.average) == (0, D("10.83"))


def test_affairs_that_are_no_basic_service_do_not_count():
    assert outlook(E2026, D(0), [D(50)], {"statistik"}) == outlook(E2026, D(0), [D(50)], set())


def test_a_region_without_innovations_can_begin():
    found = outlook(E2026, D(40), [], set())
    assert found.now.index == D("16.00")
    assert option("one_more_innovation", found.options, maturity=D(111)).gain == D("3.70")
    assert "raise_lowest" not in {each.kind for each in found.options}


def test_a_constant_that_nobody_publishes_is_named():
    with pytest.raises(UnpublishedConstant) as refused:
        outlook(E2023, D(40), [D(80)], {BASIC[0]})
    assert refused.value.name == "min_basic_service_affairs"
    given_one = outlook(E2023, D(40), [D(80)], {BASIC[0]}, Constants(min_basic_service_affairs=3))
    assert option("enough_affairs", given_one.options).innovations == 2
