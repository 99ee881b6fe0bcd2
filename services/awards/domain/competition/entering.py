"""Decisions at the start: announcing a competition, and who enters it."""

from services.awards.domain import rules as announced_rules
from services.awards.domain.competition.commands import Announce, Enrol, EnrolByHand
from services.awards.domain.competition.questions import (
    category_of,
    is_frozen,
    judged,
    still_judging,
)
from services.awards.domain.competition.states import Judging, Missing, State
from services.awards.domain.entries import category_for, entry_of, is_past_winner, is_tied
from shared.errors import Refused
from shared.events.awards import (
    CategoryRule,
    CompetitionAnnounced,
    CompetitionEvent,
    Entry,
    EntryEnrolled,
)
from shared.events.scoring import InnovationScored


def announce(command: Announce, state: State) -> list[CompetitionEvent]:
    announced_rules.check(command.rules)
    if isinstance(state, Missing):
        announced_rules.check_funds(command.rules, command.funds)
    fact = CompetitionAnnounced(
        by=command.by,
        at=command.at,
        competition_id=command.competition_id,
        name=command.name,
        season_id=command.season_id,
        rules=command.rules,
        rules_digest=announced_rules.digest_of(command.rules),
    )
    if isinstance(state, Missing):
        return [fact]
    before = judged(state).announced
    if before == fact.model_copy(update={"by": before.by, "at": before.at}):
        return []
    raise Refused(
        "already_announced",
        "There is a competition of this name with other rules.",
        competition_id=command.competition_id,
    )


def enrol(command: Enrol, state: State) -> list[CompetitionEvent]:
    if not isinstance(state, Judging):
        judged(state)
        return []
    facts = (_by_rule(command, scored, state) for scored in command.scorecards)
    return [fact for fact in facts if fact is not None]


def _by_rule(command: Enrol, scored: InnovationScored, state: Judging) -> EntryEnrolled | None:
    if scored.season_id != state.announced.season_id:
        return None
    known = state.entries.get(scored.innovation_id)
    if known is not None and known.scorecard_number >= scored.number:
        return None
    if scored.innovation_id in state.disqualified:
        return None
    invited = category_for(state.rules, scored, command.past_wins)
    category = known.category if known is not None else invited.code if invited else None
    if category is None or is_frozen(state, category):
        return None
    return _enrolled(command, entry_of(scored, category), "", state)


def enrol_by_hand(command: EnrolByHand, state: State) -> list[CompetitionEvent]:
    state = still_judging(state)
    category = category_of(state, command.category)
    entry = entry_of(command.scorecard, category.code)
    _check_invitation(command, entry, category, state)
    known = state.entries.get(entry.innovation_id)
    if known is not None and known.category != category.code:
        raise Refused(
            "already_entered",
            "The innovation is entered in another category.",
            category=known.category,
        )
    if known is not None and known.scorecard_number >= entry.scorecard_number:
        return []
    if is_frozen(state, category.code):
        raise Refused(
            "entries_frozen",
            "The category's first round is open; nobody enters any more.",
            category=category.code,
        )
    return [_enrolled(command, entry, command.reason, state)]


def _check_invitation(
    command: EnrolByHand, entry: Entry, category: CategoryRule, state: Judging
) -> None:
    if not command.reason.strip():
        raise Refused("reason_missing", "Say why the innovation is entered by hand.")
    if is_tied(command, entry):
        raise Refused("conflict_of_interest", "Nobody enters an innovation of their own by hand.")
    if command.scorecard.training:
        raise Refused("training", "An innovation of a training season enters no competition.")
    if command.scorecard.season_id != state.announced.season_id:
        raise Refused(
            "other_season",
            "The innovation was scored in another season.",
            season_id=command.scorecard.season_id,
        )
    entrants = {judge for rule in category.rounds for judge in rule.judges} & {*entry.drafters}
    if entrants:
        raise Refused(
            "judge_is_entrant",
            "A judge of this category made the innovation; who judges does not compete.",
            judges=tuple(sorted(entrants)),
        )
    if is_past_winner(category, command.scorecard, command.past_wins):
        raise Refused(
            "past_winner",
            "The innovation won before and enters no more, as the rules have it.",
            innovation_id=entry.innovation_id,
        )


def _enrolled(
    command: Enrol | EnrolByHand, entry: Entry, reason: str, state: Judging
) -> EntryEnrolled:
    return EntryEnrolled(
        by=command.by,
        at=command.at,
        competition_id=state.announced.competition_id,
        entry=entry,
        reason=reason,
        by_agency=command.agency if isinstance(command, EnrolByHand) else None,
    )
