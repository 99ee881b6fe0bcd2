"""What may be said of a verifier, and what nobody but they may say."""

from datetime import timedelta
from typing import Any

import pytest

from services.verification.domain.verifier import (
    DeclareConflict,
    DescribeVerifier,
    Description,
    EndConflict,
    Home,
    Verifier,
    decider,
)
from shared.events.verification import ConflictDeclared, ConflictEnded, VerifierDescribed
from tests.builders.verification import AT, SUPERVISOR, VERIFIER
from tests.spec import given

LATER = AT + timedelta(days=1)
HOME = Home("brida", ("kalsel", "brida"))


def describe(**changes: Any) -> DescribeVerifier:
    values: dict[str, Any] = {
        "by": VERIFIER.by,
        "at": AT,
        "verifier_id": VERIFIER.by,
        "home": HOME,
        "affairs": ("kesehatan", "pangan"),
        "capacity": 7,
        "active": True,
    }
    return DescribeVerifier(**(values | changes))


def described(**changes: Any) -> VerifierDescribed:
    values: dict[str, Any] = {
        "by": VERIFIER.by,
        "at": AT,
        "verifier_id": VERIFIER.by,
        "agency_id": "brida",
        "agency_path": ("kalsel", "brida"),
        "affairs": ("kesehatan", "pangan"),
        "capacity": 7,
        "active": True,
    }
    return VerifierDescribed(**(values | changes))


def declare(agency_id: str = "dinkes", **changes: Any) -> DeclareConflict:
    values: dict[str, Any] = {"by": VERIFIER.by, "at": AT, "reason": "I worked there."}
    return DeclareConflict(agency_id=agency_id, **(values | changes))


def declared(agency_id: str = "dinkes", **changes: Any) -> ConflictDeclared:
    values: dict[str, Any] = {
        "by": VERIFIER.by,
        "at": AT,
        "verifier_id": VERIFIER.by,
        "reason": "I worked there.",
    }
    return ConflictDeclared(agency_id=agency_id, **(values | changes))


def end(agency_id: str = "dinkes", reason: str = "Five years ago.") -> EndConflict:
    return EndConflict(by=VERIFIER.by, at=LATER, agency_id=agency_id, reason=reason)


def ended(agency_id: str = "dinkes") -> ConflictEnded:
    return ConflictEnded(
        by=VERIFIER.by,
        at=LATER,
        verifier_id=VERIFIER.by,
        agency_id=agency_id,
        reason="Five years ago.",
    )


def test_a_verifier_describes_themselves() -> None:
    given(decider).when(describe()).then(described())


def test_the_order_of_affairs_means_nothing() -> None:
    turned = describe(affairs=("pangan", "kesehatan"))
    given(decider).when(turned).then(described())
    given(decider, described()).when(turned).nothing()


def test_the_same_description_again_says_nothing() -> None:
    given(decider, described()).when(describe(at=LATER)).nothing()


@pytest.mark.parametrize(
    "change",
    [{"capacity": 8}, {"active": False}, {"affairs": ("pangan",)}],
    ids=["capacity", "active", "affairs"],
)
def test_another_description_takes_the_place_of_the_first(change: dict[str, Any]) -> None:
    given(decider, described()).when(describe(**change)).then(described(**change))


def test_a_verifier_who_moved_tells_it_by_describing_themselves() -> None:
    moved = Home("dinsos", ("kalsel", "dinsos"))
    given(decider, described()).when(describe(home=moved)).then(
        described(agency_id="dinsos", agency_path=("kalsel", "dinsos"))
    )


def test_a_supervisor_keeps_what_is_known_of_the_agency() -> None:
    by_another = describe(by=SUPERVISOR.by, home=None, capacity=3)
    given(decider, described()).when(by_another).then(described(by=SUPERVISOR.by, capacity=3))


def test_a_supervisor_describes_somebody_of_whom_no_agency_is_known() -> None:
    by_another = describe(by=SUPERVISOR.by, home=None)
    given(decider).when(by_another).then(
        described(by=SUPERVISOR.by, agency_id=None, agency_path=())
    )


@pytest.mark.parametrize("capacity", [1, 100])
def test_a_capacity_inside_the_bounds_is_taken(capacity: int) -> None:
    given(decider).when(describe(capacity=capacity)).then(described(capacity=capacity))


@pytest.mark.parametrize("capacity", [-1, 0, 101])
def test_a_capacity_outside_the_bounds_is_refused(capacity: int) -> None:
    given(decider).when(describe(capacity=capacity)).refused("capacity_out_of_range")


def test_forty_affairs_are_taken_and_one_more_is_refused() -> None:
    many = tuple(f"affair-{number:02}" for number in range(41))
    given(decider).when(describe(affairs=many[:40])).then(described(affairs=many[:40]))
    given(decider).when(describe(affairs=many)).refused("affairs_too_many")


def test_an_affair_is_named_once() -> None:
    given(decider).when(describe(affairs=("pangan", "pangan"))).refused("affair_twice")


def test_a_conflict_is_declared_before_anybody_has_described_the_person() -> None:
    given(decider).when(declare()).then(declared())


def test_a_conflict_that_is_declared_already_is_not_declared_again() -> None:
    given(decider, declared()).when(declare(reason="Again.", at=LATER)).nothing()


@pytest.mark.parametrize("reason", ["", "  \n"], ids=["empty", "blank"])
def test_a_conflict_needs_a_reason(reason: str) -> None:
    given(decider).when(declare(reason=reason)).refused("reason_missing")
    given(decider, declared()).when(end(reason=reason)).refused("reason_missing")


def test_a_hundred_conflicts_are_taken_and_one_more_is_refused() -> None:
    known = given(decider, *(declared(f"agency-{number}") for number in range(99)))
    known.when(declare()).then(declared())
    known.after(declared()).when(declare("one-more")).refused("conflicts_too_many")


def test_a_conflict_ends() -> None:
    given(decider, declared(), declared("dinsos")).when(end()).then(ended())


def test_a_conflict_that_has_ended_does_not_end_again() -> None:
    given(decider, declared(), ended()).when(end()).nothing()


def test_a_conflict_that_was_never_declared_cannot_end() -> None:
    given(decider, declared("dinsos")).when(end()).refused("conflict_unknown")


def test_a_conflict_that_has_ended_can_be_declared_again() -> None:
    known = given(decider, declared(), ended())
    known.when(declare(at=LATER)).then(declared(at=LATER))
    known.after(declared(at=LATER)).when(end()).then(ended())


def test_conflicts_and_description_do_not_touch_one_another() -> None:
    known = decider.replay(
        [declared(), declared("bpom"), declared("dinsos"), described(), ended("dinsos")]
    )
    assert known == Verifier(
        home=HOME,
        description=Description(("kesehatan", "pangan"), 7, active=True),
        conflicts=("bpom", "dinkes"),
        ended=frozenset({"dinsos"}),
    )
