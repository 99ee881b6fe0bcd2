"""How a review ends: verified, rejected or withdrawn; and what may still come after."""

from datetime import timedelta

import pytest

from services.verification.domain import State, decider
from services.verification.domain.commands import Command
from shared.errors import DomainError
from shared.events.submission import Claim
from shared.events.verification import DossierEvent, RevisionLapsed, VerdictCorrected
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    ALL_SAMPLED,
    ANNOUNCED,
    AT,
    COLLEAGUE,
    DUE,
    INNOVATION,
    LEASE_SECONDS,
    NOT_ADMITTED,
    OBJECTION_DECIDER,
    OPENED,
    REJECTED,
    REQUESTED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    SYSTEM,
    VERIFIED,
    VERIFIER,
    WITHDRAWN,
    accept,
    announce,
    check_decided,
    claim,
    correct,
    decide,
    decide_admissibility,
    decided,
    drawn,
    granting,
    handed_over,
    lapse,
    leased,
    open_dossier,
    readmitted,
    receive,
    rechecked,
    request_revision,
    resolve,
    revoke,
    verify,
    withdraw,
)
from tests.spec import Given, given

HELD = given(decider, OPENED, leased())
DONE = HELD.after(*REVIEWED)
WAITING = DONE.after(REQUESTED)
CHECKED = DONE.after(drawn(), leased(COLLEAGUE, SECOND_TOKEN))
ALIKE = (rechecked("SID-01", 2), rechecked("SID-02", 2), rechecked("SID-18", 0))
DISPUTED = CHECKED.after(readmitted(), rechecked("SID-01", 3), *ALIKE[1:], check_decided("SID-01"))

LAPSED = RevisionLapsed(by=SYSTEM, at=DUE + timedelta(seconds=1), dossier_id=INNOVATION, round=1)

# --- verified -----------------------------------------------------------------------------


def test_a_dossier_is_verified_when_every_claim_is_decided() -> None:
    DONE.when(verify()).then(VERIFIED)


def test_a_dossier_is_not_verified_while_a_claim_is_undecided() -> None:
    with pytest.raises(DomainError) as refusal:
        HELD.after(ADMITTED, ALL_DECIDED[0]).when(verify()).run()
    assert (refusal.value.code, refusal.value.params) == (
        "indicators_undecided",
        {"indicators": ("SID-02", "SID-18")},
    )


def test_a_dossier_without_claims_is_verified_once_its_criteria_are_decided() -> None:
    unclaimed = (Claim(indicator="SID-01", level=0),)
    opened = OPENED.model_copy(update={"claims": unclaimed})
    nothing_decided = {"claims": unclaimed, "verdicts": ()}
    given(decider, opened, leased()).when(verify()).refused("admissibility_missing")
    given(decider, opened, leased(), ADMITTED).when(verify()).then(
        VERIFIED.model_copy(update=nothing_decided)
    )


def test_who_verifies_the_verdicts_of_others_is_among_the_deciders() -> None:
    handed_on = DONE.after(leased(COLLEAGUE, SECOND_TOKEN))
    both = VERIFIED.model_copy(update={"by": COLLEAGUE.by, "deciders": (COLLEAGUE.by, VERIFIER.by)})
    handed_on.when(verify(COLLEAGUE, SECOND_TOKEN)).then(both)
    given(decider, OPENED, both).when(correct(decided_by=COLLEAGUE.by)).refused(
        "decider_not_independent"
    )


def test_who_decided_the_criteria_alone_is_among_the_deciders() -> None:
    by_colleague = {"decided_by": COLLEAGUE.by, "decided_by_agency": COLLEAGUE.agency}
    others = tuple(
        decided(each.verdict.indicator, each.verdict.granted_level, SECOND_TOKEN, **by_colleague)
        for each in ALL_DECIDED
    )
    (fact,) = (
        HELD.after(ADMITTED, leased(COLLEAGUE, SECOND_TOKEN), *others)
        .when(verify(COLLEAGUE, SECOND_TOKEN))
        .run()
    )
    assert fact == VERIFIED.model_copy(
        update={
            "by": COLLEAGUE.by,
            "deciders": (COLLEAGUE.by, VERIFIER.by),
            "verdicts": tuple(each.verdict for each in others),
        }
    )


def test_verifying_needs_the_lease() -> None:
    DONE.when(verify(token="token-0")).refused("lease_lost")
    DONE.when(verify(at=AT + timedelta(seconds=LEASE_SECONDS))).refused("lease_lost")


def test_verifying_waits_for_the_revision() -> None:
    WAITING.when(verify()).refused("waiting_for_revision")


