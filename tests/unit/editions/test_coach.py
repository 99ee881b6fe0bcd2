"""The coach of an innovation: its numbers are the engine's, and together they reach the top."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.editions import Edition, FormulaError, Mark, Target, load, maturity, next_mark, steps

EDITIONS = [load("2026"), load("2023")]
E2026 = EDITIONS[0]
CODES = [row.code for row in E2026.sid]
D = Decimal
levels_of = st.dictionaries(st.sampled_from(CODES), st.integers(0, 3))


@given(st.sampled_from(EDITIONS), levels_of)
@settings(deadline=None)
def test_all_steps_to_the_top_add_what_is_missing(edition: Edition, levels: dict[str, int]):
    found = steps(edition, levels)
    now = maturity(edition, levels).total
    assert sum((step.gain for step in found), D(0)) == edition.totals.sid_rows - now
    assert {step.indicator for step in found} == {
        row.code for row in edition.sid if levels.get(row.code, 0) < 3
    }


@given(st.sampled_from(EDITIONS), levels_of)
@settings(deadline=None)
def test_each_gain_is_the_difference_that_the_engine_makes(
    edition: Edition, levels: dict[str, int]
):
    now = maturity(edition, levels).total
    for step in steps(edition, levels):
        assert step.level == levels.get(step.indicator, 0)
        assert [target.level for target in step.targets] == list(range(step.level + 1, 4))
        for target in step.targets:
            raised = {**levels, step.indicator: target.level}
            assert now + target.gain == maturity(edition, raised).total


@given(levels_of)
@settings(deadline=None)
def test_what_adds_most_comes_first_then_what_is_mandatory(levels: dict[str, int]):
    found = steps(E2026, levels)
    keys = [(-step.gain, not step.mandatory, step.indicator) for step in found]
    assert keys == sorted(keys)


def test_the_first_step_of_an_empty_innovation_is_the_video():
    first, second, *_ = steps(E2026, {})
    assert (first.indicator, first.gain, first.mandatory) == ("SID-20", D(12), True)
    assert first.targets == (
        Target(1, "1-2 unsur substansi", D(4)),
        Target(2, "3-4 unsur substansi", D(8)),
        Target(3, "5 unsur substansi", D(12)),
    )
    assert (second.indicator, second.gain, second.files) == ("SID-01", D(9), ("pdf",))
    benefit = next(step for step in steps(E2026, {}) if step.indicator == "SID-18")
    assert [basis.id for basis in benefit.bases] == ["a", "b", "c", "d", "e", "f"]


def test_at_the_top_there_is_no_step():
    assert steps(E2026, dict.fromkeys(CODES, 3)) == ()


def test_an_edition_that_does_not_publish_what_is_mandatory_calls_nothing_so():
    assert not any(step.mandatory for step in steps(EDITIONS[1], {}))


@pytest.mark.parametrize("levels", [{"SID-99": 1}, {"SID-01": 4}, {"SID-01": -1}])
def test_unknown_indicators_and_levels_are_refused(levels: dict[str, int]):
    with pytest.raises(FormulaError):
        steps(E2026, levels)


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        ("0", Mark("kurang_inovatif", D("0.01"), D("0.02"), D("0.02"))),
        ("44", Mark("inovatif", D("40.01"), D("44.42"), D("0.42"))),
        ("45", Mark("sangat_inovatif", D("65.01"), D("72.17"), D("27.17"))),
        ("73", None),
        ("111", None),
    ],
)
def test_the_next_band_as_if_bands_were_for_innovations(total: str, expected: Mark | None):
    assert next_mark(E2026, D(total)) == expected
