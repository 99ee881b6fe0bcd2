"""An innovation is handed in by its deadline, and complete with its files or without them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.submission.domain.commands import (
    ClaimLevel,
    CompleteSubmission,
    DeclareEvidence,
    RefuseEvidence,
    Withdraw,
)
from services.submission.domain.innovation import decider
from shared.errors import Refused
from shared.events.submission import (
    Claim,
    LevelClaimed,
    LinkEvidence,
)
from tests.builders.innovation import (
    accept,
    accepted,
    completed,
    refused,
    reopened,
    submit,
    submitted,
    withdrawn,
)
from tests.builders.submission import (
    DEADLINE,
    DRAFTED,
    EDITION,
    HEAD,
    LATER,
    NOW,
    OPERATOR,
    SYSTEM,
    declared,
    item,
)
from tests.spec import given

MOMENT = timedelta(microseconds=1)
GRACE = timedelta(minutes=60)
UNTIL = DEADLINE + GRACE
CLAIM = Claim(indicator="SID-01", level=2)
CLAIMED = LevelClaimed(by=OPERATOR, at=NOW, innovation_id="inno-1", claim=CLAIM)
TWO = (DRAFTED, declared(), declared(evidence_id="ev-2"))
WAITING = submitted(
    manifest=(item(), item(evidence_id="ev-2")), pending=("ev-1", "ev-2"), complete_by=UNTIL
)


def refuse(evidence_id: str, **changes: object) -> RefuseEvidence:
    command = RefuseEvidence(SYSTEM, LATER, evidence_id, "encrypted", (("page", "1"),))
    return replace(command, **changes)


def test_a_complete_innovation_is_submitted_with_manifest_claims_and_drafters() -> None:
    given(decider, DRAFTED, declared(), accepted(), CLAIMED).when(submit()).then(
        submitted(claims=(CLAIM,))
    )


def test_everybody_who_changed_it_is_a_drafter() -> None:
    renamed = CLAIMED.model_copy(update={"by": "rekan"})
    given(decider, DRAFTED, declared(by="admin"), accepted(), renamed).when(submit()).then(
        submitted(claims=(CLAIM,), drafters=("admin", HEAD, OPERATOR, "rekan"))
    )


def test_a_link_is_never_waited_for() -> None:
    link = item(content=LinkEvidence(url="https://contoh.go.id", sha256="b" * 64), accepted=True)
    fact = declared(content=link.content, accepted=True)
    given(decider, DRAFTED, fact).when(submit()).then(submitted(manifest=(link,)))


def test_without_grace_a_submission_with_a_file_that_never_arrived_is_refused() -> None:
    link = LinkEvidence(url="https://contoh.go.id", sha256="b" * 64)
    history = given(decider, DRAFTED, declared(), declared(evidence_id="ev-2", content=link))
    with pytest.raises(Refused) as refusal:
        history.when(submit()).run()
    assert refusal.value.code == "evidence_pending"
    assert refusal.value.params == {"files": ("sk.pdf", "https://contoh.go.id")}


def test_with_grace_the_files_that_are_not_there_yet_are_named_and_waited_for() -> None:
    history = given(decider, *TWO, accepted("ev-2"))
    history.when(submit(grace_minutes=60)).then(
        submitted(
            manifest=(item(), item(evidence_id="ev-2", accepted=True)),
            pending=("ev-1",),
            complete_by=UNTIL,
        )
    )


def test_grace_is_nothing_to_a_submission_whose_files_are_all_there() -> None:
    given(decider, DRAFTED, declared(), accepted()).when(submit(grace_minutes=60)).then(submitted())


def test_the_last_file_that_comes_in_completes_the_submission() -> None:
    history = given(decider, *TWO, WAITING)
    first = accepted("ev-1", at=LATER)
    history.when(accept("ev-1", at=LATER)).then(first)
    history.after(first).when(accept("ev-2", at=UNTIL, by=OPERATOR)).then(
        accepted("ev-2", at=UNTIL, by=OPERATOR),
        completed(
            by=OPERATOR,
            at=UNTIL,
            manifest=(item(accepted=True), item(evidence_id="ev-2", accepted=True)),
        ),
    )


def test_a_file_that_is_refused_in_the_grace_is_missing() -> None:
    history = given(decider, *TWO, WAITING)
    gone = refused("ev-1", at=LATER)
    history.when(refuse("ev-1")).then(gone)
    history.after(gone).when(accept("ev-2", at=LATER)).then(
        accepted("ev-2", at=LATER),
        completed(manifest=(item(evidence_id="ev-2", accepted=True),), missing=("ev-1",)),
    )
    came = accepted("ev-2", at=LATER)
    history.after(came).when(refuse("ev-1")).then(
        gone, completed(manifest=(item(evidence_id="ev-2", accepted=True),), missing=("ev-1",))
    )


def test_a_file_that_comes_after_the_grace_is_refused_before_and_after_the_tick() -> None:
    history = given(decider, *TWO, WAITING, accepted("ev-2", at=LATER))
    late = accept("ev-1", at=UNTIL + MOMENT)
    history.when(late).refused("grace_passed")
    ended = completed(
        at=UNTIL + MOMENT, manifest=(item(evidence_id="ev-2", accepted=True),), missing=("ev-1",)
    )
    history.when(CompleteSubmission(SYSTEM, UNTIL + MOMENT, 1)).then(ended)
    history.after(ended).when(late).refused("grace_passed")
    history.after(ended).when(CompleteSubmission(SYSTEM, UNTIL + MOMENT, 1)).nothing()


def test_a_file_that_intake_refused_stays_unknown_after_the_completion() -> None:
    ended = completed(at=UNTIL + MOMENT, manifest=(), missing=("ev-1", "ev-2"))
    history = given(decider, *TWO, WAITING, refused("ev-1", at=LATER), ended)
    history.when(accept("ev-1", at=UNTIL + MOMENT)).refused("evidence_unknown")
    history.when(accept("ev-2", at=UNTIL + MOMENT)).refused("grace_passed")


def test_a_file_that_is_not_the_declared_one_is_still_waited_for() -> None:
    given(decider, *TWO, WAITING).when(accept("ev-1", at=LATER, sha256="b" * 64)).refused(
        "digest_mismatch"
    )


def test_the_time_of_a_round_does_not_run_out_before_its_last_moment() -> None:
    history = given(decider, *TWO, WAITING)
    history.when(CompleteSubmission(SYSTEM, UNTIL, 1)).refused("grace_running")
    history.when(CompleteSubmission(SYSTEM, UNTIL + MOMENT, 1)).then(
        completed(at=UNTIL + MOMENT, manifest=(), missing=("ev-1", "ev-2"))
    )


def test_a_tick_for_what_is_settled_or_another_round_does_nothing() -> None:
    late = UNTIL + MOMENT
    for history in (
        (DRAFTED,),
        (DRAFTED, declared(), accepted(), submitted()),
        (*TWO, WAITING, withdrawn()),
        (*TWO, WAITING.model_copy(update={"round": 2})),
        (DRAFTED, submitted(), reopened()),
    ):
        given(decider, *history).when(CompleteSubmission(SYSTEM, late, 1)).nothing()


def test_what_is_missing_is_not_in_the_next_round_either() -> None:
    ended = completed(at=UNTIL + MOMENT, manifest=(), missing=("ev-1", "ev-2"))
    at = ended.at + timedelta(hours=1)
    asked = reopened(at=at, indicators=("SID-01",), due=at + timedelta(days=7))
    history = given(decider, *TWO, WAITING, ended, asked)
    history.when(submit(at=at)).then(submitted(at=at, round=2, manifest=()))
    again = DeclareEvidence(OPERATOR, at, EDITION, item(evidence_id="ev-1"), 1000)
    history.when(again).then(declared(at=at))


def test_a_resubmission_counts_on_and_is_judged_by_its_due_date() -> None:
    history = given(decider, DRAFTED, declared(), accepted(), submitted(), reopened())
    due = reopened().due
    history.when(submit(at=due, deadline=NOW)).then(submitted(at=due, round=2))
    history.when(submit(at=due + MOMENT)).refused("deadline_passed")


def test_a_resubmission_has_its_own_grace_after_its_due_date() -> None:
    new = declared(evidence_id="ev-2", indicators=("SID-02",), at=LATER)
    history = given(decider, DRAFTED, declared(), accepted(), submitted(), reopened(), new)
    due = reopened().due
    history.when(submit(at=due)).refused("evidence_pending")
    manifest = (item(accepted=True), new.item)
    history.when(submit(at=due, grace_minutes=60)).then(
        submitted(at=due, round=2, manifest=manifest, pending=("ev-2",), complete_by=due + GRACE)
    )


def test_while_files_may_come_in_everything_else_is_locked() -> None:
    history = given(decider, *TWO, WAITING)
    history.when(ClaimLevel(OPERATOR, LATER, EDITION, CLAIM)).refused("innovation_locked")
    history.when(submit()).refused("innovation_locked")


def test_an_innovation_withdrawn_in_the_grace_waits_no_more() -> None:
    history = given(decider, *TWO, WAITING)
    history.when(Withdraw(HEAD, LATER, "ganda")).then(withdrawn())
    history.after(withdrawn()).when(accept("ev-1", at=LATER)).refused("innovation_locked")
