"""Who was given a document: a fact each quarter of an hour and person, no more, no less."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as some

from shared.accesses import WINDOW, Lately, OpenEvidence, opening
from shared.events import awards, submission, verification
from shared.events.access import Opening
from tests.spec import given

DOCUMENT = "1" * 64
NINE = datetime(2026, 9, 1, 9, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)
DECIDER = opening(verification.EvidenceOpened)


def at(person: str, after: timedelta = timedelta()) -> OpenEvidence:
    return OpenEvidence(
        by=person,
        at=NINE + after,
        sha256=DOCUMENT,
        about="inov-1",
        how="picture",
        agency="tapin",
        roles=("verifier",),
    )


def said(
    person: str, after: timedelta = timedelta(), kind: type[Opening] = verification.EvidenceOpened
) -> Opening:
    return kind(
        by=person,
        at=NINE + after,
        sha256=DOCUMENT,
        about="inov-1",
        how="picture",
        agency="tapin",
        roles=("verifier",),
    )


def test_a_first_look_is_a_fact():
    given(DECIDER).when(at("v-1")).then(said("v-1"))


@pytest.mark.parametrize(
    "kind", [submission.EvidenceOpened, verification.EvidenceOpened, awards.EvidenceOpened]
)
def test_each_service_says_its_own_fact(kind: type[Opening]):
    given(opening(kind)).when(at("v-1")).then(said("v-1", kind=kind))


def test_a_second_look_within_the_window_is_already_recorded():
    before = given(DECIDER, said("v-1"))
    before.when(at("v-1")).nothing()
    before.when(at("v-1", WINDOW - MOMENT)).nothing()


def test_a_look_after_the_window_is_a_fact_again():
    given(DECIDER, said("v-1")).when(at("v-1", WINDOW)).then(said("v-1", WINDOW))


def test_a_look_without_a_fact_does_not_prolong_the_window():
    before = given(DECIDER, said("v-1"))
    before.when(at("v-1", WINDOW - MOMENT)).nothing()
    before.when(at("v-1", WINDOW)).then(said("v-1", WINDOW))


def test_another_person_makes_a_fact_of_their_own():
    given(DECIDER, said("v-1")).when(at("v-2")).then(said("v-2"))


def test_a_host_that_is_late_by_seconds_does_not_record_twice():
    given(DECIDER, said("v-1")).when(at("v-1", timedelta(seconds=-3))).nothing()


def test_a_clock_that_was_ahead_for_days_hides_no_look():
    ahead = given(DECIDER, said("v-1", timedelta(days=9)))
    ahead.when(at("v-1")).then(said("v-1"))


def test_who_looked_before_the_window_is_forgotten():
    facts = [said(f"v-{number}", timedelta(minutes=number)) for number in range(40)]
    kept = {f"v-{number}": NINE + timedelta(minutes=number) for number in range(25, 40)}
    assert DECIDER.replay(facts) == Lately(kept)


@for_all(some.lists(some.tuples(some.sampled_from("abc"), some.integers(0, 20 * 60)), max_size=60))
def test_facts_of_one_person_stand_apart_and_every_look_has_one(steps: list[tuple[str, int]]):
    state, now, facts = DECIDER.initial, timedelta(), list[Opening]()
    for person, seconds in steps:
        now += timedelta(seconds=seconds)
        new = list(DECIDER.decide(at(person, now), state))
        state = DECIDER.replay(new, state)
        facts += new
        last = max(each.at for each in facts if each.by == person)
        assert NINE + now - last < WINDOW
    for person in "abc":
        moments = [each.at for each in facts if each.by == person]
        assert all(b - a >= WINDOW for a, b in pairwise(moments))
    assert all(facts[-1].at - moment < WINDOW for moment in state.by_person.values())
