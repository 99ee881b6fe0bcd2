"""From round scores to places: a total order that does not depend on the order of the input. Pure.

A tie on the final score goes through the declared tie-breaks in their order, then to a recorded
vote of the committee; what is still equal shares a rank. Never the time of submission, never chance
(domain, section 6.1).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from services.awards.domain.rounds import ClosedRound, score_again
from shared.editions.numbers import two_decimals
from shared.events.awards import (
    CategoryRule,
    CompetitionRules,
    Entry,
    RankedEntry,
    RoundScore,
    TieBreak,
)

Rounds = Mapping[str, ClosedRound]
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Vote:
    """What the committee voted on entries that the rules left equal, best first."""

    category: str
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finalist:
    """An entry that went on from every round, with what its place is decided by."""

    entry: Entry
    round_scores: tuple[RoundScore, ...]
    final_score: Decimal
    first_criterion: Decimal


@dataclass(frozen=True, slots=True)
class Order:
    """How ties are broken: by the declared rules, then by the committee's latest fitting vote."""

    tie_breaks: Sequence[TieBreak]
    votes: Sequence[Vote] = ()


def ranked(
    category: CategoryRule, entries: Iterable[Entry], rounds: Rounds, order: Order
) -> tuple[RankedEntry, ...]:
    """The places of a category: finalists only, best first, equals by innovation id."""
    finalists = [f for entry in entries if (f := finalist(category, entry, rounds)) is not None]
    votes = [vote for vote in order.votes if vote.category == category.code]
    places: list[RankedEntry] = []
    for group, tie_break in _separated(finalists, order.tie_breaks, votes):
        rank = len(places) + 1
        places += [_place(each, rank, tie_break) for each in sorted(group, key=_innovation)]
    return tuple(places)


def finalist(category: CategoryRule, entry: Entry, rounds: Rounds) -> Finalist | None:
    """The entry with its final score, or None if it fell out in some round."""
    scores: list[RoundScore] = []
    for rule in category.rounds:
        result = rounds.get(rule.code)
        score = None if result is None else score_again(rule, entry, result)
        if score is None or not score.advanced:
            return None
        scores.append(score)
    return Finalist(
        entry=entry,
        round_scores=tuple(scores),
        final_score=final_score(category, scores),
        first_criterion=_first_criterion(category, entry, rounds),
    )


def final_score(category: CategoryRule, scores: Sequence[RoundScore]) -> Decimal:
    """Σ weight x round score / Σ weight, rounded half up to two decimals once, at the end."""
    weights = [rule.weight for rule in category.rounds]
    pairs = zip(weights, scores, strict=True)
    weighted = sum((weight * each.score for weight, each in pairs), Decimal(0))
    return two_decimals(weighted, sum(weights))


def ties(ranking: Sequence[RankedEntry], category: CategoryRule) -> tuple[tuple[str, ...], ...]:
    """The entries of a category that share a rank on which a prize hangs, tie by tie.

    n entries that share rank r stand on the places r to r + n - 1. A tie below the prizes decides
    nothing and needs no vote.
    """
    mine = [each for each in ranking if each.category == category.code]
    prized = prized_ranks(category)
    groups = [tuple(group) for _, group in groupby(mine, key=lambda each: each.rank)]
    return tuple(
        tuple(each.innovation_id for each in group)
        for group in groups
        if len(group) > 1 and prized.intersection(_places(group))
    )


def votes_needed(
    ranking: Sequence[RankedEntry], category: CategoryRule, rules: CompetitionRules
) -> tuple[tuple[str, ...], ...]:
    """The ties that money rules leave open: all of them, or those that nobody can split.

    What is in kind cannot be split; a promoted tie needs no vote at all.
    """
    if rules.ties == "promote":
        return ()
    found = ties(ranking, category)
    if rules.ties == "vote":
        return found
    in_kind = {each.rank for each in category.prizes if each.to == "rank" and each.in_kind.strip()}
    ranks = {each.innovation_id: each.rank for each in ranking if each.category == category.code}
    return tuple(
        tie for tie in found if in_kind.intersection(range(ranks[tie[0]], ranks[tie[0]] + len(tie)))
    )


def prized_ranks(category: CategoryRule) -> frozenset[int]:
    """The ranks that a prize of their own or a pool depends on."""
    named = {prize.rank for prize in category.prizes if prize.to == "rank"}
    pooled = {rank for pool in category.pools for rank in range(1, pool.to_rank + 1)}
    return frozenset(named | pooled)


def _places(group: Sequence[RankedEntry]) -> range:
    return range(group[0].rank, group[0].rank + len(group))


Group = tuple[list[Finalist], str | None]


def _separated(
    finalists: Sequence[Finalist], tie_breaks: Sequence[TieBreak], votes: Sequence[Vote]
) -> list[Group]:
    """Groups of equals, best first, each with the rule that set it apart from its last equals."""
    groups: list[Group] = [(each, None) for each in _split(finalists, lambda f: f.final_score)]
    for tie_break in tie_breaks:
        groups = _apart(groups, tie_break, lambda f, rule=tie_break: _measure(f, rule))
    return [part for group in groups for part in _voted(group, votes)]


def _apart(
    groups: Sequence[Group], name: str, measure: Callable[[Finalist], Decimal]
) -> list[Group]:
    """Each group split by a measure; a group that it leaves whole keeps what set it apart."""
    after: list[Group] = []
    for group, tie_break in groups:
        if len(group) == 1:
            after.append((group, tie_break))
            continue
        parts = _split(group, measure)
        after += [(part, name if len(parts) > 1 else tie_break) for part in parts]
    return after


def _voted(group: Group, votes: Sequence[Vote]) -> list[Group]:
    """A vote counts where it named every entry of the tie."""
    if len(group[0]) == 1:
        return [group]
    tied = {_innovation(each) for each in group[0]}
    vote = next((each for each in reversed(votes) if tied.issubset(each.order)), None)
    if vote is None:
        return [group]
    places = {innovation: place for place, innovation in enumerate(vote.order)}
    return _apart([group], "vote", lambda f: Decimal(-places[_innovation(f)]))


def _split(
    finalists: Iterable[Finalist], measure: Callable[[Finalist], Decimal]
) -> list[list[Finalist]]:
    ordered = sorted(finalists, key=measure, reverse=True)
    return [list(group) for _, group in groupby(ordered, key=measure)]


def _measure(finalist: Finalist, tie_break: TieBreak) -> Decimal:
    match tie_break:
        case "last_round":
            return finalist.round_scores[-1].score
        case "first_criterion":
            return finalist.first_criterion
        case "verified_maturity":
            return finalist.entry.verified_maturity
        case "evidence_acceptance":
            return finalist.entry.evidence_acceptance
        case _:
            assert_never(tie_break)


def _first_criterion(category: CategoryRule, entry: Entry, rounds: Rounds) -> Decimal:
    """The mean on the first criterion of the last round that judges scored; 0 without one."""
    panels = [rule.code for rule in category.rounds if rule.scored_by == "panel"]
    if not panels:
        return NOTHING
    return rounds[panels[-1]].first_criterion.get(entry.innovation_id, NOTHING)


def _innovation(finalist: Finalist) -> str:
    return finalist.entry.innovation_id


def _place(finalist: Finalist, rank: int, tie_break: str | None) -> RankedEntry:
    return RankedEntry(
        innovation_id=_innovation(finalist),
        category=finalist.entry.category,
        rank=rank,
        final_score=finalist.final_score,
        round_scores=finalist.round_scores,
        tie_break=tie_break,
    )
