"""What an agency owes and how far it is: every combination stands somewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.submission.domain.obligation import (
    Reported,
    Standing,
    owes,
    standing_of,
)


@pytest.mark.parametrize(
    ("promised", "reported", "standing"),
    [
        (1, Reported(), "owing"),
        (1, Reported(draft=3), "drafting"),
        (1, Reported(submitted=1), "submitted"),
        (1, Reported(reopened=1), "submitted"),
        (1, Reported(draft=1, verified=1), "fulfilled"),
        (2, Reported(verified=1), "owing"),
        (2, Reported(draft=1, verified=1), "drafting"),
        (2, Reported(submitted=1, verified=1), "verified"),
        (2, Reported(submitted=3), "submitted"),
        (1, Reported(rejected=1), "submitted"),
        (2, Reported(rejected=1, verified=1), "verified"),
        (2, Reported(rejected=1), "owing"),
        (2, Reported(submitted=1, verified=2), "fulfilled"),
    ],
)
def test_a_standing_says_what_is_owed_and_how_far_it_is(
    promised: int, reported: Reported, standing: Standing
) -> None:
    assert standing_of(promised, reported) == standing


@pytest.mark.parametrize(
    ("reported", "furthest"),
    [
        (Reported(), None),
        (Reported(draft=1), "draft"),
        (Reported(draft=1, reopened=1), "reopened"),
        (Reported(reopened=1, submitted=1), "submitted"),
        (Reported(submitted=1, verified=1), "verified"),
        (Reported(rejected=1), "rejected"),
        (Reported(rejected=1, draft=1), "draft"),
    ],
)
def test_the_furthest_state_is_the_one_that_counts(
    reported: Reported, furthest: str | None
) -> None:
    assert reported.furthest == furthest


numbers = st.integers(0, 4)


@given(st.integers(1, 4), st.builds(Reported, numbers, numbers, numbers, numbers, numbers))
def test_who_owes_stands_with_those_who_owe(promised: int, reported: Reported) -> None:
    assert owes(promised, reported) == (standing_of(promised, reported) in ("owing", "drafting"))
