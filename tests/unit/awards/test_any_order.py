"""Objections, disqualifications and votes in any order: results stay sound, and there is an end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.competition import (
    Command,
    CorrectEntry,
    DecideObjection,
    Determine,
    Disqualify,
    FileObjection,
    OpenObjectionWindow,
    Publish,
    ResolveTie,
    decider,
)
from services.awards.domain.competition.states import Drafted, Filed, Granted, Published
from services.awards.domain.ranking import ties
from services.awards.projections.competition import fold
from shared.errors import DomainError
from shared.events.awards import CompetitionEvent, ResultsDrafted
from tests.builders.awards import (
    AT,
    CHAIR,
    DAY,
    DRAFT,
    MATURITY_ONLY,
    MEMBER,
    SYSTEM,
    announce,
    close_round,
    enrol,
    happened,
    open_round,
    scored,
)
from tests.unit.awards.folding import folded

NAMES = ("inov-1", "inov-2", "inov-3", "inov-4")
DRAFTED = happened(
    decider,
    announce(MATURITY_ONLY),
    enrol(*(scored(name, "80") for name in NAMES)),
    open_round(),
    close_round(),
    DRAFT,
)
NAME = st.sampled_from(NAMES)
ITEM = st.sampled_from(["SID-16", "SID-17"])
MOMENT = st.integers(min_value=0, max_value=6).map(lambda days: AT + days * DAY)


def window(at: object, version: int) -> OpenObjectionWindow:
    return OpenObjectionWindow(by=CHAIR, at=at, version=version)  # type: ignore[arg-type]


def filed(at: object, name: str, item: str) -> FileObjection:
    return FileObjection(
        by="person-head",
        at=at,  # type: ignore[arg-type]
        agency="dinkes",
        objection_id=f"{name}_{item}",
        innovation_id=name,
        indicator=item,
        granted_level=1,
        level_sought=3,
        reason="Dokumen terlampir",
    )


def decision(key: str, *, granted: bool) -> DecideObjection:
    return DecideObjection(
        by=MEMBER,
        at=AT + DAY,
        agency=None,
        agency_path=(),
        objection_id=key,
        granted=granted,
        granted_level=1,
        level=3,
        reason="Diputus pleno",
    )


def corrected(key: str, maturity: int) -> CorrectEntry:
    better = scored(key.split("_")[0], str(maturity), number=2)
    return CorrectEntry(by=SYSTEM, at=AT + DAY, objection_id=key, scorecard=better)


def out(name: str) -> Disqualify:
    return Disqualify(
        by=MEMBER,
        at=AT,
        agency=None,
        agency_path=(),
        innovation_id=name,
        ground="Tidak orisinal",
        reason="Uji publik",
    )


def vote(order: Sequence[str]) -> ResolveTie:
    return ResolveTie(
        by=MEMBER,
        at=AT,
        agency=None,
        agency_path=(),
        category="skpd",
        order=tuple(order),
        reason="Pleno",
    )


def determine(at: object) -> Determine:
    return Determine(by=CHAIR, at=at, decree_number="1", decree_date=date(2026, 9, 9))  # type: ignore[arg-type]


KEY = st.builds(lambda name, item: f"{name}_{item}", NAME, ITEM)
COMMANDS = st.lists(
    st.one_of(
        st.builds(window, MOMENT, st.integers(min_value=1, max_value=4)),
        st.builds(filed, MOMENT, NAME, ITEM),
        st.builds(lambda key, granted: decision(key, granted=granted), KEY, st.booleans()),
        st.builds(corrected, KEY, st.integers(min_value=80, max_value=111)),
        st.builds(out, NAME),
        st.builds(vote, st.lists(NAME, min_size=2, max_size=4, unique=True)),
        st.builds(determine, MOMENT),
        st.just(Publish(by=CHAIR, at=AT + 9 * DAY)),
    ),
    max_size=30,
)


def attempted(
    commands: Sequence[Command], before: Sequence[CompetitionEvent] = DRAFTED
) -> list[CompetitionEvent]:
    """What happens; a command that is refused leaves nothing."""
    facts = list(before)
    for command in commands:
        try:
            facts += decider.decide(command, decider.replay(facts))
        except DomainError:
            continue
    return facts


def to_the_end(state: Drafted) -> list[Command]:
    """What an impartial member can do about everything that is still open."""
    after = AT + timedelta(days=40)
    commands: list[Command] = [window(AT + 20 * DAY, state.version)]
    for key, objection in state.objections.items():
        match objection:
            case Filed():
                commands.append(replace(decision(key, granted=False), at=after))
            case Granted():
                commands.append(corrected(key, 100))
            case _:
                continue
    commands += [vote(sorted(NAMES)), determine(after), Publish(by=CHAIR, at=after)]
    return commands


@for_all(COMMANDS)
def test_versions_follow_one_another_and_nobody_disqualified_is_in_a_later_one(
    commands: list[Command],
) -> None:
    facts = attempted(commands)
    results = [fact for fact in facts if isinstance(fact, ResultsDrafted)]
    assert [each.version for each in results] == list(range(1, len(results) + 1))
    for before, after in pairwise(results):
        gone = {e.innovation_id for e in before.ranking} - {e.innovation_id for e in after.ranking}
        assert gone == ({after.cause_id} if after.cause == "disqualification" else set())
        changed = {e.innovation_id: e.final_score for e in after.ranking}
        moved = {
            e.innovation_id
            for e in before.ranking
            if e.innovation_id in changed and changed[e.innovation_id] != e.final_score
        }
        assert len(moved) <= (1 if after.cause == "objection" else 0)


@for_all(COMMANDS)
def test_every_competition_can_be_brought_to_its_end(commands: list[Command]) -> None:
    facts = attempted(commands)
    state = decider.replay(facts)
    if isinstance(state, Drafted):
        facts = attempted(to_the_end(state), facts)
        state = decider.replay(facts)
    while isinstance(state, Drafted):
        (tied, *_) = ties(state.ranking, state.judged.rules.categories[0])
        late = AT + timedelta(days=41)
        more = attempted([vote(tied), determine(late), Publish(by=CHAIR, at=late)], facts)
        assert len(more) > len(facts)
        facts, state = more, decider.replay(more)
    if not isinstance(state, Published):
        facts = attempted([Publish(by=CHAIR, at=AT + timedelta(days=41))], facts)
        state = decider.replay(facts)
    assert isinstance(state, Published)
    view = folded(fold, facts)
    assert view is not None
    assert view.state == "published"


@for_all(COMMANDS, st.integers())
def test_a_recorded_history_never_breaks_the_fold(commands: list[Command], seed: int) -> None:
    facts = attempted(commands)
    Random(seed).shuffle(facts)
    decider.replay(facts)
