"""Giving a dossier to a colleague, and taking it away from its holder."""

from datetime import timedelta

from services.verification.domain import decider
from tests.builders.verification import (
    ADMITTED,
    AT,
    COLLEAGUE,
    DRAFTER,
    KEEP_SECONDS,
    LEASE_SECONDS,
    OPENED,
    OUTSIDER,
    REQUESTED,
    SECOND_TOKEN,
    VERIFIER,
    WITHDRAWN,
    claim,
    decide,
    decided,
    hand_over,
    handed_over,
    leased,
    recused,
    released,
    revoke,
    revoked,
)
from tests.spec import given

ENDED = AT + timedelta(seconds=LEASE_SECONDS)

KEPT_UNTIL = AT + timedelta(seconds=KEEP_SECONDS)

MOMENT = timedelta(microseconds=1)

HELD = given(decider, OPENED, leased())


# --- handing over -------------------------------------------------------------------------


def test_the_holder_hands_the_dossier_over_to_a_colleague() -> None:
    HELD.when(hand_over()).then(handed_over())


def test_a_dossier_that_was_handed_over_is_kept_for_the_colleague() -> None:
    kept = HELD.after(handed_over())
    kept.when(claim(OUTSIDER, "token-3")).refused("dossier_reserved")
    kept.when(claim(OUTSIDER, "token-3", KEPT_UNTIL - MOMENT)).refused("dossier_reserved")
    kept.when(claim()).refused("dossier_reserved")
    kept.when(claim(COLLEAGUE, SECOND_TOKEN)).then(leased(COLLEAGUE, SECOND_TOKEN))


def test_who_handed_a_dossier_over_saves_nothing_more() -> None:
    HELD.after(ADMITTED, handed_over()).when(decide("SID-01", 3)).refused("lease_lost")


def test_a_dossier_is_kept_for_a_colleague_only_until_the_reservation_ends() -> None:
    HELD.after(handed_over()).when(claim(OUTSIDER, "token-3", KEPT_UNTIL)).then(
        leased(OUTSIDER, "token-3", KEPT_UNTIL)
    )


def test_a_reservation_ends_when_the_colleague_takes_the_dossier() -> None:
    taken = HELD.after(handed_over(), leased(COLLEAGUE, SECOND_TOKEN))
    taken.after(released(COLLEAGUE, SECOND_TOKEN)).when(claim(OUTSIDER, "token-3")).then(
        leased(OUTSIDER, "token-3")
    )
    taken.when(claim(OUTSIDER, "token-3", ENDED)).then(leased(OUTSIDER, "token-3", ENDED))


def test_a_reservation_ends_when_the_colleague_steps_aside() -> None:
    HELD.after(handed_over(), recused(COLLEAGUE)).when(claim(OUTSIDER, "token-3")).then(
        leased(OUTSIDER, "token-3")
    )


def test_a_reservation_outlives_the_recusal_of_somebody_else() -> None:
    HELD.after(handed_over(), recused(VERIFIER)).when(claim(OUTSIDER, "token-3")).refused(
        "dossier_reserved"
    )


def test_a_dossier_is_not_handed_over_to_who_may_not_take_it() -> None:
    HELD.when(hand_over(VERIFIER)).refused("colleague_is_holder")
    HELD.when(hand_over(DRAFTER)).refused("colleague_not_free")
    HELD.after(recused(COLLEAGUE)).when(hand_over()).refused("colleague_not_free")


def test_what_was_decided_stands_when_the_dossier_is_handed_over() -> None:
    handed = HELD.after(ADMITTED, decided("SID-01", 3), handed_over())
    handed.after(leased(COLLEAGUE, SECOND_TOKEN)).when(
        decide("SID-02", 2, COLLEAGUE, token=SECOND_TOKEN)
    ).then(
        decided(
            "SID-02", 2, SECOND_TOKEN, decided_by=COLLEAGUE.by, decided_by_agency=COLLEAGUE.agency
        )
    )


# --- taking away --------------------------------------------------------------------------


def test_a_supervisor_takes_a_dossier_from_its_holder() -> None:
    HELD.when(revoke()).then(revoked())
    HELD.after(revoked()).when(claim(OUTSIDER, "token-3")).then(leased(OUTSIDER, "token-3"))


def test_who_lost_a_dossier_to_a_supervisor_saves_nothing_more() -> None:
    HELD.after(ADMITTED, revoked()).when(decide("SID-01", 3)).refused("lease_lost")


def test_a_supervisor_gives_a_dossier_to_somebody_else() -> None:
    HELD.when(revoke(COLLEAGUE)).then(revoked(COLLEAGUE))
    kept = HELD.after(revoked(COLLEAGUE))
    kept.when(claim(OUTSIDER, "token-3")).refused("dossier_reserved")
    kept.when(claim(COLLEAGUE, SECOND_TOKEN)).then(leased(COLLEAGUE, SECOND_TOKEN))
    kept.when(claim(OUTSIDER, "token-3", KEPT_UNTIL)).then(leased(OUTSIDER, "token-3", KEPT_UNTIL))


def test_a_supervisor_takes_away_only_what_is_held() -> None:
    given(decider, OPENED).when(revoke()).refused("lease_missing")
    HELD.when(revoke(at=ENDED)).refused("lease_missing")
    HELD.after(released()).when(revoke(COLLEAGUE)).refused("lease_missing")
    HELD.after(handed_over()).when(revoke(OUTSIDER)).refused("lease_missing")


def test_a_supervisor_keeps_no_dossier_for_who_may_not_take_it() -> None:
    HELD.when(revoke(DRAFTER)).refused("colleague_not_free")
    HELD.when(revoke(VERIFIER)).refused("colleague_is_holder")
    HELD.after(recused(COLLEAGUE)).when(revoke(COLLEAGUE)).refused("colleague_not_free")


def test_a_supervisor_takes_away_only_what_is_there() -> None:
    given(decider).when(revoke()).refused("not_found")
    HELD.after(WITHDRAWN).when(revoke()).refused("dossier_withdrawn")
    HELD.after(REQUESTED).when(revoke()).refused("waiting_for_revision")
