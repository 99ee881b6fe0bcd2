"""Everybody of a category side by side, with all that decides who stands above whom. Pure."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby
from typing import assert_never

from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.rounds import Contest
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.words import TIE_BREAKS, category_named, exact, shown
from services.awards.domain.competition.questions import entries_of
from services.awards.domain.competition.states import Drafted
from services.awards.domain.ranking import Finalist, finalist
from services.awards.domain.rounds import ClosedRound
from shared.events.awards import Entry, EntryDisqualified, RankedEntry, TieBreak, TieResolved

Measures = tuple[Decimal, ...]


def ranking_step(contest: Contest, results: Drafted, history: History) -> Step:
    """The whole category: a place is one more than the number of those who stand above."""
    about = f"ranking/{contest.competition_id}/{contest.category.code}"
    return history.once(about, lambda: _step(contest, results, history))


def _step(contest: Contest, results: Drafted, history: History) -> Step:
    code = contest.category.code
    places = {each.innovation_id: each for each in results.ranking if each.category == code}
    finalists = _finalists(contest)
    votes = _votes(contest, results, list(finalists.values()))
    voted = history.trail.of(contest.subject, TieResolved, lambda each: each.category == code)
    ordered = sorted(places.values(), key=lambda each: (each.rank, each.innovation_id))
    return Step(
        kind="ranking",
        title=f"Perbandingan {len(places)} finalis kategori {category_named(contest.category)}",
        facts=said(voted),
        values={"finalists": len(places)},
        because=(
            *(_place(each, finalists, votes, contest) for each in ordered),
            *_fell_out(contest, places, history),
        ),
    )


def _finalists(contest: Contest) -> Mapping[str, Finalist]:
    """Computed again from the rounds as they closed."""
    category, where = contest.category, contest.where
    rounds = {
        code: result
        for (at, code), result in where.rounds.items()
        if at == category.code and isinstance(result, ClosedRound)
    }
    found = (finalist(category, entry, rounds) for entry in entries_of(where, category))
    return {each.entry.innovation_id: each for each in found if each is not None}


def _measures(each: Finalist, tie_breaks: Sequence[TieBreak]) -> Measures:
    return each.final_score, *(_measure(each, name) for name in tie_breaks)


def _measure(each: Finalist, tie_break: TieBreak) -> Decimal:
    match tie_break:
        case "last_round":
            return each.round_scores[-1].score
        case "first_criterion":
            return each.first_criterion
        case "verified_maturity":
            return each.entry.verified_maturity
        case "evidence_acceptance":
            return each.entry.evidence_acceptance
        case _:
            assert_never(tie_break)


def _votes(contest: Contest, results: Drafted, finalists: Sequence[Finalist]) -> Mapping[str, int]:
    """The place in the vote that separated those whom every rule left equal; 1 is the best."""
    breaks = contest.where.rules.tie_breaks

    def measures(each: Finalist) -> Measures:
        return _measures(each, breaks)

    found: dict[str, int] = {}
    for _, equal in groupby(sorted(finalists, key=measures), key=measures):
        tied = {each.entry.innovation_id for each in equal}
        orders = [each.order for each in results.votes if each.category == contest.category.code]
        fitting = [order for order in orders if tied.issubset(order)]
        if len(tied) > 1 and fitting:
            found |= {each: fitting[-1].index(each) + 1 for each in tied}
    return found


def _place(
    place: RankedEntry,
    finalists: Mapping[str, Finalist],
    votes: Mapping[str, int],
    contest: Contest,
) -> Step:
    key = place.innovation_id
    values: dict[str, Value] = {
        "innovation_id": key,
        "rank": place.rank,
        "final_score": exact(place.final_score),
    }
    breaks = contest.where.rules.tie_breaks
    if key in finalists:
        values |= {name: exact(_measure(finalists[key], name)) for name in breaks}
    if key in votes:
        values["vote"] = votes[key]
    told = [f"{TIE_BREAKS[name]} {values[name]}" for name in breaks if name in values]
    told += [f"suara ke-{votes[key]}"] if key in votes else []
    more = f" ({', '.join(told)})".replace(".", ",") if told else ""
    title = f"Peringkat {place.rank}: {key}, nilai akhir {shown(place.final_score)}{more}"
    return Step("place", title, values=values)


def _fell_out(
    contest: Contest, places: Mapping[str, RankedEntry], history: History
) -> tuple[Step, ...]:
    """The other entries of the category."""
    where, code = contest.where, contest.category.code
    others = [
        entry
        for key, entry in sorted(where.entries.items())
        if entry.category == code and key not in places
    ]
    return tuple(_without(entry, contest, history) for entry in others)


def _without(entry: Entry, contest: Contest, history: History) -> Step:
    key = entry.innovation_id
    out = tuple(
        history.trail.of(contest.subject, EntryDisqualified, lambda each: each.innovation_id == key)
    )
    why = f"didiskualifikasi ({out[-1].fact.ground})" if out else "gugur sebelum babak terakhir"
    return Step("no_place", f"{key}: {why}", facts=said(out), values={"innovation_id": key})
