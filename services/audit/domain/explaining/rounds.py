"""What an entry reached in a round: by its maturity, or by the judges' opened scores. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from services.audit.domain.explaining.history import History, announced_rule
from services.audit.domain.explaining.scorecards import scorecard_step
from services.audit.domain.explaining.steps import Rule, Step, Value, said
from services.audit.domain.explaining.words import COMBINED, exact, shown
from services.awards.domain.competition.states import Judging
from services.awards.domain.rounds import HIGHEST_MATURITY
from shared.events.awards import (
    COMPETITION,
    CategoryRule,
    Entry,
    RoundClosed,
    RoundOpened,
    RoundRule,
    RoundScore,
)
from shared.events.base import Recorded
from shared.events.scoring import (
    PANEL,
    Criterion,
    EntryMean,
    JudgeScore,
    ScoreSealed,
    ScoresRevealed,
    ThirdReadingAsked,
)


@dataclass(frozen=True, slots=True)
class Contest:
    """A category of a competition, and where its competition stands."""

    where: Judging
    category: CategoryRule

    @property
    def competition_id(self) -> str:
        return self.where.announced.competition_id

    @property
    def subject(self) -> str:
        return COMPETITION.subject(self.competition_id)


def contest_of(where: Judging, code: str) -> Contest | None:
    """None where the rules have no such category."""
    mine = (each for each in where.rules.categories if each.code == code)
    category = next(mine, None)
    return None if category is None else Contest(where, category)


def round_steps(
    contest: Contest, entry: Entry, scores: tuple[RoundScore, ...], history: History
) -> tuple[Step, ...]:
    """The rounds of the category in their order, as far as the entry was scored."""
    rules = {rule.code: rule for rule in contest.category.rounds}
    return tuple(
        _step(contest, rules[each.round], entry, each, history)
        for each in scores
        if each.round in rules
    )


def _step(
    contest: Contest, rule: RoundRule, entry: Entry, score: RoundScore, history: History
) -> Step:
    weights = sum(each.weight for each in contest.category.rounds)
    values: dict[str, Value] = {
        "round": rule.code,
        "scored_by": rule.scored_by,
        "score": exact(score.score),
        "weight": rule.weight,
        "weights": weights,
        "advanced": "yes" if score.advanced else "no",
    }
    is_panel = rule.scored_by == "panel"
    if not is_panel:
        values |= {"maturity": exact(entry.verified_maturity), "highest": HIGHEST_MATURITY}
    below = _panel(contest, rule, entry, history) if is_panel else _maturity(entry, history)
    how = (
        "penilaian juri"
        if is_panel
        else f"kematangan {shown(entry.verified_maturity)} dari {HIGHEST_MATURITY}"
    )
    return Step(
        kind="round",
        title=(
            f"Babak {rule.name}: {how}, nilai {shown(score.score)}, bobot {rule.weight} dari"
            f" {weights}, {'lanjut' if score.advanced else 'gugur'}"
        ),
        facts=said(_round_events(contest, rule, history)),
        values=values,
        rule=_rule(contest, rule),
        because=below,
    )


def _round_events(contest: Contest, rule: RoundRule, history: History) -> Iterator[Recorded[Any]]:
    for event in history.trail.on(contest.subject):
        fact = event.fact
        is_here = isinstance(fact, RoundOpened | RoundClosed) and (
            (fact.category, fact.round) == (contest.category.code, rule.code)
        )
        if is_here:
            yield event


def _rule(contest: Contest, rule: RoundRule) -> Rule:
    advance = "semua" if rule.advance is None else f"{rule.advance} terbaik"
    mark = "" if rule.pass_mark is None else f", nilai lulus {shown(rule.pass_mark)}"
    what = f"Babak {rule.name}: bobot {rule.weight}, {advance} lanjut{mark}"
    if rule.scored_by == "panel":
        what += f"; nilai juri digabung sebagai {COMBINED[rule.panel.combine]}"
        what += "" if rule.panel.official == "raw" else ", disesuaikan dengan kekerasan juri"
    else:
        what += f"; nilai = kematangan x 100 / {HIGHEST_MATURITY}, dua desimal"
    return announced_rule(what, contest.where)


def _maturity(entry: Entry, history: History) -> tuple[Step, ...]:
    return (scorecard_step(entry.innovation_id, entry.scorecard_number, history),)


def _panel(contest: Contest, rule: RoundRule, entry: Entry, history: History) -> tuple[Step, ...]:
    """What was revealed of the entry by the panel that awards opened for the round."""
    opened = [
        event.fact
        for event in _round_events(contest, rule, history)
        if isinstance(event.fact, RoundOpened) and event.fact.panel_id is not None
    ]
    if not opened:
        return ()
    subject = PANEL.subject(opened[-1].panel_id or "")
    revealed = history.trail.last(subject, ScoresRevealed)
    return tuple(
        _mean(event, mean, rule, history)
        for event in revealed
        for mean in event.fact.means
        if mean.innovation_id == entry.innovation_id
    )


def _mean(
    event: Recorded[ScoresRevealed], mean: EntryMean, rule: RoundRule, history: History
) -> Step:
    mine = [each for each in event.fact.scores if each.innovation_id == mean.innovation_id]
    severity = {each.judge_id: each.severity for each in event.fact.severities}
    values: dict[str, Value] = {
        "combine": rule.panel.combine,
        "official": rule.panel.official,
        "mean": exact(mean.mean),
        "judges": mean.judges,
        "third_reading": "yes" if mean.third_reading else "no",
    }
    if mean.adjusted is not None:
        values["adjusted"] = exact(mean.adjusted)
    third = history.trail.of(
        event.subject,
        ThirdReadingAsked,
        lambda fact: any(each.innovation_id == mean.innovation_id for each in fact.readings),
    )
    title = f"{COMBINED[rule.panel.combine].capitalize()} dari {mean.judges} juri"
    again = ", dengan pembacaan ketiga" if mean.third_reading else ""
    return Step(
        kind="panel",
        title=f"{title}: {shown(mean.mean)}{again} (panel {event.key})",
        facts=said((*third, event)),
        values=values,
        because=tuple(_judge(each, rule, severity, event, history) for each in mine),
    )


def _judge(
    score: JudgeScore,
    rule: RoundRule,
    severity: Mapping[str, Decimal],
    event: Recorded[ScoresRevealed],
    history: History,
) -> Step:
    pair = (score.judge_id, score.innovation_id)
    sealed = history.trail.last(
        event.subject, ScoreSealed, lambda fact: (fact.judge_id, fact.innovation_id) == pair
    )
    values: dict[str, Value] = {"judge_id": score.judge_id, "total": exact(score.total)}
    if sealed:
        values["commitment"] = sealed[0].fact.commitment
    if score.judge_id in severity:
        values["severity"] = exact(severity[score.judge_id])
    criteria = {each.code: each for each in rule.criteria}
    return Step(
        kind="judge",
        title=f"Juri {score.judge_id}: {shown(score.total)} dari 100, disegel lalu dibuka",
        facts=said((*sealed, event)),
        values=values,
        because=tuple(
            _criterion(criteria[each.criterion], each.score)
            for each in score.scores
            if each.criterion in criteria
        ),
    )


def _criterion(criterion: Criterion, score: Decimal) -> Step:
    return Step(
        kind="criterion",
        title=(
            f"{criterion.name}: {shown(score)} dari {criterion.scale}, bobot {criterion.weight}"
        ),
        values={
            "criterion": criterion.code,
            "score": exact(score),
            "scale": criterion.scale,
            "weight": criterion.weight,
        },
    )
