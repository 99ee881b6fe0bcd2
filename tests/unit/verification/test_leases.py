"""Who holds a dossier, for how long, and who may not see it at all."""

from datetime import timedelta

import pytest

from services.verification.domain import decider
from shared.events.verification import DossierReleased, VerifierRecused
from tests.builders.verification import (
    AT,
    COLLEAGUE,
    DRAFTER,
    FROM_ABOVE,
    FROM_BELOW,
    INNOVATION,
    LEASE_SECONDS,
    OF_THE_AGENCY,
    OPENED,
    OUTSIDER,
    REQUESTED,
    TOKEN,
    VERIFIED,
    VERIFIER,
    Person,
    claim,
    decide,
    decided,
    leased,
    recuse,
    release,
    request_revision,
    verify,
    withdraw,
)
from tests.spec import given

ENDED = AT + timedelta(seconds=LEASE_SECONDS)
WITHDRAWN = decider.decide(withdraw(), decider.replay([OPENED]))[0]
RECUSED = VerifierRecused(
    by=VERIFIER.by,
    at=AT,
    dossier_id=INNOVATION,
    verifier_id=VERIFIER.by,
    reason="I advised the makers.",
)


def test_a_verifier_takes_an_open_dossier() -> None:
    given(decider, OPENED).when(claim()).then(leased())


def test_a_person_from_outside_the_agencies_takes_an_open_dossier() -> None:
    given(decider, OPENED).when(claim(OUTSIDER)).then(leased(OUTSIDER))


def test_a_held_dossier_is_refused_to_another_verifier() -> None:
    given(decider, OPENED, leased()).when(claim(COLLEAGUE, "token-2")).refused("lease_held")


def test_the_holder_may_claim_again_and_gets_a_new_token() -> None:
    later = AT + timedelta(minutes=5)
    given(decider, OPENED, leased()).when(claim(token="token-2", at=later)).then(
        leased(token="token-2", at=later)
    )


def test_an_expired_lease_can_be_taken() -> None:
    given(decider, OPENED, leased()).when(claim(COLLEAGUE, "token-2", ENDED)).then(
        leased(COLLEAGUE, "token-2", ENDED)
    )


def test_a_lease_holds_until_its_last_moment() -> None:
    moment = ENDED - timedelta(microseconds=1)
    given(decider, OPENED, leased()).when(claim(COLLEAGUE, "token-2", moment)).refused("lease_held")


def test_the_old_token_is_lost_when_somebody_else_took_over() -> None:
    given(decider, OPENED, leased(), leased(COLLEAGUE, "token-2", ENDED)).when(
        decide("SID-01", 3, at=ENDED)
    ).refused("lease_lost")


def test_an_expired_token_saves_nothing() -> None:
    given(decider, OPENED, leased()).when(decide("SID-01", 3, at=ENDED)).refused("lease_lost")


def test_the_token_of_somebody_else_saves_nothing() -> None:
    given(decider, OPENED, leased()).when(decide("SID-01", 3, COLLEAGUE)).refused("lease_lost")


def test_a_token_that_never_was_saves_nothing() -> None:
    given(decider, OPENED).when(decide("SID-01", 3, token="never")).refused("lease_lost")


def test_a_verdict_renews_the_lease() -> None:
    shortly_before = ENDED - timedelta(seconds=1)
    first = decided("SID-01", 3, decided_at=shortly_before)
    given(decider, OPENED, leased(), first).when(claim(COLLEAGUE, "token-2", ENDED)).refused(
        "lease_held"
    )


def test_the_holder_hands_the_dossier_back_with_a_note() -> None:
    given(decider, OPENED, leased()).when(release()).then(
        DossierReleased(
            by=VERIFIER.by, at=AT, dossier_id=INNOVATION, token=TOKEN, note="Called away."
        )
    )


def test_handing_back_what_nobody_holds_is_already_so() -> None:
    given(decider, OPENED).when(release()).nothing()


def test_handing_back_what_somebody_else_holds_is_refused() -> None:
    given(decider, OPENED, leased()).when(release(COLLEAGUE, "token-2")).refused("lease_lost")


def test_a_released_dossier_can_be_taken_at_once() -> None:
    released = decider.decide(release(), decider.replay([OPENED, leased()]))
    given(decider, OPENED, leased(), *released).when(claim(COLLEAGUE, "token-2")).then(
        leased(COLLEAGUE, "token-2")
    )


@pytest.mark.parametrize("person", [OF_THE_AGENCY, FROM_ABOVE, FROM_BELOW, DRAFTER])
def test_nobody_with_a_conflict_of_interest_sees_the_dossier(person: Person) -> None:
    held = given(decider, OPENED, leased(person))
    for command in (
        claim(person),
        release(person),
        decide("SID-01", 3, person),
        request_revision(person),
        verify(person),
        recuse(person),
    ):
        held.when(command).refused("not_found")


def test_a_conflict_hides_a_verified_dossier_too() -> None:
    given(decider, OPENED, VERIFIED).when(verify(OF_THE_AGENCY)).refused("not_found")


def test_a_verifier_declares_a_conflict() -> None:
    given(decider, OPENED).when(recuse()).then(RECUSED)


def test_a_declared_conflict_ends_the_lease() -> None:
    given(decider, OPENED, leased(), RECUSED).when(claim(COLLEAGUE, "token-2")).then(
        leased(COLLEAGUE, "token-2")
    )


def test_a_declared_conflict_leaves_the_lease_of_others() -> None:
    given(decider, OPENED, leased(COLLEAGUE, "token-2"), RECUSED).when(
        claim(OUTSIDER, "token-3")
    ).refused("lease_held")


def test_a_recused_verifier_does_not_see_the_dossier() -> None:
    given(decider, OPENED, RECUSED).when(claim()).refused("not_found")


def test_declaring_a_conflict_twice_is_already_so() -> None:
    given(decider, OPENED, RECUSED).when(recuse()).nothing()


def test_who_has_decided_can_no_longer_step_aside() -> None:
    given(decider, OPENED, leased(), decided("SID-01", 3)).when(recuse()).refused("already_decided")


def test_who_decided_in_a_verified_dossier_can_no_longer_step_aside() -> None:
    given(decider, OPENED, VERIFIED).when(recuse()).refused("already_decided")


def test_a_dossier_that_is_not_there_cannot_be_taken() -> None:
    given(decider).when(claim()).refused("not_found")


def test_a_withdrawn_dossier_cannot_be_taken() -> None:
    given(decider, OPENED, WITHDRAWN).when(claim()).refused("dossier_withdrawn")


def test_a_verified_dossier_cannot_be_taken() -> None:
    given(decider, OPENED, VERIFIED).when(claim()).refused("dossier_verified")


def test_a_dossier_that_waits_for_a_revision_cannot_be_taken() -> None:
    given(decider, OPENED, leased(), REQUESTED).when(claim()).refused("waiting_for_revision")


def test_nothing_is_left_to_hand_back_after_a_revision_request() -> None:
    given(decider, OPENED, leased(), REQUESTED).when(release()).nothing()
