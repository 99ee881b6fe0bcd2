"""The queue's small copy of a dossier never says anything else than the dossier itself."""

from collections.abc import Sequence
from functools import reduce

from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from services.verification.domain import Command, State, decider
from services.verification.domain.guards import live
from services.verification.domain.states import (
    Case,
    Check,
    UnderCheck,
    WaitingForRevision,
    Withdrawn,
)
from services.verification.projections import QUEUE, DossierView, QueueView
from services.verification.projections import fold as fold_dossier
from services.verification.projections.queue import ADMISSIBILITY, fold
from shared.errors import DomainError
from shared.events.base import Recorded
from shared.events.verification import DossierEvent
from tests.builders.verification import (
    AT,
    COLLEAGUE,
    DRAFTER,
    OPENED,
    OPENED_AT,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIER,
    WITHDRAWN,
    about,
    drawn,
    leased,
    open_dossier,
    received,
    rechecked,
    recorded,
    recused,
    released,
    verdict,
)
from tests.unit.verification.steps import ALONE, TOGETHER, Steps

SHARED = sorted(QueueView.model_fields.keys() & DossierView.model_fields.keys())
BLIND = {"undecided", "decided_count"}
CLAIMED = ("SID-01", "SID-02", "SID-18")
NEW = QueueView(
    dossier_id="inov-1",
    state="open",
    round=1,
    season_id="2026",
    agency_id="dinkes",
    agency_path=("kalsel", "dinkes"),
    region_id="kalsel",
    affair="kesehatan",
    title="Posyandu Digital",
    excluded=(DRAFTER.by,),
    opened_at=OPENED_AT,
    waiting_since=OPENED_AT,
    turn="000000/2026-08-03T01:00:00.000000",
    claimed=CLAIMED,
    claimed_count=3,
    undecided=CLAIMED,
)


def queued(*facts: DossierEvent) -> QueueView:
    """It always stays what it is on its way through the store."""
    row = reduce(fold, _events(facts), None)
    assert row is not None
    assert QueueView.model_validate(row.model_dump(mode="json")) == row
    return row


def _events(facts: Sequence[DossierEvent]) -> list[Recorded[DossierEvent]]:
    return [recorded(fact, version) for version, fact in enumerate(facts, start=1)]


def test_what_came_in_waits_to_be_taken() -> None:
    assert queued(OPENED) == NEW


def test_each_taking_puts_it_behind_those_looked_at_less() -> None:
    row = queued(OPENED, leased(), released(), leased(COLLEAGUE, SECOND_TOKEN))
    assert (row.times_leased, row.turn) == (2, "000002/2026-08-03T01:00:00.000000")
    assert row.taken_by == ("command-2", "command-4")


def test_a_dossier_remembers_only_the_latest_takings() -> None:
    facts = [fact for _ in range(12) for fact in (leased(), released())]
    takings = queued(OPENED, *facts).taken_by
    assert takings == tuple(f"command-{number}" for number in range(6, 26, 2))


def test_who_steps_aside_stays_shut_out_after_a_revision() -> None:
    row = queued(OPENED, recused(COLLEAGUE), received())
    assert (row.excluded, row.recused) == ((COLLEAGUE.by, DRAFTER.by), (COLLEAGUE.by,))


def test_a_check_hides_how_much_is_decided_on_either_side() -> None:
    checked = queued(OPENED, leased(), *REVIEWED, drawn(), leased(COLLEAGUE, SECOND_TOKEN))
    again = queued(
        *(OPENED, leased(), *REVIEWED, drawn(), leased(COLLEAGUE, SECOND_TOKEN)),
        rechecked("SID-01", 2),
    )
    for row in (checked, again):
        assert (row.state, row.undecided, row.decided_count) == ("checking", CLAIMED, 0)
        assert row.first == (VERIFIER.by,)
        assert dict(row.standing) == dict.fromkeys((ADMISSIBILITY, *CLAIMED), VERIFIER.by)
    assert (checked.rechecked, again.rechecked) == ((), (("SID-01", COLLEAGUE.by),))


def test_a_withdrawal_before_anything_came_in_is_shown_to_nobody() -> None:
    row = queued(WITHDRAWN)
    assert (row.state, row.round, row.opened_at) == ("withdrawn", 0, AT)


def test_another_profile_lets_admissibility_lapse() -> None:
    same = queued(OPENED, leased(), *REVIEWED, received())
    title = about().profile.model_copy(update={"title": "Another title"})
    other = queued(OPENED, leased(), *REVIEWED, received(about=about(profile=title)))
    assert (ADMISSIBILITY in dict(same.standing)) is True
    assert (ADMISSIBILITY in dict(other.standing), other.admitted_profile) == (False, "")


@settings(max_examples=300, deadline=None)
@for_all(st.lists(st.sampled_from(ALONE) | st.sampled_from(TOGETHER), max_size=20))
def test_the_queue_tells_what_dossier_and_decision_tell(steps: list[Steps]) -> None:
    state: State = decider.initial
    row: QueueView | None = None
    view: DossierView | None = None
    for command in (open_dossier(), *(each for together in steps for each in together)):
        for fact in _said(command, state):
            state = decider.evolve(state, fact)
            row, view = fold(row, recorded(fact)), fold_dossier(view, recorded(fact))
            _agree(row, view, state)


def _said(command: Command, state: State) -> Sequence[DossierEvent]:
    try:
        return decider.decide(command, state)
    except DomainError:
        return []


def _agree(row: QueueView, view: DossierView, state: State) -> None:
    told, known = row.model_dump(), view.model_dump()
    hidden: set[str] = BLIND if "checking" in (row.state, row.behind) else set()
    for name in SHARED:
        assert name in hidden or told[name] == known[name], name
    if isinstance(state, Withdrawn):
        return
    case = live(state).case
    assert (row.recused, set(row.standing)) == (tuple(sorted(case.recused)), _found(case))
    checked = state.back if isinstance(state, WaitingForRevision) else state
    check = checked.check if isinstance(checked, UnderCheck) else None
    assert row.first == (tuple(sorted(check.first)) if check else ())
    assert set(row.rechecked) == (_found(check) if check else set())


def _found(told: Case | Check) -> set[tuple[str, str]]:
    decisions = {(each.indicator, each.decided_by) for each in told.verdicts}
    if told.admissibility is not None:
        decisions.add((ADMISSIBILITY, told.admissibility.decided_by))
    return decisions


def test_the_index_of_every_filter_ends_with_what_the_list_is_sorted_by() -> None:
    sorted_by = {index[-1] for index in QUEUE.indexes}
    assert sorted_by == {"waiting_since", "turn", "taken_by"}


def test_a_verdict_on_nothing_that_is_claimed_counts_for_nothing() -> None:
    stray = verdict("SID-18", 0).model_copy(update={"indicator": "SID-19"})
    facts = (OPENED, leased(), *REVIEWED)
    told = REVIEWED[-1].model_copy(update={"verdict": stray})
    assert queued(*facts, told) == queued(*facts, REVIEWED[-1])
