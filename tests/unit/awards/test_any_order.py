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
    DecideDoubt,
    DecideObjection,
    Determine,
    Disqualify,
    FileDoubt,
    FileObjection,
    LapseDisputes,
    OpenObjectionWindow,
    OpenPublicTest,
    Publish,
    ResolveTie,
    SignMinutes,
    decider,
)
from services.awards.domain.competition.states import Doubted, Drafted, Filed, Granted, Published
from services.awards.domain.ranking import ties
from services.awards.projections.competition import fold
from shared.errors import DomainError
from shared.events.awards import CompetitionEvent, ResultsDrafted, TieResolved
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
    announce(MATURITY_ONLY, minutes_signatures=2, public_test_days=2, decision_days=4),
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


def signed(by: str, version: int) -> SignMinutes:
    return SignMinutes(by=by, at=AT, agency=None, version=version, function="Anggota")


def put_to_test(at: object, version: int) -> OpenPublicTest:
    return OpenPublicTest(by=CHAIR, at=at, version=version)  # type: ignore[arg-type]


def doubted(at: object, name: str) -> FileDoubt:
    return FileDoubt(
        by="public",
        at=at,  # type: ignore[arg-type]
        doubt_id=f"doubt-{name}",
        innovation_id=name,
        statement_digest="5" * 64,
        evidence=(),
        links=1,
    )


def answered(name: str, *, upheld: bool) -> DecideDoubt:
    return DecideDoubt(
        by=MEMBER,
        at=AT + DAY,
        agency=None,
        agency_path=(),
        doubt_id=f"doubt-{name}",
        upheld=upheld,
        reason="Diputus pleno",
    )


def lapse(at: object) -> LapseDisputes:
    return LapseDisputes(by=SYSTEM, at=at)  # type: ignore[arg-type]


def determine(at: object) -> Determine:
    return Determine(by=CHAIR, at=at, decree_number="1", decree_date=date(2026, 9, 9))  # type: ignore[arg-type]


VERSION = st.integers(min_value=1, max_value=4)
LATE = st.integers(min_value=0, max_value=12).map(lambda days: AT + days * DAY)
KEY = st.builds(lambda name, item: f"{name}_{item}", NAME, ITEM)
COMMANDS = st.lists(
    st.one_of(
        st.builds(window, MOMENT, VERSION),
        st.builds(signed, st.sampled_from([CHAIR, MEMBER]), VERSION),
        st.builds(put_to_test, MOMENT, VERSION),
        st.builds(doubted, MOMENT, NAME),
        st.builds(lambda name, upheld: answered(name, upheld=upheld), NAME, st.booleans()),
        st.builds(lapse, LATE),
        st.builds(filed, MOMENT, NAME, ITEM),
        st.builds(lambda key, granted: decision(key, granted=granted), KEY, st.booleans()),
        st.builds(corrected, KEY, st.integers(min_value=80, max_value=111)),
        st.builds(out, NAME),
        st.builds(vote, st.lists(NAME, min_size=2, max_size=4, unique=True)),
        st.builds(determine, MOMENT),
        st.just(Publish(by=CHAIR, at=AT + 9 * DAY)),
    ),
    max_size=40,
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
    signatures = [signed(CHAIR, state.version), signed(MEMBER, state.version)]
    opened = [window(AT + 20 * DAY, state.version), put_to_test(AT + 20 * DAY, state.version)]
    commands: list[Command] = [*signatures, *opened]
    for key, objection in state.objections.items():
        match objection:
            case Filed():
                commands.append(replace(decision(key, granted=False), at=after))
            case Granted():
                commands.append(corrected(key, 100))
            case _:
                continue
    doubts = [each.filed.innovation_id for each in state.doubts.values()]
    commands += [replace(answered(name, upheld=False), at=after) for name in doubts]
    votes = [vote(tied) for tied in ties(state.ranking, state.judged.rules.categories[0])]
    commands += [*votes, determine(after), Publish(by=CHAIR, at=after)]
    return commands


@for_all(COMMANDS)
def test_a_version_differs_from_the_one_before_only_where_its_cause_says(
    commands: list[Command],
) -> None:
    facts = attempted(commands)
    results = [fact for fact in facts if isinstance(fact, ResultsDrafted)]
    assert [each.version for each in results] == list(range(1, len(results) + 1))
    for before, after in pairwise(results):
        concerned = concerned_by(after, facts)
        assert unconcerned(before, concerned) == unconcerned(after, concerned)
        gone = {e.innovation_id for e in before.ranking} - {e.innovation_id for e in after.ranking}
        is_out = after.cause in ("disqualification", "doubt")
        assert gone == (concerned if is_out else set())
        if after.cause == "vote":
            assert scores(before) == scores(after)


def concerned_by(results: ResultsDrafted, facts: Sequence[CompetitionEvent]) -> set[str]:
    """The innovations that the cause of a version is about."""
    match results.cause:
        case "disqualification":
            return {results.cause_id or ""}
        case "doubt":
            return {(results.cause_id or "").removeprefix("doubt-")}
        case "objection":
            return {(results.cause_id or "").split("_")[0]}
        case _:
            last = facts.index(results) - 1
            vote = facts[last]
            assert isinstance(vote, TieResolved)
            return set(vote.order)


def unconcerned(results: ResultsDrafted, concerned: set[str]) -> list[tuple[str, object]]:
    """Everybody else, in their order and with their scores."""
    return [
        (each.innovation_id, each.final_score)
        for each in results.ranking
        if each.innovation_id not in concerned
    ]


def scores(results: ResultsDrafted) -> dict[str, object]:
    return {each.innovation_id: each.final_score for each in results.ranking}


@for_all(COMMANDS)
def test_what_nobody_answers_ends_by_the_clock(commands: list[Command]) -> None:
    facts = attempted(commands)
    state = decider.replay([*facts, *decider.decide(lapse(AT + 60 * DAY), decider.replay(facts))])
    if isinstance(state, Drafted):
        assert not [each for each in state.objections.values() if isinstance(each, Filed | Granted)]
        assert not [each for each in state.doubts.values() if isinstance(each, Doubted)]


@for_all(COMMANDS)
def test_every_competition_can_be_brought_to_its_end(commands: list[Command]) -> None:
    facts = attempted(commands)
    state = decider.replay(facts)
    while isinstance(state, Drafted):
        more = attempted(to_the_end(state), facts)
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
