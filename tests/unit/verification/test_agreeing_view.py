"""The view and the decision never disagree, whatever is asked of a dossier in whatever order."""

from collections.abc import Sequence

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.verification.domain import Command, State, decider
from services.verification.domain.states import (
    Case,
    Check,
    Disputed,
    InReview,
    Lease,
    Missing,
    Rejected,
    Reservation,
    UnderCheck,
    Verified,
    WaitingForRevision,
    Withdrawn,
)
from services.verification.projections import DossierView, fold
from shared.errors import DomainError
from shared.events.verification import DossierEvent, RevisionLapsed
from tests.builders.verification import (
    ANNOUNCED,
    CLAIMS,
    COLLEAGUE,
    DUE,
    INNOVATION,
    MANIFEST,
    OPENED,
    REJECTED,
    REQUESTED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    SYSTEM,
    VERIFIED,
    WITHDRAWN,
    check_decided,
    correct,
    drawn,
    handed_over,
    leased,
    open_dossier,
    readmitted,
    received,
    rechecked,
    recorded,
    recused,
    released,
    resolved,
    revoked,
    verdict,
    visited,
)
from tests.unit.verification.shown import seen
from tests.unit.verification.steps import ALONE, RETITLED, TOGETHER, Steps

STORIES = st.lists(st.sampled_from(ALONE) | st.sampled_from(TOGETHER), max_size=20)


@settings(max_examples=300, deadline=None)
@for_all(STORIES)
def test_the_view_tells_what_the_decision_knows(steps: list[Steps]) -> None:
    state: State = decider.initial
    view: DossierView | None = None
    for command in (open_dossier(), *(each for together in steps for each in together)):
        for fact in _said(command, state):
            state = decider.evolve(state, fact)
            view = fold(view, recorded(fact))
            _counts_agree(view)
        assert view is not None
        assert _told_by(view) == _known_to(state)
    assert view is not None
    assert DossierView.model_validate(view.model_dump(mode="json")) == view


LATER_FACTS: tuple[DossierEvent, ...] = (
    leased(),
    leased(COLLEAGUE, SECOND_TOKEN),
    released(),
    handed_over(),
    revoked(COLLEAGUE),
    recused(COLLEAGUE),
    *REVIEWED,
    visited(),
    REQUESTED,
    ANNOUNCED,
    received(lapsed=("SID-18",)),
    received(about=RETITLED, claims=CLAIMS[1:], manifest=MANIFEST[1:]),
    RevisionLapsed(by=SYSTEM, at=DUE, dossier_id=INNOVATION, round=1),
    drawn(),
    readmitted(),
    rechecked("SID-01", 2),
    check_decided("SID-01"),
    check_decided(),
    resolved(verdict("SID-01", 3, RESOLVER)),
    VERIFIED,
    REJECTED,
    *decider.decide(correct(), decider.replay([OPENED, VERIFIED])),
    WITHDRAWN,
)


@settings(deadline=None)
@for_all(st.lists(st.sampled_from((OPENED, *LATER_FACTS)), max_size=12))
def test_a_recorded_history_always_folds(facts: list[DossierEvent]) -> None:
    """Also one that nobody would let happen: a recorded fact is true."""
    decider.replay(facts)
    _counts_agree(seen(OPENED, *facts))


def _said(command: Command, state: State) -> Sequence[DossierEvent]:
    try:
        return decider.decide(command, state)
    except DomainError:
        return []


def _counts_agree(view: DossierView) -> None:
    undecided = tuple(row.indicator for row in view.indicators if row.verdict is None)
    assert view.undecided == undecided
    assert view.claimed_count == len(view.indicators)
    assert view.decided_count == view.claimed_count - len(undecided)


def _told_by(view: DossierView) -> object:
    if view.state == "withdrawn":
        return ("withdrawn",)
    last = view.checks[-1] if view.state in ("checking", "disputed") else None
    return {
        "state": view.state,
        "round": view.round,
        "holder": (view.lease_holder, view.lease_agency, view.lease_until),
        "kept": (view.reserved_for, view.reserved_until),
        "due": view.due,
        "admissibility": view.admissibility,
        "verdicts": tuple(row.verdict for row in view.indicators if row.verdict),
        "deciders": view.deciders,
        "second": last and (last.second_admissibility, last.second, last.checked_by),
        "differing": last.differing if last else (),
        "visits": frozenset(each.visit_id for each in view.visits),
        "recused": frozenset(each.verifier_id for each in view.recusals),
    }


def _known_to(state: State) -> object:
    match state:
        case Withdrawn():
            return ("withdrawn",)
        case InReview(case, lease, kept):
            return _known("in_review" if lease else "open", case, lease=lease, kept=kept)
        case WaitingForRevision(case, due):
            return _known("waiting_revision", case, due=due)
        case UnderCheck(case, check, lease, kept):
            return _known("checking", case, check, lease=lease, kept=kept)
        case Disputed(case, check, differing):
            return _known("disputed", case, check, differing=differing)
        case Verified(case, deciders):
            return _known("verified", case, deciders=deciders)
        case Rejected(case, deciders):
            return _known("rejected", case, deciders=deciders)
        case Missing():
            raise AssertionError("The dossier was opened.")


def _known(
    shown: str,
    case: Case,
    check: Check | None = None,
    *,
    lease: Lease | None = None,
    kept: Reservation | None = None,
    **others: object,
) -> object:
    return {
        "state": shown,
        "round": case.round,
        "holder": (lease.holder, lease.agency, lease.until) if lease else (None, None, None),
        "kept": (kept.person, kept.until) if kept else (None, None),
        "due": None,
        "admissibility": case.admissibility,
        "verdicts": case.verdicts,
        "deciders": tuple(sorted(case.deciders)),
        "second": check and (check.admissibility, check.verdicts, check.checked_by),
        "differing": (),
        "visits": case.visits,
        "recused": case.recused,
        **others,
    }
