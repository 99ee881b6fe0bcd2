"""A clock is off only by what question and answer cannot explain."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.errors import Unavailable
from shared.service.skew import TOLERATED, Skew

NOON = datetime(2026, 8, 31, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def ticking(*seconds: float) -> Callable[[], datetime]:
    moments: Iterator[datetime] = iter([NOON + each * SECOND for each in seconds])
    return lambda: next(moments)


def broker(*seconds: float | None) -> Callable[[], object]:
    answers = iter(seconds)

    async def told() -> datetime:
        at = next(answers)
        if at is None:
            raise Unavailable("history_unavailable", "The history does not answer.")
        return NOON + at * SECOND

    return told


async def measured(before: float, there: float, after: float) -> Skew:
    skew = Skew(broker(there), ticking(before, after))
    await skew.measure()
    return skew


@pytest.mark.parametrize(
    ("before", "there", "after", "ahead"),
    [
        (0, 0.2, 0.4, 0),
        (0, 7, 8, 0),
        (0, 30, 60, 0),
        (3600, 0, 3601, 3600),
        (0, 3601, 1, -3600),
        (0, 6, 1, -5),
        (0, 6.1, 1, -5.1),
    ],
)
async def test_a_slow_answer_is_no_wrong_clock(
    before: float, there: float, after: float, ahead: float
) -> None:
    skew = await measured(before, there, after)
    assert skew.ahead == ahead * SECOND
    assert skew.is_skewed == (abs(ahead) > 5)


@given(st.floats(-1e6, 1e6), st.floats(0, 60), st.floats(0, 1))
async def test_a_clock_is_never_blamed_for_more_than_it_is_off(
    off: float, trip: float, part: float
) -> None:
    skew = await measured(off, part * trip, off + trip)
    assert abs(skew.ahead) <= abs(off) * SECOND + timedelta(microseconds=10)
    if abs(off) > TOLERATED.total_seconds() + trip + 1e-3:
        assert skew.is_skewed


async def test_nothing_is_dated_by_a_clock_that_is_off_and_again_when_it_is_right() -> None:
    skew = Skew(broker(0, 0, None, 0), ticking(0, 0, 40, 40, 40, 0, 0))
    now = skew.guarded(lambda: NOON)
    await skew.measure()
    assert now() == NOON
    await skew.measure()
    with pytest.raises(Unavailable, match="40 seconds ahead of the history's") as refused:
        now()
    assert (refused.value.code, dict(refused.value.params)) == (
        *("clock_skewed", {"seconds_ahead": 40}),
    )
    await skew.measure()
    with pytest.raises(Unavailable, match="40 seconds ahead"):
        now()
    await skew.measure()
    assert now() == NOON