def test_ending_twice_is_already_so() -> None:
    DONE.after(VERIFIED).when(verify()).nothing()
    HELD.after(NOT_ADMITTED, REJECTED).when(verify()).nothing()


@pytest.mark.parametrize(
    ("end", "code"),
    [(VERIFIED, "dossier_verified"), (REJECTED, "dossier_rejected")],
    ids=["verified", "rejected"],
)
def test_nothing_is_found_after_the_end(end: DossierEvent, code: str) -> None:
    over = DONE.after(end)
    for command in (
        decide_admissibility("benefit"),
        decide("SID-01", 3),
        accept(granting("SID-01", 3)),
        request_revision(),
        revoke(),
    ):
        over.when(command).refused(code)


def test_a_revision_that_comes_in_after_the_end_is_refused() -> None:
    for end, code in ((VERIFIED, "dossier_verified"), (REJECTED, "dossier_rejected")):
        over = DONE.after(end)
        over.when(receive()).refused(code)
        over.when(announce()).refused(code)
        over.when(receive(round=1)).nothing()
        over.when(announce(round=1)).nothing()


# --- corrected ----------------------------------------------------------------------------

CHECKED_AND_VERIFIED = VERIFIED.model_copy(
    update={"by": COLLEAGUE.by, "deciders": (COLLEAGUE.by, VERIFIER.by), "rule": ALL_SAMPLED}
)


def test_an_objection_corrects_what_two_have_agreed_on() -> None:
    over = CHECKED.after(readmitted(), *ALIKE, check_decided(), CHECKED_AND_VERIFIED)
    (fact,) = over.when(correct()).run()
    assert isinstance(fact, VerdictCorrected)
    assert fact.deciders == tuple(sorted((COLLEAGUE.by, OBJECTION_DECIDER.by, VERIFIER.by)))
    assert fact.verdicts == (fact.corrected, *VERIFIED.verdicts[1:])
    over.after(fact).when(correct()).nothing()


def test_neither_of_the_two_nor_who_resolved_decides_an_objection() -> None:
    over = CHECKED.after(readmitted(), *ALIKE, check_decided(), CHECKED_AND_VERIFIED)
    for person in (VERIFIER, COLLEAGUE):
        over.when(correct(decided_by=person.by)).refused("decider_not_independent")
    resolution = tuple(DISPUTED.when(resolve(granting("SID-01", 3))).run())
    for person in (VERIFIER, COLLEAGUE, RESOLVER):
        DISPUTED.after(*resolution).when(correct(decided_by=person.by)).refused(
            "decider_not_independent"
        )


def test_nothing_is_corrected_before_the_end_nor_after_a_rejection() -> None:
    for before in (HELD, WAITING, CHECKED, DISPUTED, HELD.after(NOT_ADMITTED, REJECTED)):
        before.when(correct()).refused("dossier_not_verified")


# --- withdrawal ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "history",
    [
        HELD,
        HELD.after(handed_over()),
        WAITING,
        WAITING.after(ANNOUNCED),
        CHECKED,
        DISPUTED,
        given(decider, OPENED, VERIFIED),
        given(decider, OPENED, REJECTED),
    ],
    ids=[
        "held",
        "reserved",
        "asked for a revision",
        "announced",
        "checked",
        "disputed",
        "verified",
        "rejected",
    ],
)
def test_a_dossier_is_withdrawn_in_every_state(
    history: Given[Command, State, DossierEvent],
) -> None:
    history.when(withdraw()).then(WITHDRAWN)
    gone = history.after(WITHDRAWN)
    gone.when(withdraw()).nothing()
    gone.when(claim()).refused("dossier_withdrawn")
    gone.when(receive()).nothing()
    gone.when(lapse(LAPSED.at)).nothing()
    gone.when(verify()).refused("dossier_withdrawn")
    gone.when(resolve(granting("SID-01", 3))).refused("dossier_withdrawn")
    gone.when(correct()).refused("dossier_not_verified")


def test_a_dossier_is_withdrawn_with_its_innovation() -> None:
    HELD.when(withdraw()).then(WITHDRAWN)


def test_withdrawing_twice_is_already_so() -> None:
    HELD.after(WITHDRAWN).when(withdraw()).nothing()


def test_a_withdrawal_that_overtakes_the_submission_still_counts() -> None:
    given(decider).when(withdraw()).then(WITHDRAWN)
    given(decider, WITHDRAWN).when(open_dossier()).nothing()


def test_facts_behind_a_withdrawal_change_nothing() -> None:
    given(decider, OPENED, WITHDRAWN, leased()).when(claim()).refused("dossier_withdrawn")
