"""Decisions on rounds: who goes in, and who goes on."""

from decimal import Decimal

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
from shared.events.scoring import EntryMean, PanelEntry

Command = OpenRound | CloseRound | CloseJudgedRound
MOST_SCORES = 2_000
"""Judges times entries of a panel: some 450 bytes each, of the million that a fact may have."""


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
    judges = _free(rule.judges, entries)
    reserve = _free(rule.panel.reserve_judges, entries)
    _require_scores_that_fit(rule, (len(judges) + bool(reserve)) * len(entries))
    if rule.scored_by == "panel" and not judges:
        raise Refused(
            "judges_are_entrants",
            "Every judge of this round made one of its entries; nobody is left to score them.",
            category=command.category,
            round=rule.code,
        )
    return RoundOpened(
        by=command.by,
        at=command.at,
        competition_id=state.announced.competition_id,
        category=command.category,
        round=rule.code,
        scored_by=rule.scored_by,
        panel_id=command.panel_id if rule.scored_by == "panel" else None,
        criteria=rule.criteria,
        judges=judges,
        panel_rule=rule.panel.model_copy(update={"reserve_judges": reserve}),
        entries=tuple(_panel_entry(rule, entry) for entry in entries),
    )


def _panel_entry(rule: RoundRule, entry: Entry) -> PanelEntry:
    """Who may not judge it matters to judges alone; a round of thousands is one fact too."""
    if rule.scored_by == "maturity":
        return PanelEntry(innovation_id=entry.innovation_id, title="", agency_path=(), drafters=())
    return PanelEntry(
        innovation_id=entry.innovation_id,
        title=entry.title,
        agency_path=entry.agency_path,
        drafters=entry.drafters,
    )


def _require_scores_that_fit(rule: RoundRule, scores: int) -> None:
    """All scores of a panel are revealed in one fact."""
    if rule.scored_by == "panel" and scores > MOST_SCORES:
        raise Refused(
            "panel_too_large",
            "So many scores cannot be revealed together; let fewer entries go on, or split the"
            " category.",
            scores=scores,
            most=MOST_SCORES,
        )


def _free(judges: tuple[str, ...], entries: list[Entry]) -> tuple[str, ...]:
    """The judges who made none of the entries: who competes does not judge (domain, 6.1)."""
    entrants = {person for entry in entries for person in entry.drafters}
    return tuple(judge for judge in judges if judge not in entrants)


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
    means = _official(rule, command.means)
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


def _official(rule: RoundRule, means: tuple[EntryMean, ...]) -> dict[str, Decimal]:
    """The scores that count: severity-adjusted only where the rule said so and all could be."""
    scored = [each for each in means if each.judges > 0]
    adjusted = {each.innovation_id: each.adjusted for each in scored if each.adjusted is not None}
    if rule.panel.official == "severity_adjusted" and len(adjusted) == len(scored):
        return adjusted
    return {each.innovation_id: each.mean for each in scored}


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
