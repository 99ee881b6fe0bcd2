"""Decisions on the public test (uji publik): the window, doubts of anybody, and their answers."""

from dataclasses import replace

from services.awards.domain.calendar import closes_at
from services.awards.domain.competition.commands import DecideDoubt, FileDoubt, OpenPublicTest
from services.awards.domain.competition.questions import drafted, entry_in, judged
from services.awards.domain.competition.results import disqualified
from services.awards.domain.competition.states import (
    Determined,
    Doubt,
    Doubted,
    DoubtOver,
    Drafted,
    Judging,
    Missing,
    Published,
    State,
)
from services.awards.domain.entries import is_tied
from shared.errors import NotFound, Refused
from shared.events.awards import CompetitionEvent, DoubtDecided, DoubtFiled, PublicTestOpened

Command = OpenPublicTest | FileDoubt | DecideDoubt
MOST_UNDECIDED = 50
"""Doubts an entry may have waiting, so that a flood of them cannot bury the committee."""


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case OpenPublicTest():
            return open_test(command, state)
        case FileDoubt():
            return file_doubt(command, state)
        case DecideDoubt():
            return decide_doubt(command, state)


def open_test(command: OpenPublicTest, state: State) -> list[CompetitionEvent]:
    state = drafted(state)
    rules = state.judged.rules
    if not rules.public_test_days:
        raise Refused("no_public_test", "The rules ask for no public test.")
    if state.public_test is not None and state.public_test.version == command.version:
        return []
    if command.version != state.version:
        raise Refused(
            "version_not_current",
            "The newest version of the results is tested in public.",
            current=state.version,
        )
    if state.public_test is not None and command.at < state.public_test.closes_at:
        raise Refused("public_test_open", "The public test of an earlier version is still open.")
    return [
        PublicTestOpened(
            by=command.by,
            at=command.at,
            competition_id=state.judged.announced.competition_id,
            version=command.version,
            closes_at=closes_at(rules, command.at, rules.public_test_days),
        )
    ]


def file_doubt(command: FileDoubt, state: State) -> list[CompetitionEvent]:
    state = drafted(state)
    if command.doubt_id in state.doubts:
        return []
    _require_open(command, state)
    entry = entry_in(state.judged, command.innovation_id)
    if entry.innovation_id not in {each.innovation_id for each in state.ranking}:
        raise Refused("entry_not_ranked", "Only an innovation in the results is tested.")
    waiting = [
        each
        for each in state.doubts.values()
        if isinstance(each, Doubted) and each.filed.innovation_id == entry.innovation_id
    ]
    if len(waiting) >= MOST_UNDECIDED:
        raise Refused(
            "too_many_doubts",
            "So many doubts about this innovation wait for an answer that no more are taken.",
            waiting=len(waiting),
        )
    return [
        DoubtFiled(
            by=command.by,
            at=command.at,
            competition_id=state.judged.announced.competition_id,
            doubt_id=command.doubt_id,
            innovation_id=command.innovation_id,
            statement_digest=command.statement_digest,
            evidence=command.evidence,
            links=command.links,
        )
    ]


def _require_open(command: FileDoubt, state: Drafted) -> None:
    if state.public_test is None:
        raise Refused("public_test_never_opened", "There is no public test yet.")
    if command.at >= state.public_test.closes_at:
        raise Refused(
            "public_test_closed",
            "The public test is over.",
            closes_at=state.public_test.closes_at.isoformat(),
        )
    if not command.evidence and not command.links:
        raise Refused("evidence_missing", "A doubt comes with a file or a link that shows it.")


def decide_doubt(command: DecideDoubt, state: State) -> list[CompetitionEvent]:
    before = judged(state)
    doubt = _doubt(command.doubt_id, state)
    if not isinstance(doubt, Doubted):
        return _decided_already(command, doubt)
    state = drafted(state)
    entry = entry_in(before, doubt.filed.innovation_id)
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the doubt is upheld or not.")
    if is_tied(command, entry) or command.by == doubt.filed.by:
        raise Refused("conflict_of_interest", "Nobody decides on an innovation of their own.")
    fact = DoubtDecided(
        by=command.by,
        at=command.at,
        competition_id=before.announced.competition_id,
        doubt_id=command.doubt_id,
        innovation_id=entry.innovation_id,
        upheld=command.upheld,
        reason=command.reason,
        by_agency=command.agency,
    )
    if not command.upheld or entry.innovation_id in before.disqualified:
        return [fact]
    return [fact, *disqualified(command, replace(state, judged=before), entry)]


def doubts_of(state: State) -> dict[str, Doubt]:
    match state:
        case Missing() | Judging():
            return {}
        case Drafted():
            return dict(state.doubts)
        case Determined():
            return dict(state.drafted.doubts)
        case Published():
            return dict(state.determined.drafted.doubts)


def _doubt(key: str, state: State) -> Doubt:
    found = doubts_of(state).get(key)
    if found is None:
        raise NotFound("doubt_unknown", "There is no such doubt.", doubt_id=key)
    return found


def _decided_already(command: DecideDoubt, doubt: Doubt) -> list[CompetitionEvent]:
    if isinstance(doubt, Doubted | DoubtOver):
        raise Refused("doubt_lapsed", "The time to decide this doubt is over.")
    known = doubt.decided
    if (command.by, command.upheld, command.reason) == (known.by, known.upheld, known.reason):
        return []
    raise Refused("already_decided", "The doubt is decided; it is decided once.")
