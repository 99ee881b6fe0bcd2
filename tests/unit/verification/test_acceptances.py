"""Several indicators are accepted at once: all of them, or none."""

import pytest

from services.verification.domain import decider
from services.verification.domain.commands import Granting
from tests.builders.verification import (
    ADMITTED,
    FIRST_DIGEST,
    NOT_ADMITTED,
    OPENED,
    accept,
    decided,
    granting,
    leased,
)
from tests.spec import given

HELD = given(decider, OPENED, leased(), ADMITTED)


FIRST_TWO = (granting("SID-01", 3), granting("SID-02", 2))


def test_several_indicators_are_accepted_at_the_level_that_was_claimed() -> None:
    HELD.when(accept(*FIRST_TWO)).then(decided("SID-01", 3), decided("SID-02", 2))


def test_what_is_accepted_already_is_not_said_again() -> None:
    HELD.after(decided("SID-01", 3)).when(accept(*FIRST_TWO)).then(decided("SID-02", 2))
    HELD.after(decided("SID-01", 3), decided("SID-02", 2)).when(accept(*FIRST_TWO)).nothing()


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (granting("SID-18", 1), "evidence_missing"),
        (granting("SID-18", 1, evidence=(FIRST_DIGEST,)), "evidence_unknown"),
        (granting("SID-19", 0), "indicator_not_claimed"),
        (granting("SID-01", 3, evidence=(FIRST_DIGEST,)), "evidence_changed"),
    ],
    ids=["no evidence", "unknown evidence", "not claimed", "changed evidence"],
)
def test_one_indicator_that_cannot_be_accepted_refuses_them_all(other: Granting, code: str) -> None:
    HELD.when(accept(granting("SID-02", 2), other)).refused(code)


def test_accepting_is_granting_what_was_claimed() -> None:
    HELD.when(accept(granting("SID-02", 2), granting("SID-01", 1))).refused("acceptance_differs")


def test_nobody_accepts_nothing_or_the_same_twice() -> None:
    HELD.when(accept()).refused("nothing_to_accept")
    HELD.when(accept(*FIRST_TWO, FIRST_TWO[0])).refused("indicators_repeated")


def test_nothing_is_accepted_before_the_criteria_are_decided_or_where_one_is_not_met() -> None:
    given(decider, OPENED, leased()).when(accept(*FIRST_TWO)).refused("admissibility_missing")
    HELD.after(NOT_ADMITTED).when(accept(*FIRST_TWO)).refused("inadmissible")
