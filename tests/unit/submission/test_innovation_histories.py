"""Whatever people, intake and verification do, the state and the view tell the same story."""

from collections.abc import Callable
from datetime import datetime, timedelta

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.submission.domain.commands import (
    ClaimLevel,
    Command,
    CompleteSubmission,
    ConcludeVerification,
    DeclareEvidence,
    Develop,
    Endorse,
    RefuseEvidence,
    Reopen,
    ReviseEvidence,
    ReviseProfile,
    Withdraw,
    WithdrawEvidence,
)
from services.submission.domain.endorsing import digest_of
from services.submission.domain.innovation import decider
from services.submission.domain.states import (
    Content,
    Draft,
    Missing,
    Rejected,
    Reopened,
    State,
    Submitted,
    Verified,
    Withdrawn,
)
from services.submission.projections.innovations import InnovationView
from services.submission.projections.innovations.folding import fold
from shared.errors import DomainError
from shared.events.submission import Claim, GrantedLevel, InnovationEvent
from tests.builders.innovation import accept, submit
from tests.builders.submission import (
    DRAFTED,
    EDITION,
    HEAD,
    NOW,
    OPERATOR,
    PROFILE,
    SYSTEM,
    item,
    recorded,
)

DEADLINE = NOW + timedelta(hours=6)
PURPOSES = [PROFILE.model_copy(update={"purpose": each}) for each in ("Satu.", "Dua.")]
NAMES = {
    Draft: "draft",
    Submitted: "submitted",
    Reopened: "reopened",
    Verified: "verified",
    Rejected: "rejected",
    Withdrawn: "withdrawn",
}
Make = Callable[[datetime, str, Content], Command]


def granted(level: int) -> tuple[GrantedLevel, ...]:
    return (GrantedLevel(indicator="SID-01", level=level),)


STEPS: list[Make] = [
    lambda at, key, content: DeclareEvidence(OPERATOR, at, EDITION, item(evidence_id=key), 1000),
    lambda at, key, content: ReviseEvidence(
        OPERATOR, at, EDITION, key, ("SID-02",), "decree", None
    ),
    lambda at, key, content: accept(key, at=at),
    lambda at, key, content: RefuseEvidence(SYSTEM, at, key, "encrypted", ()),
    lambda at, key, content: WithdrawEvidence(OPERATOR, at, key, "x"),
    lambda at, key, content: ReviseProfile(OPERATOR, at, EDITION, PURPOSES[len(key) % 2]),
    lambda at, key, content: ClaimLevel(
        OPERATOR, at, EDITION, Claim(indicator="SID-01", level=len(key) % 4)
    ),
    lambda at, key, content: Endorse(HEAD, at, digest_of(content), "head", None),
    lambda at, key, content: submit(at=at, deadline=DEADLINE, grace_minutes=120),
    lambda at, key, content: submit(at=at, deadline=DEADLINE, endorsement_required=True),
    lambda at, key, content: CompleteSubmission(SYSTEM, at, 1),
    lambda at, key, content: Reopen(
        SYSTEM, at, 1, ("SID-01", "SID-02"), at + timedelta(hours=3), ("purpose",)
    ),
    lambda at, key, content: ConcludeVerification(SYSTEM, at, 1, granted(len(key) % 4)),
]
ENDS: list[Make] = [
    lambda at, key, content: Develop(OPERATOR, at, key, "2027", "hss-dinkes"),
    lambda at, key, content: Withdraw(HEAD, at, "ganda"),
    lambda at, key, content: ConcludeVerification(SYSTEM, at, 1, granted(1)),
    lambda at, key, content: ConcludeVerification(SYSTEM, at, 1, (), rejected=True),
]
KEYS = st.sampled_from(["ev-1", "ev-22", "ev-333"])


@settings(max_examples=60, deadline=None)
@for_all(
    st.lists(
        st.tuples(st.integers(0, 30), KEYS, st.integers(0, len(STEPS) - 1)),
        min_size=20,
        max_size=40,
    ),
    st.sampled_from(ENDS),
)
def test_the_state_and_the_view_agree_after_every_fact(
    steps: list[tuple[int, str, int]], end: Make
) -> None:
    """Each step does the first thing from its own on that the innovation does not refuse."""
    state: State = decider.replay((DRAFTED,))
    view = fold(None, recorded(DRAFTED))
    at, version = NOW, 1
    for minutes, key, first in [*steps, (0, "inno-2", -1)]:
        at += timedelta(minutes=minutes)
        turn = [*STEPS[first:], *STEPS[:first]] if first >= 0 else [end]
        for fact in first_told(turn, at, key, state):
            version += 1
            state = decider.evolve(state, fact)
            view = fold(view, recorded(fact, version))
            check_same(state, view)


def first_told(turn: list[Make], at: datetime, key: str, state: State) -> list[InnovationEvent]:
    assert not isinstance(state, Missing)
    for make in turn:
        try:
            facts = list(decider.decide(make(at, key, state.content), state))
        except DomainError:
            continue
        if facts:
            return facts
    return []


def check_same(state: State, view: InnovationView) -> None:
    assert not isinstance(state, Missing)
    content = state.content
    assert view.state == NAMES[type(state)]
    assert view.profile == content.profile
    assert {each.indicator: each for each in view.claims} == content.claims
    assert {each.evidence_id: each for each in view.evidence} == content.evidence
    assert view.content_digest == digest_of(content)
    given = content.endorsement
    assert (view.endorsement is None) == (given is None)
    if given is not None and view.endorsement is not None:
        assert view.endorsement.is_current == (given.content_digest == digest_of(content))
    successor = content.successor
    assert view.successor_id == (None if successor is None else successor.successor_id)
    check_same_step(state, view)


def check_same_step(state: State, view: InnovationView) -> None:
    waiting = state.waiting if isinstance(state, Submitted) else None
    if waiting is not None and not waiting.pending:
        return  # The completion is the next fact of the same command.
    assert view.has_pending == (waiting is not None)
    assert view.complete_by == (None if waiting is None else waiting.until)
    if waiting is not None:
        assert set(view.pending) == waiting.pending
    is_with_verifiers = isinstance(state, Submitted | Verified | Rejected) and waiting is None
    assert view.completed == is_with_verifiers
    if isinstance(state, Verified):
        assert view.granted == state.granted
    if isinstance(state, Reopened):
        assert view.revision is not None
        assert set(view.revision.fields) == state.fields
