"""What verification asks of an innovation: a revision of it, or its conclusion."""

from datetime import timedelta

from services.submission.domain.commands import (
    ClaimLevel,
    ConcludeVerification,
    Develop,
    Reopen,
)
from services.submission.domain.innovation import decider
from services.submission.domain.states import Rejected, Verified, Withdrawn
from shared.events.submission import (
    Claim,
    GrantedLevel,
    LevelClaimed,
    ProfileRevised,
)
from tests.builders.innovation import accepted, concluded, reopened, submitted, withdrawn
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    EDITION,
    LATER,
    OPERATOR,
    PROFILE,
    SYSTEM,
    declared,
    item,
)
from tests.spec import given

ONE = (GrantedLevel(indicator="SID-01", level=1),)
TWO = (GrantedLevel(indicator="SID-01", level=2),)
SENT = (DRAFTED, declared(), accepted(), submitted())
WAITING = submitted(pending=("ev-1",), complete_by=DEADLINE + timedelta(hours=1))


def reopen(round: int = 1, *fields: str) -> Reopen:
    return Reopen(SYSTEM, LATER, round, ("SID-02",), reopened().due, fields)


def conclude(granted: tuple[GrantedLevel, ...] = ONE, round: int = 1) -> ConcludeVerification:
    return ConcludeVerification(SYSTEM, LATER, round, granted)


def test_a_revision_reopens_the_named_indicators_only() -> None:
    given(decider, *SENT).when(reopen()).then(reopened())
    open_again = given(decider, *SENT, reopened())
    claim = Claim(indicator="SID-01", level=2)
    open_again.when(ClaimLevel(OPERATOR, LATER, EDITION, claim)).refused("indicator_not_reopened")
    claim = Claim(indicator="SID-02", level=1)
    claimed = LevelClaimed(by=OPERATOR, at=LATER, innovation_id="inno-1", claim=claim)
    open_again.when(ClaimLevel(OPERATOR, LATER, EDITION, claim)).then(claimed)
    late = ClaimLevel(OPERATOR, reopened().due + timedelta(seconds=1), EDITION, claim)
    open_again.when(late).refused("deadline_passed")


def test_a_revision_names_fields_of_the_profile_too() -> None:
    given(decider, *SENT).when(reopen(1, "purpose", "title")).then(
        reopened(fields=("purpose", "title"))
    )


def test_a_verified_innovation_is_reopened_if_verification_asks() -> None:
    given(decider, *SENT, concluded()).when(reopen()).then(reopened())


def test_a_revision_of_an_older_round_is_refused() -> None:
    given(decider, DRAFTED, submitted(round=2)).when(reopen()).refused("round_passed")
    given(decider, DRAFTED, submitted(round=2), concluded(round=2)).when(reopen()).refused(
        "round_passed"
    )


def test_only_what_was_submitted_is_reopened() -> None:
    for history in ((DRAFTED,), (*SENT, reopened()), (*SENT, withdrawn())):
        given(decider, *history).when(reopen()).refused("nothing_to_reopen")


def test_a_round_whose_files_may_still_come_in_is_neither_reopened_nor_concluded() -> None:
    history = given(decider, DRAFTED, declared(), WAITING)
    history.when(reopen()).refused("submission_pending")
    history.when(conclude()).refused("submission_pending")


def test_what_was_granted_is_said_once_and_again_when_it_changes() -> None:
    first = concluded(granted=ONE)
    given(decider, *SENT).when(conclude()).then(first)
    verified = given(decider, *SENT, first)
    verified.when(conclude()).nothing()
    verified.when(conclude(TWO)).then(concluded(granted=TWO))
    state = decider.replay((*SENT, first, concluded(granted=TWO)))
    assert isinstance(state, Verified)
    assert (state.round, state.granted) == (1, TWO)


def test_what_was_rejected_is_said_once_and_nothing_of_it_changes_any_more() -> None:
    reject = ConcludeVerification(SYSTEM, LATER, 1, (), rejected=True)
    said = concluded(rejected=True)
    given(decider, *SENT).when(reject).then(said)
    rejected = given(decider, *SENT, said)
    rejected.when(reject).nothing()
    rejected.when(reopen()).refused("nothing_to_reopen")
    claim = Claim(indicator="SID-02", level=1)
    rejected.when(ClaimLevel(OPERATOR, LATER, EDITION, claim)).refused("innovation_locked")
    develop = Develop(OPERATOR, LATER, "inno-2", "2027", "hss-dinkes")
    rejected.when(develop).refused("nothing_to_develop")
    state = decider.replay((*SENT, said))
    assert state == Rejected(decider.replay(SENT).content, 1)


def test_what_was_rejected_is_not_what_was_verified_with_nothing_granted() -> None:
    reject = ConcludeVerification(SYSTEM, LATER, 1, (), rejected=True)
    given(decider, *SENT, concluded()).when(reject).then(concluded(rejected=True))


def test_a_revision_that_ran_out_is_rejected_with_what_was_submitted_before_it() -> None:
    changes = (reopened(), declared(evidence_id="ev-2", indicators=("SID-02",), at=LATER))
    state = decider.replay((*SENT, *changes, concluded(rejected=True)))
    assert isinstance(state, Rejected)
    assert state.content.evidence == {"ev-1": item(accepted=True)}


def test_a_conclusion_of_an_older_round_or_a_withdrawn_innovation_changes_nothing() -> None:
    again = submitted(round=2)
    given(decider, *SENT, reopened(), again).when(conclude()).nothing()
    given(decider, *SENT, reopened(), again, concluded(round=2)).when(conclude()).nothing()
    given(decider, *SENT, withdrawn()).when(conclude()).nothing()


def test_a_conclusion_of_a_round_that_was_never_submitted_is_refused() -> None:
    given(decider, *SENT).when(conclude(round=2)).refused("round_unknown")
    given(decider, DRAFTED).when(conclude()).refused("round_unknown")


def test_a_revision_that_ran_out_is_concluded_with_what_was_submitted_before_it() -> None:
    purpose = PROFILE.model_copy(update={"purpose": "Lain."})
    changes = (
        reopened(fields=("purpose",)),
        ProfileRevised(by="rekan", at=LATER, innovation_id="inno-1", profile=purpose),
        declared(evidence_id="ev-2", indicators=("SID-02",), at=LATER),
    )
    given(decider, *SENT, *changes).when(conclude()).then(concluded(granted=ONE))
    state = decider.replay((*SENT, *changes, concluded(granted=ONE)))
    assert isinstance(state, Verified)
    assert state.content.profile == PROFILE
    assert state.content.evidence == {"ev-1": item(accepted=True)}
    assert state.content.drafters == {OPERATOR, "head", "rekan"}


def test_a_withdrawal_ends_a_revision() -> None:
    history = (*SENT, reopened(), withdrawn())
    claim = Claim(indicator="SID-02", level=1)
    given(decider, *history).when(ClaimLevel(OPERATOR, LATER, EDITION, claim)).refused(
        "innovation_locked"
    )
    assert isinstance(decider.replay(history), Withdrawn)
