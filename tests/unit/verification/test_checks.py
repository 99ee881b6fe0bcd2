"""Both looks are in: compared, agreed or disputed; and what a revision does to them meanwhile."""

from datetime import timedelta

import pytest

from services.verification.domain import State, decider
from services.verification.domain.commands import Command
from shared.events.verification import DossierEvent, RevisionLapsed
from tests.builders.verification import (
    ADMITTED,
    ALL_SAMPLED,
    ANNOUNCED,
    AT,
    CLAIMS,
    COLLEAGUE,
    FILES_UNTIL,
    INNOVATION,
    NO_SAMPLE,
    NOT_ADMITTED,
    OPENED,
    OUTSIDER,
    REJECTED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    SYSTEM,
    THIRD_DIGEST,
    VERIFIED,
    VERIFIER,
    accept,
    announce,
    check_decided,
    claim,
    decide,
    decide_admissibility,
    decided,
    draw,
    drawn,
    granting,
    hand_over,
    leased,
    readmitted,
    receive,
    received,
    rechecked,
    renew,
    request_revision,
    resolve,
    verify,
)
from tests.spec import Given, given

HELD = given(decider, OPENED, leased())

DONE = HELD.after(*REVIEWED)

DRAWN = DONE.after(drawn())

CHECKED = DRAWN.after(leased(COLLEAGUE, SECOND_TOKEN))

ALIKE = (rechecked("SID-01", 2), rechecked("SID-02", 2), rechecked("SID-18", 0))

AGREED = CHECKED.after(readmitted(), *ALIKE)

DISPUTED = CHECKED.after(readmitted(), rechecked("SID-01", 3), *ALIKE[1:], check_decided("SID-01"))

LAPSED = RevisionLapsed(
    by=SYSTEM, at=FILES_UNTIL + timedelta(seconds=1), dossier_id=INNOVATION, round=1
)

BOTH = (COLLEAGUE.by, VERIFIER.by)


# --- both are in --------------------------------------------------------------------------

CHECKED_AND_VERIFIED = VERIFIED.model_copy(
    update={"by": COLLEAGUE.by, "deciders": BOTH, "rule": ALL_SAMPLED}
)


def test_two_who_agree_verify_the_dossier() -> None:
    AGREED.when(verify(COLLEAGUE, SECOND_TOKEN)).then(check_decided(), CHECKED_AND_VERIFIED)


def test_a_check_that_agreed_keeps_the_rule_and_the_draw_of_the_review() -> None:
    later = AT + timedelta(minutes=10)
    AGREED.when(verify(COLLEAGUE, SECOND_TOKEN, NO_SAMPLE, later)).then(
        check_decided(at=later), CHECKED_AND_VERIFIED.model_copy(update={"at": later})
    )


def test_two_who_give_different_reasons_for_the_same_level_agree() -> None:
    reason = {"reason_code": "not_signed", "note": "Nobody signed it."}
    CHECKED.after(readmitted(), rechecked("SID-01", 2, **reason), *ALIKE[1:]).when(
        verify(COLLEAGUE, SECOND_TOKEN)
    ).then(check_decided(), CHECKED_AND_VERIFIED)


def test_two_who_differ_on_levels_wait_for_a_third() -> None:
    differing = (rechecked("SID-01", 3), rechecked("SID-02", 1), ALIKE[2])
    CHECKED.after(readmitted(), *differing).when(verify(COLLEAGUE, SECOND_TOKEN)).then(
        check_decided("SID-01", "SID-02")
    )


def test_two_who_reject_reject_the_dossier() -> None:
    rejected = HELD.after(NOT_ADMITTED, drawn("rejection"), leased(COLLEAGUE, SECOND_TOKEN))
    both = rejected.after(readmitted("benefit"))
    both.when(verify(COLLEAGUE, SECOND_TOKEN)).then(check_decided(compared=1), REJECTED)


def test_two_who_differ_on_admissibility_differ_in_nothing_else() -> None:
    only_second = HELD.after(NOT_ADMITTED, drawn("rejection"), leased(COLLEAGUE, SECOND_TOKEN))
    only_second.after(readmitted()).when(verify(COLLEAGUE, SECOND_TOKEN)).refused(
        "indicators_undecided"
    )
    only_second.after(readmitted(), *ALIKE).when(verify(COLLEAGUE, SECOND_TOKEN)).then(
        check_decided("admissibility", compared=1)
    )
    CHECKED.after(readmitted("benefit")).when(verify(COLLEAGUE, SECOND_TOKEN)).then(
        check_decided("admissibility", compared=1)
    )


