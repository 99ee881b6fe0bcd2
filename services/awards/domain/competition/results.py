"""Decisions on results: drafting, ties, disqualification, determination, publication."""

from dataclasses import replace

from services.awards.domain.competition.commands import (
    Determine,
    Disqualify,
    DraftResults,
    Publish,
    ResolveTie,
)
from services.awards.domain.competition.questions import (
    category_of,
    drafted,
    entry_in,
    judged,
    unfinished,
)
from services.awards.domain.competition.states import (
    Determined,
    Drafted,
    Filed,
    Granted,
    Judging,
    Published,
    State,
)
from services.awards.domain.competition.versions import next_version
from services.awards.domain.entries import is_tied
from services.awards.domain.ranking import Vote, ties
from shared.errors import Refused
from shared.events.awards import (
    CompetitionEvent,
    EntryDisqualified,
    ResultsDetermined,
    ResultsPublished,
    TieResolved,
)

Command = DraftResults | ResolveTie | Disqualify | Determine | Publish


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case DraftResults():
            return draft_results(command, state)
        case ResolveTie():
            return resolve_tie(command, state)
        case Disqualify():
            return disqualify(command, state)
        case Determine():
            return determine(command, state)
        case Publish():
            return publish(command, state)


def draft_results(command: DraftResults, state: State) -> list[CompetitionEvent]:
    before = judged(state)
    if not isinstance(state, Judging):
        return []
    for category in before.rules.categories:
        waiting = unfinished(before, category)
        if waiting is not None:
            raise Refused(
                "round_unfinished",
                f"Round {waiting.code} of {category.code} is not over.",
                category=category.code,
                round=waiting.code,
            )
    first = next_version(command, Drafted(before, 0, ()), "first")
    if not first.ranking:
        raise Refused("nothing_to_rank", "No entry went on from all the rounds of its category.")
    return [first]


def resolve_tie(command: ResolveTie, state: State) -> list[CompetitionEvent]:
    state = drafted(state)
    category = category_of(state.judged, command.category)
    if Vote(command.category, command.order) in state.votes:
        return []
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the committee voted so.")
    if any(is_tied(command, entry_in(state.judged, each)) for each in command.order):
        raise Refused("conflict_of_interest", "Nobody votes on an innovation of their own.")
    tied = [set(each) for each in ties(state.ranking, category)]
    if set(command.order) not in tied or len(set(command.order)) != len(command.order):
        raise Refused(
            "not_a_tie",
            "A vote orders all the entries of one unresolved tie, each once.",
            category=command.category,
        )
    resolved = TieResolved(
        by=command.by,
        at=command.at,
        competition_id=state.judged.announced.competition_id,
        category=command.category,
        order=command.order,
        reason=command.reason,
        by_agency=command.agency,
    )
    after = replace(state, votes=(*state.votes, Vote(command.category, command.order)))
    return [resolved, next_version(command, after, "vote")]


def disqualify(command: Disqualify, state: State) -> list[CompetitionEvent]:
    before = judged(state)
    entry = entry_in(before, command.innovation_id)
    if entry.innovation_id in before.disqualified:
        return []
    _refuse_after_determination(state)
    if not command.ground.strip() or not command.reason.strip():
        raise Refused("reason_missing", "Say on what ground, and why, the entry is disqualified.")
    if is_tied(command, entry):
        raise Refused("conflict_of_interest", "Nobody decides on an innovation of their own.")
    out = EntryDisqualified(
        by=command.by,
        at=command.at,
        competition_id=before.announced.competition_id,
        innovation_id=entry.innovation_id,
        ground=command.ground,
        reason=command.reason,
        by_agency=command.agency,
    )
    if not isinstance(state, Drafted):
        return [out]
    without = replace(before, disqualified=before.disqualified | {entry.innovation_id})
    results = next_version(command, replace(state, judged=without), "disqualification")
    return [out, results.model_copy(update={"cause_id": entry.innovation_id})]


def _refuse_after_determination(state: State) -> None:
    if isinstance(state, Determined | Published):
        raise Refused("results_determined", "The results are determined; nothing changes them.")


def determine(command: Determine, state: State) -> list[CompetitionEvent]:
    judged(state)
    match state:
        case Determined() | Published():
            return _determined_already(command, state)
        case _:
            before = drafted(state)
    _check_window(command, before)
    _check_objections(before)
    for category in before.judged.rules.categories:
        if ties(before.ranking, category):
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
