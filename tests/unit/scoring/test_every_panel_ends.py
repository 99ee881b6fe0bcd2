"""Whatever judges and committee did, a panel shows as it is and can be brought to its reveal."""

from hypothesis import given as every
from hypothesis import settings
from hypothesis import strategies as st

from services.scoring.domain.commitment import Opened, commitment
from services.scoring.domain.panel import (
    Command,
    Missing,
    Reveal,
    Revealed,
    SealScore,
    State,
    decider,
)
from services.scoring.domain.seats import Open
from services.scoring.domain.third_reading import third_readings_due
from shared.errors import DomainError
from shared.events.scoring import PanelEvent, ScoreSealed
from tests.builders.panels import (
    CITRA,
    DEWI,
    EKO,
    THIRD_READING,
    ask_third,
    panel_view,
    points,
    points_panel,
    seat,
    unseat,
)
from tests.builders.scoring import ANI, BUDI, FIRST, PANEL_ID, SECOND, Judge, recuse, seal

JUDGES = (ANI, BUDI, CITRA, DEWI, EKO, Judge("drafter-1"))
judges = st.sampled_from(JUDGES)
entries = st.sampled_from([FIRST, SECOND])
totals = st.sampled_from(["40", "49", "50", "61", "75"])


def _seal(judge: Judge, innovation: str, total: str) -> SealScore:
    return seal(judge, innovation, scores=points(judge, innovation, total).scores)


moves = st.one_of(
    st.builds(_seal, judges, entries, totals),
    st.builds(_seal, st.sampled_from([ANI, BUDI]), entries, totals),
    st.builds(recuse, judges, entries),
    st.builds(seat, judges),
    st.builds(seat, judges, entries),
    st.builds(unseat, judges),
    st.just("reveal"),
)


class Room:
    """A panel, and the scores that its judges know."""

    def __init__(self) -> None:
        opening = points_panel(rule=THIRD_READING)
        self.state: State = decider.replay([opening])
        self.facts: list[PanelEvent] = [opening]
        self.known: dict[str, Opened] = {}

    def give(self, command: Command) -> bool:
        """Whether it was not refused."""
        try:
            facts = decider.decide(command, self.state)
        except DomainError:
            return False
        if isinstance(command, SealScore):
            score = Opened(command.by, command.innovation_id, command.scores, command.nonce)
            self.known[commitment(PANEL_ID, score)] = score
        self._keep(facts)
        return True

    def _keep(self, facts: list[PanelEvent]) -> None:
        self.state = decider.replay(facts, self.state)
        self.facts += facts
        assert all(f.commitment in self.known for f in facts if isinstance(f, ScoreSealed))

    def reveal(self) -> bool:
        """As the API does: third readings first."""
        if not isinstance(self.state, Open):
            return True
        opened = tuple(self.known[self.state.seals[p].commitment] for p in self.state.sealed)
        due = third_readings_due(self.state, opened)
        if due:
            return self.give(ask_third(*due))
        return self.give(Reveal("person-committee", points_panel().at, opened))


@settings(max_examples=200, deadline=None)
@every(st.lists(moves, max_size=25))
def test_every_panel_reaches_its_reveal(path: list[Command | str]):
    room = _after(path)
    _finish(room)
    assert isinstance(room.state, Revealed)


@settings(max_examples=200, deadline=None)
@every(st.lists(moves, max_size=25))
def test_the_view_of_a_panel_agrees_with_its_rule(path: list[Command | str]):
    room = _after(path)
    view, state = panel_view(*room.facts), room.state
    assert not isinstance(state, Missing)
    panel = state if isinstance(state, Open) else state.panel
    assert view.judges == panel.judges
    assert tuple((row.judge_id, row.innovation_id) for row in view.awaited) == panel.awaited
    assert sum(row.sealed for row in view.seats) == len(panel.sealed)
    assert sum(row.due for row in view.seats) == len(panel.sealed) + len(panel.awaited)
    stands = {(row.judge_id, row.innovation_id) for row in view.third_readings if row.stands}
    assert stands == panel.third


def _after(path: list[Command | str]) -> Room:
    room = Room()
    for move in path:
        if isinstance(move, str):
            room.reveal()
        else:
            room.give(move)
    return room


def _finish(room: Room) -> None:
    """Those who do not answer are kept out; one fresh judge reads what is left."""
    fresh = Judge("judge-fresh")
    for _ in range(10):
        state = room.state
        if not isinstance(state, Open):
            return
        for judge, innovation in state.awaited:
            if judge == fresh.id:
                assert room.give(_seal(fresh, innovation, "50"))
            else:
                assert room.give(recuse(Judge(judge), innovation, by="person-committee"))
        _seat_where_nobody_is(room, fresh)
        room.reveal()


def _seat_where_nobody_is(room: Room, fresh: Judge) -> None:
    state = room.state
    assert isinstance(state, Open)
    for entry in state.opened.entries:
        if not state.readers(entry):
            assert room.give(seat(fresh, entry.innovation_id))