def test_a_dossier_without_claims_is_checked_on_admissibility_alone() -> None:
    unclaimed = (CLAIMS[3],)
    opened = OPENED.model_copy(update={"claims": unclaimed})
    given(decider, opened, ADMITTED, drawn(), leased(COLLEAGUE, SECOND_TOKEN), readmitted()).when(
        verify(COLLEAGUE, SECOND_TOKEN)
    ).then(
        check_decided(compared=1),
        CHECKED_AND_VERIFIED.model_copy(update={"claims": unclaimed, "verdicts": ()}),
    )


def test_somebody_else_may_finish_a_second_look_and_answers_for_it_too() -> None:
    taken = AGREED.after(leased(OUTSIDER, "token-3"))
    all_three = (COLLEAGUE.by, OUTSIDER.by, VERIFIER.by)
    taken.when(verify(OUTSIDER, "token-3")).then(
        check_decided(by=OUTSIDER.by, checked_by=OUTSIDER.by),
        CHECKED_AND_VERIFIED.model_copy(update={"by": OUTSIDER.by, "deciders": all_three}),
    )


def test_a_first_decider_cannot_end_the_second_look() -> None:
    DRAWN.when(verify()).refused("under_quality_check")
    AGREED.when(verify()).refused("under_quality_check")
    AGREED.when(verify(OUTSIDER)).refused("lease_lost")


def test_while_two_differ_nobody_holds_decides_or_ends_the_review() -> None:
    for person in (VERIFIER, COLLEAGUE, OUTSIDER):
        for command in (
            claim(person),
            decide_admissibility(person=person),
            decide("SID-01", 3, person),
            accept(granting("SID-01", 3), person=person),
            verify(person),
            renew(person),
            hand_over(RESOLVER, person),
        ):
            DISPUTED.when(command).refused("awaits_resolution")


# --- a revision meanwhile -----------------------------------------------------------------


def test_no_revision_is_asked_for_under_a_check_or_in_a_dispute() -> None:
    CHECKED.when(request_revision()).refused("under_quality_check")
    CHECKED.when(request_revision(COLLEAGUE, token=SECOND_TOKEN)).refused("under_quality_check")
    DISPUTED.when(request_revision()).refused("awaits_resolution")
    DISPUTED.when(request_revision(RESOLVER)).refused("awaits_resolution")


@pytest.mark.parametrize("history", [CHECKED, DISPUTED], ids=["checked", "disputed"])
def test_a_revision_that_still_comes_in_ends_the_check(
    history: Given[Command, State, DossierEvent],
) -> None:
    history.when(receive()).then(received(lapsed=("SID-18",)))
    back = history.after(received(lapsed=("SID-18",)))
    back.when(decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)).refused("lease_lost")
    back.when(claim()).then(leased())
    final = decided("SID-18", 0, round=2, evidence=(THIRD_DIGEST,))
    verdicts = (*VERIFIED.verdicts[:2], final.verdict)
    back.after(leased(), final).when(verify()).then(
        VERIFIED.model_copy(update={"round": 2, "verdicts": verdicts, "draw": draw(round=2)})
    )


@pytest.mark.parametrize("history", [CHECKED, DISPUTED], ids=["checked", "disputed"])
def test_an_equal_round_does_not_end_a_check(history: Given[Command, State, DossierEvent]) -> None:
    history.when(receive(round=1)).nothing()
    history.when(announce(round=1)).nothing()


def test_a_revision_whose_files_never_come_leaves_a_check_as_it_was() -> None:
    """There is one draw in a round: nobody may end the same review twice."""
    late = LAPSED.at
    waiting = CHECKED.after(readmitted(), ANNOUNCED)
    waiting.when(decide("SID-01", 3, COLLEAGUE, token=SECOND_TOKEN)).refused("waiting_for_revision")
    back = waiting.after(LAPSED)
    back.when(claim(at=late)).refused("second_look_by_another")
    back.when(claim(COLLEAGUE, "token-3", late)).then(leased(COLLEAGUE, "token-3", late))
    back.after(leased(COLLEAGUE, "token-3", late)).when(
        decide_admissibility(person=COLLEAGUE, token="token-3", at=late)
    ).nothing()


def test_a_revision_whose_files_never_come_leaves_a_dispute_as_it_was() -> None:
    expected = tuple(DISPUTED.when(resolve(granting("SID-01", 3))).run())
    back = DISPUTED.after(ANNOUNCED, LAPSED)
    back.when(resolve(granting("SID-01", 3))).then(*expected)
