"""Decisions on results: drafting, ties, disqualification."""

from dataclasses import replace

from services.awards.domain.competition.commands import (
    DecideDoubt,
    Disqualify,
    DraftResults,
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
    Judging,
    Published,
    State,
)
from services.awards.domain.competition.versions import next_version
from services.awards.domain.entries import is_tied
from services.awards.domain.ranking import Vote, votes_needed
from shared.errors import Refused
from shared.events.awards import (
    CompetitionEvent,
    Entry,
    EntryDisqualified,
    TieResolved,
)

NOT_ORIGINAL = "not_original"
Command = DraftResults | ResolveTie | Disqualify


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case DraftResults():
            return draft_results(command, state)
        case ResolveTie():
            return resolve_tie(command, state)
        case Disqualify():
            return disqualify(command, state)


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
    tied = [set(each) for each in votes_needed(state.ranking, category, state.judged.rules)]
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
    if isinstance(state, Drafted):
        return disqualified(command, state, entry)
    return [_out(command, before, entry)]


def disqualified(
    command: Disqualify | DecideDoubt, state: Drafted, entry: Entry
) -> list[CompetitionEvent]:
    """The entry is out, and the next version of the results goes without it."""
    before = state.judged
    without = replace(before, disqualified=before.disqualified | {entry.innovation_id})
    after = replace(state, judged=without)
    out = _out(command, before, entry)
    if isinstance(command, Disqualify):
        results = next_version(command, after, "disqualification")
        return [out, results.model_copy(update={"cause_id": entry.innovation_id})]
    results = next_version(command, after, "doubt")
    return [out, results.model_copy(update={"cause_id": command.doubt_id})]


def _out(command: Disqualify | DecideDoubt, before: Judging, entry: Entry) -> EntryDisqualified:
    return EntryDisqualified(
        by=command.by,
        at=command.at,
        competition_id=before.announced.competition_id,
        innovation_id=entry.innovation_id,
        ground=command.ground if isinstance(command, Disqualify) else NOT_ORIGINAL,
        reason=command.reason,
        by_agency=command.agency,
    )


def _refuse_after_determination(state: State) -> None:
    if isinstance(state, Determined | Published):
        raise Refused("results_determined", "The results are determined; nothing changes them.")
