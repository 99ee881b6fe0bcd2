"""Whatever the moments and the order of things, deadline and grace hold to the microsecond."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import assume
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.submission.domain.commands import (
    CompleteSubmission,
    RefuseEvidence,
)
from services.submission.domain.innovation import decider
from services.submission.domain.states import Submitted, Withdrawn
from shared.errors import DomainError
from shared.events.submission import (
    InnovationEvent,
    InnovationSubmitted,
    SubmissionCompleted,
)
from tests.builders.innovation import accept, accepted, reopened, submit, submitted, withdrawn
from tests.builders.submission import DEADLINE, DRAFTED, LATER, SYSTEM, declared, item

MOMENT = timedelta(microseconds=1)
GRACE = timedelta(minutes=60)
UNTIL = DEADLINE + GRACE
TWO = (DRAFTED, declared(), declared(evidence_id="ev-2"))
WAITING = submitted(
    manifest=(item(), item(evidence_id="ev-2")), pending=("ev-1", "ev-2"), complete_by=UNTIL
)
MOMENTS = st.integers(min_value=-200, max_value=200).map(lambda m: timedelta(minutes=m))


def refuse(evidence_id: str, **changes: object) -> RefuseEvidence:
    command = RefuseEvidence(SYSTEM, LATER, evidence_id, "encrypted", (("page", "1"),))
    return replace(command, **changes)


def outcome(command: object, *history: InnovationEvent) -> InnovationEvent | str:
    try:
        return decider.decide(command, decider.replay(history))[0]
    except DomainError as error:
        return error.code


@for_all(MOMENTS, st.integers(min_value=0, max_value=120), st.booleans())
def test_a_submission_is_accepted_exactly_until_its_deadline_and_pending_only_in_grace(
    after: timedelta, grace: int, is_pending: bool
) -> None:
    history = (DRAFTED, declared()) if is_pending else (DRAFTED, declared(), accepted())
    told = outcome(submit(at=DEADLINE + after, grace_minutes=grace), *history)
    if after > timedelta(0):
        assert told == "deadline_passed"
    elif is_pending and not grace:
        assert told == "evidence_pending"
    else:
        assert isinstance(told, InnovationSubmitted)
        until = DEADLINE + timedelta(minutes=grace)
        assert (told.pending, told.complete_by) == (
            (("ev-1",), until) if is_pending else ((), None)
        )


@for_all(MOMENTS, MOMENTS, st.integers(min_value=0, max_value=120))
def test_a_resubmission_is_accepted_exactly_until_it_is_due_whatever_the_deadline(
    after: timedelta, deadline: timedelta, grace: int
) -> None:
    asked = reopened()
    told = outcome(
        submit(at=asked.due + after, deadline=asked.due + deadline, grace_minutes=grace),
        *(DRAFTED, declared(), accepted(), submitted(), asked),
    )
    assert isinstance(told, InnovationSubmitted) == (after <= timedelta(0))


@for_all(MOMENTS)
def test_a_pending_file_is_accepted_exactly_until_the_grace_ends(after: timedelta) -> None:
    told = outcome(accept(at=UNTIL + after), *TWO, WAITING)
    is_in_time = after <= timedelta(0)
    assert told == (accepted(at=UNTIL + after) if is_in_time else "grace_passed")


@for_all(st.data(), st.integers(min_value=1, max_value=5), st.integers(min_value=1, max_value=120))
def test_every_submission_with_pending_files_is_completed_exactly_once(
    data: st.DataObject, files: int, grace: int
) -> None:
    """Whatever comes in, is refused or ticks, in any order and as often as it likes."""
    keys = [f"ev-{number}" for number in range(files)]
    history: list[InnovationEvent] = [DRAFTED, *(declared(evidence_id=key) for key in keys)]
    state = decider.replay(history)
    (handed_in,) = decider.decide(submit(at=DEADLINE, grace_minutes=grace), state)
    assert isinstance(handed_in, InnovationSubmitted)
    until = handed_in.complete_by
    assert until is not None
    told: list[InnovationEvent] = [handed_in]
    minutes = data.draw(st.lists(st.integers(0, 240), max_size=12))
    for minute in sorted(minutes):
        at = DEADLINE + timedelta(minutes=minute)
        key = data.draw(st.sampled_from(keys))
        told += _answer(data.draw(st.sampled_from("art")), key, at, (*history, *told))
    told += _answer("t", "", until + MOMENT + timedelta(minutes=240), (*history, *told))
    endings = [fact for fact in told if isinstance(fact, SubmissionCompleted)]
    assert len(endings) == 1
    arrived = {fact.evidence_id for fact in told if fact.ce_type == accepted().ce_type}
    assert {each.evidence_id for each in endings[0].manifest} == arrived
    assert set(endings[0].missing) == set(keys) - arrived
    final = decider.replay((*history, *told))
    assert isinstance(final, Submitted)
    assert (final.waiting, set(final.content.evidence)) == (None, arrived)


def _answer(
    kind: str, key: str, at: object, history: tuple[InnovationEvent, ...]
) -> list[InnovationEvent]:
    command = {
        "a": lambda: accept(key, at=at),
        "r": lambda: refuse(key, at=at),
        "t": lambda: CompleteSubmission(SYSTEM, at, 1),
    }[kind]()
    try:
        return list(decider.decide(command, decider.replay(history)))
    except DomainError:
        return []


@for_all(st.lists(st.sampled_from("art"), max_size=6), st.integers(0, 5))
def test_a_withdrawal_in_the_grace_ends_it_for_good(steps: list[str], when: int) -> None:
    assume(when <= len(steps))
    history: tuple[InnovationEvent, ...] = (*TWO, WAITING)
    for number, step in enumerate([*steps[:when], "w", *steps[when:]]):
        at = UNTIL - timedelta(minutes=10) + timedelta(minutes=number * 3)
        if step == "w":
            history = (*history, withdrawn(at=at))
            continue
        news = _answer(step, "ev-1", at, history)
        assert not news or number < when
        history = (*history, *news)
    assert isinstance(decider.replay(history), Withdrawn)
