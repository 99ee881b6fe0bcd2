"""Which reviews a second verifier looks at: by the published rule, chosen by nobody."""

from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.verification.domain import decider
from shared.events.verification import QualityRule
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    ALL_SAMPLED,
    AT,
    COLLEAGUE,
    NO_SAMPLE,
    NOT_ADMITTED,
    OPENED,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIED,
    decided,
    draw,
    drawn,
    leased,
    verify,
)
from tests.spec import given

HELD = given(decider, OPENED, leased())

DONE = HELD.after(*REVIEWED)


def test_a_review_in_the_sample_is_looked_at_a_second_time() -> None:
    DONE.when(verify(rule=ALL_SAMPLED)).then(drawn())


def test_a_review_outside_the_sample_is_verified() -> None:
    DONE.when(verify(rule=NO_SAMPLE)).then(VERIFIED)


@pytest.mark.parametrize("seconds", range(20))
def test_the_draw_decides_who_is_in_the_sample(seconds: int) -> None:
    """Every part of the sample up to a review's own leaves it out, every larger one takes it."""
    at = AT + timedelta(seconds=seconds)
    part = int(draw(at)[:16], 16) * 1000 // 2**64
    outside = QualityRule(sample_permille=part, large_change=3)
    inside = QualityRule(sample_permille=part + 1, large_change=3)
    DONE.when(verify(rule=outside, at=at)).then(
        VERIFIED.model_copy(update={"at": at, "rule": outside, "draw": draw(at)})
    )
    DONE.when(verify(rule=inside, at=at)).then(drawn(at=at, rule=inside, draw=draw(at)))


@pytest.mark.parametrize(
    ("granted", "large_change", "is_checked"),
    [(2, 1, True), (2, 2, False), (1, 2, True), (1, 3, False), (0, 3, True)],
)
def test_a_verdict_far_below_its_claim_is_always_looked_at(
    granted: int, large_change: int, is_checked: bool
) -> None:
    rule = QualityRule(sample_permille=0, large_change=large_change)
    first = decided("SID-01", granted)
    history = HELD.after(ADMITTED, first, *ALL_DECIDED[1:])
    verdicts = (first.verdict, *VERIFIED.verdicts[1:])
    verified = VERIFIED.model_copy(update={"rule": rule, "verdicts": verdicts})
    history.when(verify(rule=rule)).then(
        drawn("large_change", rule=rule) if is_checked else verified
    )


def test_a_rejection_is_always_looked_at() -> None:
    HELD.after(NOT_ADMITTED).when(verify()).then(drawn("rejection"))


def test_verdicts_from_before_a_no_are_no_reason_for_a_second_look() -> None:
    large = HELD.after(ADMITTED, decided("SID-01", 0), *ALL_DECIDED[1:])
    large.after(NOT_ADMITTED).when(verify()).then(drawn("rejection"))


def test_the_reasons_stand_in_their_order() -> None:
    large = HELD.after(ADMITTED, decided("SID-01", 1), *ALL_DECIDED[1:])
    large.when(verify(rule=ALL_SAMPLED)).then(drawn("sample", "large_change"))
    HELD.after(NOT_ADMITTED).when(verify(rule=ALL_SAMPLED)).then(drawn("sample", "rejection"))


def test_who_ends_a_review_that_others_decided_is_named_in_the_draw() -> None:
    taken = DONE.after(leased(COLLEAGUE, SECOND_TOKEN))
    taken.when(verify(COLLEAGUE, SECOND_TOKEN, ALL_SAMPLED)).then(
        drawn(by=COLLEAGUE.by, reviewed_by=COLLEAGUE.by)
    )


def test_a_review_is_not_drawn_before_it_is_complete() -> None:
    HELD.when(verify(rule=ALL_SAMPLED)).refused("admissibility_missing")
    HELD.after(ADMITTED).when(verify(rule=ALL_SAMPLED)).refused("indicators_undecided")
    DONE.when(verify(token="never", rule=ALL_SAMPLED)).refused("lease_lost")


@for_all(permille=st.integers(0, 1000), microseconds=st.integers(0, 86_400_000_000 - 1))
def test_nothing_but_the_draw_takes_an_ordinary_review_into_the_sample(
    permille: int, microseconds: int
) -> None:
    at = AT + timedelta(microseconds=microseconds)
    rule = QualityRule(sample_permille=permille, large_change=3)
    (fact,) = given(decider, OPENED, *REVIEWED, leased(at=at)).when(verify(rule=rule, at=at)).run()
    is_drawn = int(draw(at)[:16], 16) / 2**64 < permille / 1000
    assert isinstance(fact, type(drawn() if is_drawn else VERIFIED))
