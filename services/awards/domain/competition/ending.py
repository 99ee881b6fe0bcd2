"""Decisions at the end: the decree that fixes a version of the results, and their publication."""

from services.awards.domain.competition.commands import Determine, Publish
from services.awards.domain.competition.minutes import require_signed
from services.awards.domain.competition.questions import drafted, judged
from services.awards.domain.competition.states import (
    Determined,
    Doubt,
    Doubted,
    Drafted,
    Filed,
    Granted,
    Published,
    State,
)
from services.awards.domain.ranking import votes_needed
from shared.errors import Refused
from shared.events.awards import CompetitionEvent, ResultsDetermined, ResultsPublished

Command = Determine | Publish


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case Determine():
            return determine(command, state)
        case Publish():
            return publish(command, state)


def determine(command: Determine, state: State) -> list[CompetitionEvent]:
    judged(state)
    match state:
        case Determined() | Published():
            return _determined_already(command, state)
        case _:
            before = drafted(state)
    _check_window(command, before)
    _check_public_test(command, before)
    _check_objections(before)
    require_signed(before)
    for category in before.judged.rules.categories:
        if votes_needed(before.ranking, category, before.judged.rules):
            raise Refused(
                "tie_unresolved",
                "Entries share a rank that carries a prize; vote on them first.",
                category=category.code,
            )
    return [
        ResultsDetermined(
            by=command.by,
            at=command.at,
            competition_id=before.judged.announced.competition_id,
            version=before.version,
            decree_number=command.decree_number,
            decree_date=command.decree_date,
        )
    ]


def _determined_already(
    command: Determine, state: Determined | Published
) -> list[CompetitionEvent]:
    by_decree = state if isinstance(state, Determined) else state.determined
    decree = (by_decree.decree_number, by_decree.decree_date)
    if decree == (command.decree_number, command.decree_date):
        return []
    raise Refused(
        "results_determined",
        "Another decree determined the results.",
        decree_number=by_decree.decree_number,
    )


def _check_window(command: Determine, state: Drafted) -> None:
    if state.window is None:
        raise Refused("window_never_opened", "Objections were never invited.")
    if command.at < state.window.closes_at:
        raise Refused(
            "window_open",
            "Objections may still be filed.",
            closes_at=state.window.closes_at.isoformat(),
        )


def _check_public_test(command: Determine, state: Drafted) -> None:
    if not state.judged.rules.public_test_days:
        return
    if state.public_test is None:
        raise Refused("public_test_never_opened", "The rules ask for a public test first.")
    if command.at < state.public_test.closes_at:
        raise Refused(
            "public_test_open",
            "The public test is not over yet.",
            closes_at=state.public_test.closes_at.isoformat(),
        )
    undecided = tuple(key for key, each in state.doubts.items() if _is_waiting(each, state))
    if undecided:
        raise Refused("doubt_undecided", "A doubt waits for its decision.", doubts=undecided)


def _is_waiting(doubt: Doubt, state: Drafted) -> bool:
    is_out = doubt.filed.innovation_id in state.judged.disqualified
    return isinstance(doubt, Doubted) and not is_out


def _check_objections(state: Drafted) -> None:
    living = {
        key: each
        for key, each in state.objections.items()
        if each.filed.innovation_id not in state.judged.disqualified
    }
    undecided = tuple(key for key, each in living.items() if isinstance(each, Filed))
    if undecided:
        raise Refused(
            "objection_undecided", "An objection waits for its decision.", objections=undecided
        )
    awaited = tuple(key for key, each in living.items() if isinstance(each, Granted))
    if awaited:
        raise Refused(
            "correction_awaited",
            "A granted objection's new scorecard has not arrived yet.",
            objections=awaited,
        )


def publish(command: Publish, state: State) -> list[CompetitionEvent]:
    judged(state)
    if isinstance(state, Published):
        return []
    if not isinstance(state, Determined):
        raise Refused("not_determined", "Only determined results are published.")
    return [
        ResultsPublished(
            by=command.by,
            at=command.at,
            competition_id=state.drafted.judged.announced.competition_id,
            version=state.drafted.version,
            ranking=state.drafted.ranking,
        )
    ]
