"""How a round is scored and who goes on from it. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from shared.editions.numbers import two_decimals
from shared.events.awards import Entry, RoundRule, RoundScore
from shared.events.scoring import Criterion, EntryMean, JudgeScore

HIGHEST_MATURITY = 111  # 20 SID rows, weights 37, level 3: domain, section 2.1


@dataclass(frozen=True, slots=True)
class ClosedRound:
    """Scores by innovation as they were when the round closed."""

    scores: Mapping[str, RoundScore]
    first_criterion: Mapping[str, Decimal] = field(default_factory=dict[str, Decimal])


def maturity_score(verified_maturity: Decimal) -> Decimal:
    """Verified maturity, of 111, as a score of 100: two decimals, half up."""
    return two_decimals(verified_maturity * 100, HIGHEST_MATURITY)


def closed(rule: RoundRule, scores: Mapping[str, Decimal]) -> tuple[RoundScore, ...]:
    """The round's scores, best first, with who goes on.

    On go those who reach the pass mark, of them the best `advance`, and all who are equal to the
    last of these.
    """
    passed = sorted((s for s in scores.values() if _passes(rule, s)), reverse=True)
    taken = passed if rule.advance is None else passed[: rule.advance]
    cut = taken[-1] if taken else None
    return tuple(
        RoundScore(
            round=rule.code,
            innovation_id=innovation,
            score=score,
            advanced=cut is not None and score >= cut,
        )
        for innovation, score in sorted(scores.items(), key=lambda each: (-each[1], each[0]))
    )


def score_again(rule: RoundRule, entry: Entry, result: ClosedRound) -> RoundScore | None:
    """An entry's score in a closed round as its scorecard stands now; None if it has none.

    A maturity round follows a corrected scorecard: the entry is held against the cut that was
    drawn then, and nobody else is moved by it. A panel's score stays as it was revealed.
    """
    recorded = result.scores.get(entry.innovation_id)
    if rule.scored_by == "panel":
        return recorded
    score = maturity_score(entry.verified_maturity)
    if recorded is not None and recorded.score == score:
        return recorded
    return RoundScore(
        round=rule.code,
        innovation_id=entry.innovation_id,
        score=score,
        advanced=_passes(rule, score) and _reaches_cut(rule, score, result),
    )


def first_criterion_means(
    criteria: Sequence[Criterion], scores: Iterable[JudgeScore]
) -> tuple[EntryMean, ...]:
    """The judges' arithmetic mean on the first criterion, per entry: 0..100, two decimals."""
    first = criteria[0]
    given: dict[str, list[Decimal]] = defaultdict(list)
    for judge in scores:
        for each in judge.scores:
            if each.criterion == first.code:
                given[judge.innovation_id].append(each.score)
    return tuple(
        EntryMean(
            innovation_id=innovation,
            judges=len(points),
            mean=two_decimals(sum(points, Decimal(0)) * 100, first.scale * len(points)),
        )
        for innovation, points in sorted(given.items())
    )


def _passes(rule: RoundRule, score: Decimal) -> bool:
    return rule.pass_mark is None or score >= rule.pass_mark


def _reaches_cut(rule: RoundRule, score: Decimal, result: ClosedRound) -> bool:
    if rule.advance is None:
        return True
    went_on = [each.score for each in result.scores.values() if each.advanced]
    if len(went_on) < rule.advance:
        return True
    return score >= min(went_on)
