"""A place in published results, and what the rules give it. Pure."""

from collections.abc import Iterator

from services.awards.api.agencies import Names, called, region_called
from services.awards.projections import CompetitionView
from services.awards.projections.parts import ResultsView
from shared.events.awards import CategoryRule, Entry, RankedEntry, RoundScore
from shared.events.base import Score
from shared.http import Answer


class Place(Answer):
    """`tie_break` names the rule that set it apart from entries of the same final score.

    `prizes` are the labels of prizes and pools, as the rules have them; not what was paid.
    """

    category: str
    category_name: str
    rank: int
    innovation_id: str
    title: str
    agency_id: str
    agency_name: str
    region_id: str | None
    region_name: str | None
    final_score: Score
    round_scores: tuple[RoundScore, ...]
    tie_break: str | None
    prizes: tuple[str, ...]


def places(view: CompetitionView, results: ResultsView, names: Names) -> tuple[Place, ...]:
    """In the order of the results: category after category, best first."""
    entries = {each.entry.innovation_id: each for each in view.entries}
    rules = {each.code: each for each in view.rules.categories}
    return tuple(
        _place(
            each,
            entries[each.innovation_id].entry,
            names,
            tuple(_labels(each, rules[each.category], view, results)),
            rules[each.category].name,
        )
        for each in results.ranking
    )


def _place(
    ranked: RankedEntry, entry: Entry, names: Names, prizes: tuple[str, ...], category: str
) -> Place:
    return Place(
        category=ranked.category,
        category_name=category,
        rank=ranked.rank,
        innovation_id=ranked.innovation_id,
        title=entry.title,
        agency_id=entry.agency_id,
        agency_name=called(names, entry.agency_id),
        region_id=entry.region_id,
        region_name=region_called(names, entry.region_id),
        final_score=ranked.final_score,
        round_scores=ranked.round_scores,
        tie_break=ranked.tie_break,
        prizes=prizes,
    )


def _labels(
    ranked: RankedEntry, rule: CategoryRule, view: CompetitionView, results: ResultsView
) -> Iterator[str]:
    """A split tie shares the prizes of all the places that it takes."""
    tied = sum(
        (each.category, each.rank) == (ranked.category, ranked.rank) for each in results.ranking
    )
    taken = range(ranked.rank, ranked.rank + (tied if view.rules.ties == "split" else 1))
    named = {prize.rank for prize in rule.prizes if prize.to == "rank"}
    for prize in rule.prizes:
        match prize.to:
            case "rank":
                is_theirs = prize.rank in taken
            case "finalists":
                is_theirs = True
            case "other_finalists":
                is_theirs = not named.intersection(taken)
        if is_theirs:
            yield prize.label
    yield from (pool.label for pool in rule.pools if taken[0] <= pool.to_rank)
