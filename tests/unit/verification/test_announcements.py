"""A revision whose last files are on their way: waited for, received, or lapsed."""

from datetime import timedelta

from services.verification.domain import decider
from shared.events.verification import (
    RevisionLapsed,
    VerifierRecused,
)
from tests.builders.verification import (
    ANNOUNCED,
    DUE,
    FILES_UNTIL,
    INNOVATION,
    OPENED,
    REQUESTED,
    REVIEWED,
    SYSTEM,
    VERIFIED,
    VERIFIER,
    WITHDRAWN,
    announce,
    claim,
    decide,
    lapse,
    leased,
    receive,
    received,
)
from tests.spec import given

WAITING = given(decider, OPENED, leased(), *REVIEWED, REQUESTED)

LAPSED = RevisionLapsed(by=SYSTEM, at=DUE + timedelta(seconds=1), dossier_id=INNOVATION, round=1)


def test_a_revision_whose_files_are_on_their_way_is_announced() -> None:
    WAITING.when(announce()).then(ANNOUNCED)


def test_a_revision_announced_twice_is_already_so() -> None:
    WAITING.after(ANNOUNCED).when(announce()).nothing()


def test_a_revision_announced_after_it_was_received_is_already_so() -> None:
    WAITING.after(ANNOUNCED, received()).when(announce()).nothing()
    WAITING.after(received()).when(announce()).nothing()


def test_the_announcement_of_an_older_round_is_already_so() -> None:
    WAITING.when(announce(round=1)).nothing()


def test_a_revision_of_a_lost_dossier_is_not_announced() -> None:
    given(decider).when(announce()).nothing()


def test_a_revision_of_a_withdrawn_innovation_is_not_announced() -> None:
    WAITING.after(WITHDRAWN).when(announce()).nothing()


def test_a_revision_that_is_announced_after_verification_is_refused() -> None:
    given(decider, OPENED, VERIFIED).when(announce()).refused("dossier_verified")


def test_an_old_announcement_after_verification_is_already_so() -> None:
    given(decider, OPENED, VERIFIED).when(announce(round=1)).nothing()
    facts = (ANNOUNCED, received(), VERIFIED.model_copy(update={"round": 2}))
    WAITING.after(*facts).when(announce()).nothing()


def test_an_announced_revision_is_received_as_any_other() -> None:
    WAITING.after(ANNOUNCED).when(receive()).then(received(lapsed=("SID-18",)))
    back = WAITING.after(ANNOUNCED, received())
    back.when(claim()).then(leased())


def test_while_an_announced_revision_is_on_its_way_nothing_is_decided() -> None:
    WAITING.after(ANNOUNCED).when(claim()).refused("waiting_for_revision")


def test_an_announced_revision_does_not_lapse_while_its_files_may_come_in() -> None:
    WAITING.after(ANNOUNCED).when(lapse(FILES_UNTIL, due=FILES_UNTIL)).refused("revision_not_due")


def test_a_clock_that_has_not_heard_of_the_announcement_lapses_nothing() -> None:
    WAITING.after(ANNOUNCED).when(lapse(LAPSED.at)).nothing()
    WAITING.after(ANNOUNCED).when(lapse(FILES_UNTIL + timedelta(days=1))).nothing()


def test_an_announced_revision_that_never_becomes_whole_lapses() -> None:
    late = FILES_UNTIL + timedelta(seconds=1)
    lapsed = LAPSED.model_copy(update={"at": late})
    WAITING.after(ANNOUNCED).when(lapse(late, due=FILES_UNTIL)).then(lapsed)


def test_what_was_announced_before_it_was_asked_for_again_waits_for_the_new_date() -> None:
    later = FILES_UNTIL + timedelta(days=1)
    again = REQUESTED.model_copy(update={"round": 2, "due": later})
    waiting = WAITING.after(ANNOUNCED, received(), leased(), again)
    waiting.when(lapse(later, round=2, due=later)).refused("revision_not_due")
    after = later + timedelta(seconds=1)
    lapsed = LAPSED.model_copy(update={"at": after, "round": 2})
    waiting.when(lapse(after, round=2, due=later)).then(lapsed)


def test_an_announcement_that_comes_after_the_lapse_still_makes_the_dossier_wait() -> None:
    for back in (WAITING.after(LAPSED), WAITING.after(LAPSED, leased())):
        back.when(announce()).then(ANNOUNCED)
        back.after(ANNOUNCED).when(decide("SID-01", 3)).refused("waiting_for_revision")
        back.after(ANNOUNCED).when(receive()).then(received(lapsed=("SID-18",)))


def test_an_announcement_that_has_lapsed_itself_is_not_said_again() -> None:
    lapsed = LAPSED.model_copy(update={"at": FILES_UNTIL + timedelta(seconds=1)})
    WAITING.after(ANNOUNCED, lapsed).when(announce()).nothing()


def test_who_steps_aside_while_files_are_on_their_way_leaves_the_announcement() -> None:
    recused = VerifierRecused(
        by=VERIFIER.by, at=DUE, dossier_id=INNOVATION, verifier_id=VERIFIER.by, reason="Family."
    )
    waiting = WAITING.after(ANNOUNCED, recused)
    waiting.when(lapse(FILES_UNTIL, due=FILES_UNTIL)).refused("revision_not_due")
    waiting.when(announce()).nothing()
