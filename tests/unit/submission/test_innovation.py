"""What may happen to an innovation while it is drafted and once it is locked."""

from datetime import timedelta

import pytest

from services.submission.domain.commands import (
    ClaimLevel,
    CompleteSubmission,
    ConcludeVerification,
    DeclareEvidence,
    Develop,
    Endorse,
    Reopen,
    ReviseEvidence,
    ReviseProfile,
    Withdraw,
    WithdrawEvidence,
)
from services.submission.domain.innovation import decider
from services.submission.domain.states import Missing
from shared.events.submission import Claim, LevelClaimed, ProfileRevised
from tests.builders.innovation import accept, accepted, concluded, submit, submitted, withdrawn
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    EDITION,
    LATER,
    NOW,
    OPERATOR,
    PROFILE,
    declared,
    draft,
    item,
)
from tests.spec import given

OTHER_EDITION = EDITION.model_copy(update={"id": "2026-r2", "digest": "f" * 64})
CLAIM = Claim(indicator="SID-01", level=2)
CLAIMED = LevelClaimed(by=OPERATOR, at=NOW, innovation_id="inno-1", claim=CLAIM)
RENAMED = PROFILE.model_copy(update={"title": "SIP PUTIH 2"})
REVISE = ReviseProfile(by=OPERATOR, at=LATER, edition=EDITION, profile=RENAMED)
CHANGES = (
    REVISE,
    ClaimLevel(OPERATOR, LATER, EDITION, CLAIM),
    DeclareEvidence(OPERATOR, LATER, EDITION, item(), 1000),
    ReviseEvidence(OPERATOR, LATER, EDITION, "ev-1", ("SID-01",), "decree", None),
    WithdrawEvidence(OPERATOR, LATER, "ev-1", "x"),
    Endorse("head", LATER, "a" * 64, "head", None),
    submit(),
)


def test_an_innovation_is_drafted() -> None:
    given(decider).when(draft()).then(DRAFTED)


def test_a_draft_after_the_deadline_is_refused() -> None:
    given(decider).when(draft(at=DEADLINE + timedelta(seconds=1))).refused("deadline_passed")


def test_a_draft_at_the_very_deadline_is_in_time() -> None:
    given(decider).when(draft(at=DEADLINE)).then(DRAFTED.model_copy(update={"at": DEADLINE}))


def test_a_draft_before_the_season_is_refused() -> None:
    given(decider).when(draft(at=NOW - timedelta(days=2))).refused("season_not_open")


def test_a_draft_at_the_very_opening_is_in_time() -> None:
    given(decider).when(draft(opens_at=NOW)).then(DRAFTED)


def test_a_second_draft_under_the_same_id_is_refused() -> None:
    given(decider, DRAFTED).when(draft()).refused("innovation_exists")


def test_a_profile_is_revised_and_saving_the_same_again_changes_nothing() -> None:
    revised = ProfileRevised(by=OPERATOR, at=LATER, innovation_id="inno-1", profile=RENAMED)
    given(decider, DRAFTED).when(REVISE).then(revised)
    given(decider, DRAFTED, revised).when(REVISE).nothing()


def test_a_change_under_another_edition_is_refused() -> None:
    drafted = given(decider, DRAFTED, declared())
    for command in (
        ReviseProfile(OPERATOR, LATER, OTHER_EDITION, RENAMED),
        ClaimLevel(OPERATOR, LATER, OTHER_EDITION, CLAIM),
        DeclareEvidence(OPERATOR, LATER, OTHER_EDITION, item(evidence_id="ev-2"), 1000),
        ReviseEvidence(OPERATOR, LATER, OTHER_EDITION, "ev-1", ("SID-02",), "decree", None),
        submit(edition=OTHER_EDITION),
    ):
        drafted.when(command).refused("edition_differs")


