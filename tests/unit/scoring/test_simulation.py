"""A simulation is the engine's own index of the region as it would be, and changes nothing."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.scoring.domain.figures import Counted, figures
from services.scoring.domain.simulation import (
    Add,
    Change,
    Innovation,
    Remove,
    SetGovernmentRow,
    Simulated,
    Standing,
    Step,
    Worth,
    simulate,
)
from shared.editions import Edition, load, maturity
from shared.errors import Refused
from tests.builders.scoring import edition

D = Decimal
E2026 = edition()
BASIC = E2026.basic_service_affairs
CODES = [row.code for row in E2026.sid]
scores = st.decimals(0, 111, places=2)
affairs = st.sampled_from([None, *BASIC, "statistik"])
regions = st.lists(st.builds(Innovation, scores, affairs, st.booleans()), min_size=1, max_size=15)
SETTINGS = settings(max_examples=60, deadline=None)


def standing(*innovations: Innovation, aspect: Decimal = D(40)) -> Standing:
    named = {f"inov-{place}": each for place, each in enumerate(innovations)}
    return Standing(aspect, {}, named)


def told(region: Standing, *steps: Step, by: Edition = E2026) -> Simulated:
    return simulate(by, region, steps)


def index_of(*innovations: Innovation, aspect: Decimal = D(40)) -> Decimal | None:
    counted = [Counted(1, each.maturity, each.main_affair, each.counts) for each in innovations]
    return figures(E2026, aspect, counted).index


def known(*worths: str, affair: str | None = None) -> list[Innovation]:
    return [Innovation(D(each), affair) for each in worths]


@given(regions, scores, affairs, st.integers(1, 5))
@SETTINGS
def test_an_addition_is_the_index_with_the_newcomers(
    region: list[Innovation], score: Decimal, affair: str | None, count: int
) -> None:
    found = told(standing(*region), Add("+1", Worth(maturity=score), affair, count))
    after = index_of(*region, *[Innovation(score, affair)] * count)
    assert (found.before.index, found.after.index) == (index_of(*region), after)
    assert [(each.alone, each.on_top) for each in found.effects] == [(found.gain, found.gain)]


@given(regions, st.data())
@SETTINGS
def test_a_removal_and_a_change_are_the_index_of_what_is_left(
    region: list[Innovation], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(region) - 1))
    name, rest = f"inov-{place}", [each for i, each in enumerate(region) if i != place]
    assert told(standing(*region), Remove(name)).after.index == index_of(*rest)
    score = data.draw(scores)
    changed = Innovation(score, region[place].main_affair, region[place].counts)
    found = told(standing(*region), Change(name, Worth(maturity=score)))
    assert found.after.index == index_of(*rest, changed)


@given(regions, st.data())
@SETTINGS
def test_raising_an_innovation_never_lowers_the_index(
    region: list[Innovation], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(region) - 1))
    better = data.draw(st.decimals(region[place].maturity, 111, places=2))
    assert told(standing(*region), Change(f"inov-{place}", Worth(maturity=better))).gain >= 0


@given(st.dictionaries(st.sampled_from(CODES), st.integers(0, 3)), st.sampled_from(CODES))
@SETTINGS
def test_more_evidence_never_lowers_the_index(levels: dict[str, int], code: str) -> None:
    one = Innovation(maturity(E2026, levels).total, None, levels=levels)
    higher = {code: min(levels.get(code, 0) + 1, 3)}
    found = told(standing(one), Change("inov-0", Worth(levels=higher)))
    assert found.gain >= 0
    assert found.after.maturity_sum == maturity(E2026, {**levels, **higher}).total


@given(regions, st.randoms())
@SETTINGS
def test_the_order_of_innovations_and_of_steps_does_not_matter(
    region: list[Innovation], chance: Any
) -> None:
    steps: list[Step] = [
        SetGovernmentRow("SPD-12", 3),
        Add("+1", Worth(maturity=D(70)), "sosial", 2),
        Change("inov-0", Worth(maturity=D(90))),
    ]
    shuffled = chance.sample(steps, len(steps))
    plain = standing(*region)
    items = list(plain.innovations.items())
    other = Standing(plain.aspect, {}, dict(chance.sample(items, len(items))))
    first, second = told(plain, *steps), told(other, *shuffled)
    assert (first.before, first.after) == (second.before, second.after)
    by_kind = {each.kind: (each.alone, each.on_top) for each in first.effects}
    assert by_kind == {each.kind: (each.alone, each.on_top) for each in second.effects}


def test_two_steps_over_a_threshold_are_worth_more_together():
    four = [*known(*["80"] * 9), *[Innovation(D(80), each) for each in BASIC[:3]]]
    found = told(
        standing(*four),
        Add("+1", Worth(maturity=D(80)), BASIC[3]),
        Add("+2", Worth(maturity=D(80)), BASIC[4]),
    )
    assert (found.before.index, found.after.index, found.gain) == (
        D("48.00"),
        D("50.13"),
        D("2.13"),
    )
    assert [(each.subject, each.alone, each.on_top) for each in found.effects] == [
        ("+1", D("0.00"), D("2.13")),
        ("+2", D("0.00"), D("2.13")),
    ]


def test_a_row_of_the_government_aspect_is_set_beside_those_that_stand():
    region = Standing(D(6), {"SPD-12": 3}, {})
    found = told(region, SetGovernmentRow("SPD-01", 3))
    assert (found.before.government_aspect, found.after.government_aspect) == (D(6), D(9))
    assert (found.gain, found.effects[0].kind) == (D("1.20"), "government_row")


def test_what_does_not_count_brings_nothing_however_it_changes():
    trial = Innovation(D(20), "sosial", counts=False)
    found = told(standing(trial, *known("80")), Change("inov-0", Worth(maturity=D(111))))
    assert (found.gain, found.before) == (D("0.00"), found.after)


def test_without_a_published_band_the_index_is_simulated_without_one():
    found = told(standing(*known("80")), Add("+1", Worth(maturity=D(80)), None), by=load("2027"))
    assert (found.after.index, found.after.band, found.after.unpublished) == (
        D("20.57"),
        None,
        "bands",
    )


def refusal(question: Callable[[], object]) -> Refused:
    with pytest.raises(Refused) as refused:
        question()
    return refused.value


E2023, E2027 = edition("2023-r1"), edition("2027-r1")


@pytest.mark.parametrize(
    ("step", "by", "code", "params"),
    [
        (Remove("inov-9"), E2026, "innovation_unknown", {"innovation": "inov-9"}),
        (
            Change("inov-9", Worth(maturity=D(1))),
            E2026,
            "innovation_unknown",
            {"innovation": "inov-9"},
        ),
        (Change("inov-0", Worth()), E2026, "worth_unclear", {}),
        (Change("inov-0", Worth(D(1), {"SID-01": 1})), E2026, "worth_unclear", {}),
        (Change("inov-0", Worth(levels={"SID-01": 1})), E2026, "rows_not_known", {}),
        (
            Add("+1", Worth(levels={"SID-01": 4}), None),
            E2026,
            "change_impossible",
            {"edition": "2026-r1"},
        ),
        (
            Add("+1", Worth(maturity=D(112)), None),
            E2026,
            "change_impossible",
            {"edition": "2026-r1"},
        ),
        (
            Add("+1", Worth(maturity=D(1)), "tidak_ada"),
            E2026,
            "affair_unknown",
            {"affair": "tidak_ada", "edition": "2026-r1"},
        ),
        (SetGovernmentRow("SPD-99", 1), E2026, "change_impossible", {"edition": "2026-r1"}),
        (
            SetGovernmentRow("SPD-12", 1),
            E2027,
            "constant_unpublished",
            {"constant": "spd_weights", "edition": "2027-r1"},
        ),
        (
            Add("+1", Worth(levels={}), None),
            E2027,
            "constant_unpublished",
            {"constant": "sid_rows", "edition": "2027-r1"},
        ),
        (
            Add("+1", Worth(maturity=D(1)), None),
            E2023,
            "constant_unpublished",
            {"constant": "min_basic_service_affairs", "edition": "2023-r1"},
        ),
    ],
)
def test_what_is_not_there_is_refused_by_its_name(
    step: Step, by: Edition, code: str, params: dict[str, str]
) -> None:
    told_no = refusal(lambda: told(standing(*known("80")), step, by=by))
    assert (told_no.code, dict(told_no.params)) == (code, params)


def test_nothing_is_changed_twice():
    twice = (Change("inov-0", Worth(maturity=D(1))), Remove("inov-0"))
    assert refusal(lambda: told(standing(*known("80")), *twice)).code == "changed_twice"


def test_rows_that_nobody_knows_are_not_changed():
    region = Standing(D(40), None, {})
    assert refusal(lambda: told(region, SetGovernmentRow("SPD-12", 1))).code == "rows_not_known"
