"""Decisions on rounds: who goes in, and who goes on."""

from services.awards.domain.competition.commands import CloseJudgedRound, CloseRound, OpenRound
from services.awards.domain.competition.questions import (
    category_of,
    contenders,
    round_of,
    still_judging,
)
from services.awards.domain.competition.states import Judging, OpenedRound, State
from services.awards.domain.rounds import (
    ClosedRound,
    closed,
    first_criterion_means,
    maturity_score,
)
from shared.errors import Refused
from shared.events.awards import CompetitionEvent, Entry, RoundClosed, RoundOpened, RoundRule
from shared.events.scoring import PanelEntry

Command = OpenRound | CloseRound | CloseJudgedRound


def decide(command: Command, state: State) -> list[CompetitionEvent]:
    match command:
        case OpenRound():
            return open_round(command, state)
        case CloseRound():
            return close_round(command, state)
        case CloseJudgedRound():
            return close_judged_round(command, state)


def open_round(command: OpenRound, state: State) -> list[CompetitionEvent]:
    state = still_judging(state)
    category = category_of(state, command.category)
    rule = round_of(category, command.round)
    if (category.code, rule.code) in state.rounds:
        return []
    for before in category.rounds[: category.rounds.index(rule)]:
        if not isinstance(state.rounds.get((category.code, before.code)), ClosedRound):
            raise Refused(
                "previous_round_open",
                f"Round {before.code} is not closed yet.",
                category=category.code,
                round=before.code,
            )
    entries = contenders(state, category, rule)
    if not entries:
        raise Refused(
            "no_entries",
            "Nobody is left to go into this round.",
            category=category.code,
            round=rule.code,
        )
    return [_opened(command, rule, entries, state)]


def _opened(
    command: OpenRound, rule: RoundRule, entries: list[Entry], state: Judging
) -> RoundOpened:
    return RoundOpened(
        by=command.by,
        at=command.at,
        competition_id=state.announced.competition_id,
        category=command.category,
        round=rule.code,
        scored_by=rule.scored_by,
        panel_id=command.panel_id if rule.scored_by == "panel" else None,
        criteria=rule.criteria,
        judges=rule.judges,
        entries=tuple(
            PanelEntry(
                innovation_id=entry.innovation_id,
                title=entry.title,
                agency_path=entry.agency_path,
                drafters=entry.drafters,
            )
            for entry in entries
        ),
    )


def close_round(command: CloseRound, state: State) -> list[CompetitionEvent]:
    state = still_judging(state)
    rule = round_of(category_of(state, command.category), command.round)
    if rule.scored_by == "panel":
        raise Refused(
            "scored_by_panel",
            "This round closes when its judges' scores are revealed.",
            category=command.category,
            round=rule.code,
        )
    opened = _to_close(command, state)
    if opened is None:
        return []
    scores = {
        each: maturity_score(state.entries[each].verified_maturity)
        for each in opened.entries
        if each not in state.disqualified
    }
    return [_closed(command, state).model_copy(update={"scores": closed(rule, scores)})]


def close_judged_round(command: CloseJudgedRound, state: State) -> list[CompetitionEvent]:
    """An entry without a single judge's score is nobody's zero: the round is refused."""
    state = still_judging(state)
    rule = round_of(category_of(state, command.category), command.round)
    opened = _to_close(command, state)
    if opened is None:
        return []
    if opened.panel_id != command.panel_id:
        raise Refused("other_panel", "These scores were revealed for another panel.")
    means = {each.innovation_id: each.mean for each in command.means if each.judges > 0}
    here = [each for each in opened.entries if each not in state.disqualified]
    unscored = tuple(each for each in here if each not in means)
    if unscored:
        raise Refused("mean_missing", "Entries have no judge's score.", innovations=unscored)
    updates = {
        "means": command.means,
        "scores": closed(rule, {each: means[each] for each in here}),
        "first_criterion": first_criterion_means(rule.criteria, command.scores),
    }
    return [_closed(command, state).model_copy(update=updates)]


def _to_close(command: CloseRound | CloseJudgedRound, state: Judging) -> OpenedRound | None:
    """The open round, or None if it is closed already."""
    match state.rounds.get((command.category, command.round)):
        case None:
            raise Refused(
                "round_not_open",
                "This round is not open.",
                category=command.category,
                round=command.round,
            )
        case ClosedRound():
            return None
        case OpenedRound() as opened:
            return opened


def _closed(command: CloseRound | CloseJudgedRound, state: Judging) -> RoundClosed:
    return RoundClosed(
        by=command.by,
        at=command.at,
        competition_id=state.announced.competition_id,
        category=command.category,
        round=command.round,
        means=(),
        scores=(),
    )