def test_a_level_is_claimed_once() -> None:
    claim = ClaimLevel(OPERATOR, NOW, EDITION, CLAIM)
    given(decider, DRAFTED).when(claim).then(CLAIMED)
    given(decider, DRAFTED, CLAIMED).when(claim).nothing()


@pytest.mark.parametrize(
    ("claim", "code"),
    [
        (Claim(indicator="SID-18", level=2), "basis_missing"),
        (Claim(indicator="SID-18", level=2, basis="z"), "basis_missing"),
        (Claim(indicator="SID-15", level=1), "subtype_missing"),
        (Claim(indicator="SID-15", level=1, subtype="both"), "subtype_missing"),
    ],
)
def test_a_level_without_what_it_is_measured_by_is_refused(claim: Claim, code: str) -> None:
    given(decider, DRAFTED).when(ClaimLevel(OPERATOR, NOW, EDITION, claim)).refused(code)


def test_a_level_with_its_basis_or_sub_type_is_claimed() -> None:
    for claim in (
        Claim(indicator="SID-18", level=2, basis="a"),
        Claim(indicator="SID-15", level=1, subtype="digital"),
        Claim(indicator="SID-18", level=0),
    ):
        given(decider, DRAFTED).when(ClaimLevel(OPERATOR, NOW, EDITION, claim)).then(
            CLAIMED.model_copy(update={"claim": claim})
        )


def test_a_submitted_a_verified_and_a_withdrawn_innovation_are_locked() -> None:
    ends = ((submitted(),), (submitted(), concluded()), (withdrawn(),))
    for end in ends:
        locked = given(decider, DRAFTED, declared(), accepted(), *end)
        for command in CHANGES:
            locked.when(command).refused("innovation_locked")


def test_an_innovation_is_withdrawn_once_in_any_state() -> None:
    withdraw = Withdraw("head", LATER, "ganda")
    given(decider, DRAFTED).when(withdraw).then(withdrawn())
    given(decider, DRAFTED, submitted()).when(withdraw).then(withdrawn())
    given(decider, DRAFTED, submitted(), concluded()).when(withdraw).then(withdrawn())
    given(decider, DRAFTED, withdrawn()).when(withdraw).nothing()


def test_nothing_happens_to_an_innovation_that_is_not_there() -> None:
    for command in (
        *CHANGES,
        accept(),
        Develop(OPERATOR, LATER, "inno-2", "2027", "hss-dinkes"),
        CompleteSubmission(OPERATOR, LATER, 1),
        Reopen(OPERATOR, LATER, 1, (), LATER),
        ConcludeVerification(OPERATOR, LATER, 1, ()),
        Withdraw("head", LATER, "ganda"),
    ):
        given(decider).when(command).refused("innovation_unknown")
    assert decider.replay((declared(),)) == Missing()


def test_a_clock_that_jumped_back_decides_nothing() -> None:
    told_at = NOW + timedelta(minutes=5)
    history = given(decider, DRAFTED, CLAIMED.model_copy(update={"at": told_at}))
    renamed = ProfileRevised(by=OPERATOR, at=NOW, innovation_id="inno-1", profile=RENAMED)
    history.when(ReviseProfile(OPERATOR, NOW, EDITION, RENAMED)).then(renamed)
    early = NOW - timedelta(microseconds=1)
    for command in (
        ReviseProfile(OPERATOR, early, EDITION, RENAMED),
        submit(at=early),
        accept(at=early),
        Withdraw("head", early, "ganda"),
    ):
        history.when(command).refused("clock_behind")


def test_the_last_moment_is_the_latest_whatever_the_order_of_the_facts() -> None:
    later = CLAIMED.model_copy(update={"at": LATER})
    history = given(decider, DRAFTED, later, declared())
    history.when(submit(at=NOW)).refused("clock_behind")


def test_what_verification_says_may_be_read_late() -> None:
    history = given(decider, DRAFTED, submitted(at=LATER))
    history.when(ConcludeVerification("system:submission", NOW, 1, ())).then(concluded(at=NOW))
