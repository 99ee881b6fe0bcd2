"""Who holds a dossier, and for how long."""

from datetime import datetime, timedelta

import pytest

from services.verification.domain import decider
from shared.events.verification import DossierEvent
from tests.builders.verification import (
    ADMITTED,
    AT,
    COLLEAGUE,
    LEASE_SECONDS,
    OPENED,
    OUTSIDER,
    REJECTED,
    REQUESTED,
    SECOND_TOKEN,
    VERIFIED,
    WITHDRAWN,
    accept,
    admitted,
    claim,
    decide,
    decide_admissibility,
    decided,
    granting,
    hand_over,
    leased,
    release,
    released,
    renew,
    renewed,
    request_revision,
    verify,
)
from tests.spec import given

ENDED = AT + timedelta(seconds=LEASE_SECONDS)

HALF = AT + timedelta(seconds=LEASE_SECONDS // 2)

MOMENT = timedelta(microseconds=1)

HELD = given(decider, OPENED, leased())


def test_a_verifier_takes_an_open_dossier() -> None:
    given(decider, OPENED).when(claim()).then(leased())


def test_a_person_from_outside_the_agencies_takes_an_open_dossier() -> None:
    given(decider, OPENED).when(claim(OUTSIDER)).then(leased(OUTSIDER))


def test_a_held_dossier_is_refused_to_another_verifier() -> None:
    HELD.when(claim(COLLEAGUE, SECOND_TOKEN)).refused("lease_held")


def test_the_holder_may_claim_again_and_gets_a_new_token() -> None:
    later = AT + timedelta(minutes=5)
    again = leased(token=SECOND_TOKEN, at=later)
    HELD.when(claim(token=SECOND_TOKEN, at=later)).then(again)
    HELD.after(again).when(release()).refused("lease_lost")


def test_an_expired_lease_can_be_taken() -> None:
    HELD.when(claim(COLLEAGUE, SECOND_TOKEN, ENDED)).then(leased(COLLEAGUE, SECOND_TOKEN, ENDED))


def test_a_lease_holds_until_its_last_moment() -> None:
    HELD.when(claim(COLLEAGUE, SECOND_TOKEN, ENDED - MOMENT)).refused("lease_held")


def test_every_save_works_in_the_last_moment_of_a_lease_and_is_lost_at_its_end() -> None:
    held = HELD.after(ADMITTED)
    saves = (
        lambda at: decide_admissibility("benefit", at=at),
        lambda at: decide("SID-01", 3, at=at),
        lambda at: accept(granting("SID-01", 3), at=at),
        lambda at: request_revision(at=at),
        lambda at: hand_over(at=at),
        lambda at: renew(at=at),
    )
    for save in saves:
        assert len(held.when(save(ENDED - MOMENT)).run()) == 1
        held.when(save(ENDED)).refused("lease_lost")


def test_the_old_token_is_lost_when_somebody_else_took_over() -> None:
    taken = HELD.after(ADMITTED, leased(COLLEAGUE, SECOND_TOKEN, ENDED))
    for command in (
        decide_admissibility(at=ENDED),
        decide("SID-01", 3, at=ENDED),
        accept(granting("SID-01", 3), at=ENDED),
        request_revision(at=ENDED),
        hand_over(at=ENDED),
        renew(at=ENDED),
        verify(at=ENDED),
        release(),
    ):
        taken.when(command).refused("lease_lost")


def test_the_token_of_somebody_else_saves_nothing() -> None:
    held = HELD.after(ADMITTED)
    held.when(decide("SID-01", 3, COLLEAGUE)).refused("lease_lost")
    held.when(decide_admissibility(person=COLLEAGUE)).refused("lease_lost")
    held.when(renew(COLLEAGUE, at=ENDED - MOMENT)).refused("lease_lost")
    held.when(hand_over(person=COLLEAGUE, to=OUTSIDER)).refused("lease_lost")


def test_a_token_that_never_was_saves_nothing() -> None:
    given(decider, OPENED).when(decide_admissibility(token="never")).refused("lease_lost")
    given(decider, OPENED, ADMITTED, released()).when(decide("SID-01", 3, token="never")).refused(
        "lease_lost"
    )
    given(decider, OPENED).when(renew(token="never")).refused("lease_lost")
    given(decider, OPENED).when(hand_over(token="never")).refused("lease_lost")


@pytest.mark.parametrize(
    "saved",
    [
        decided("SID-01", 3, decided_at=ENDED - timedelta(seconds=1)),
        admitted(decided_at=ENDED - timedelta(seconds=1)),
    ],
    ids=["verdict", "admissibility"],
)
def test_what_is_decided_renews_the_lease(saved: DossierEvent) -> None:
    HELD.after(saved).when(claim(COLLEAGUE, SECOND_TOKEN, ENDED)).refused("lease_held")


# --- heartbeat ----------------------------------------------------------------------------


def test_a_heartbeat_renews_a_lease_of_which_less_than_half_is_left() -> None:
    late = HALF + MOMENT
    HELD.when(renew(at=late)).then(renewed(late))
    HELD.after(renewed(late)).when(claim(COLLEAGUE, SECOND_TOKEN, ENDED)).refused("lease_held")
    again = late + timedelta(seconds=LEASE_SECONDS // 2) + MOMENT
    HELD.after(renewed(late)).when(renew(at=again)).then(renewed(again))


@pytest.mark.parametrize("at", [AT, HALF - MOMENT, HALF], ids=["at once", "before half", "at half"])
def test_a_heartbeat_within_the_first_half_of_a_lease_says_nothing(at: datetime) -> None:
    HELD.when(renew(at=at)).nothing()


def test_a_renewed_lease_has_a_first_half_again() -> None:
    late = HALF + MOMENT
    HELD.after(renewed(late)).when(renew(at=late)).nothing()


def test_a_renewed_lease_keeps_its_token_and_ends_in_its_turn() -> None:
    late = HALF + MOMENT
    until = late + timedelta(seconds=LEASE_SECONDS)
    held = HELD.after(renewed(late))
    assert len(held.when(decide_admissibility(at=until - MOMENT)).run()) == 1
    held.when(decide_admissibility(at=until)).refused("lease_lost")


# --- handing back -------------------------------------------------------------------------


def test_the_holder_hands_the_dossier_back_with_a_note() -> None:
    HELD.when(release()).then(released())


def test_handing_back_what_nobody_holds_is_already_so() -> None:
    given(decider, OPENED).when(release()).nothing()


def test_handing_back_what_somebody_else_holds_is_refused() -> None:
    HELD.when(release(COLLEAGUE, SECOND_TOKEN)).refused("lease_lost")


def test_a_released_dossier_can_be_taken_at_once() -> None:
    HELD.after(released()).when(claim(COLLEAGUE, SECOND_TOKEN)).then(
        leased(COLLEAGUE, SECOND_TOKEN)
    )


# --- states in which nobody holds a dossier -----------------------------------------------


def test_a_dossier_that_is_not_there_cannot_be_taken() -> None:
    given(decider).when(claim()).refused("not_found")


@pytest.mark.parametrize(
    ("end", "code"),
    [
        (WITHDRAWN, "dossier_withdrawn"),
        (VERIFIED, "dossier_verified"),
        (REJECTED, "dossier_rejected"),
        (REQUESTED, "waiting_for_revision"),
    ],
    ids=["withdrawn", "verified", "rejected", "asked for a revision"],
)
def test_what_is_not_under_review_cannot_be_taken_kept_or_handed_over(
    end: DossierEvent, code: str
) -> None:
    over = HELD.after(ADMITTED, end)
    over.when(claim()).refused(code)
    over.when(hand_over()).refused(code)
    over.when(renew()).refused(code)


def test_nothing_is_left_to_hand_back_after_a_revision_request() -> None:
    HELD.after(REQUESTED).when(release()).nothing()
