"""What the minutes (berita acara) of one version of the results tell. Pure."""

from collections.abc import Iterable
from typing import Any

from services.awards.api.papers.contest import Contest
from services.awards.api.papers.disputes import doubts, objections
from services.awards.api.papers.labels import (
    CAUSES,
    GROUNDS,
    SCORED_BY,
    TIES,
    TITLES,
    points,
    tie_break,
)
from shared.events.awards import (
    CategoryRule,
    EntryDisqualified,
    MinutesSigned,
    RankedEntry,
    RoundRule,
    TieResolved,
)
from shared.papers import day_in_words
from shared.wita import WITA, long_date, long_moment


def told(contest: Contest) -> dict[str, Any]:
    """People stand here by their ids: names are not in the history."""
    results = contest.results
    return {
        "title": TITLES["minutes"],
        "opening": _opening(contest),
        "facts": _facts(contest),
        "categories": [_category(contest, each) for each in contest.categories],
        "votes": list(_votes(contest)),
        "disqualified": list(_disqualified(contest)),
        "objections": objections(contest),
        "doubts": doubts(contest),
        "signatures": list(_signatures(contest)),
        "source": {"event": results.id, "sequence": results.sequence},
    }


def _opening(contest: Contest) -> str:
    drafted = contest.results.fact.at.astimezone(WITA)
    return (
        f"Pada hari ini, {day_in_words(drafted.date())}, pukul {drafted:%H.%M} WITA, telah disusun"
        f" hasil penilaian {contest.fact.name} menurut aturan yang ditetapkan pada saat lomba"
        " diumumkan, dengan urutan sebagaimana tercantum di bawah ini."
    )


def _facts(contest: Contest) -> list[list[str]]:
    fact, results, decree = contest.fact, contest.results.fact, contest.determined
    return [
        ["Lomba", f"{fact.name} ({fact.competition_id})"],
        ["Musim penilaian", fact.season_id],
        ["Diumumkan", long_moment(fact.at)],
        ["Versi hasil", f"{results.version} ({CAUSES[results.cause]})"],
        ["Nilai yang sama", TIES[fact.rules.ties]],
        ["Penetapan", "belum ditetapkan" if decree is None else _decree(contest)],
        ["Sidik aturan", fact.rules_digest],
    ]


def _decree(contest: Contest) -> str:
    fact = contest.decree.fact
    return f"Keputusan Nomor {fact.decree_number} tanggal {long_date(fact.decree_date)}"


def _category(contest: Contest, category: CategoryRule) -> dict[str, Any]:
    rounds = category.rounds
    return {
        "name": category.name,
        "rounds": [_round(each) for each in rounds],
        "columns": [each.name for each in rounds],
        "places": [
            _row(contest, each, [rule.code for rule in rounds])
            for each in contest.places(category.code)
        ],
    }


def _round(rule: RoundRule) -> list[str]:
    passing = [
        *(() if rule.pass_mark is None else (f"nilai sekurangnya {points(rule.pass_mark)}",)),
        *(() if rule.advance is None else (f"{rule.advance} terbaik",)),
    ]
    criteria = ", ".join(f"{each.name} ({each.weight})" for each in rule.criteria)
    return [
        rule.name,
        SCORED_BY[rule.scored_by],
        f"{rule.weight}",
        criteria,
        " dan ".join(passing) or "semua",
    ]


def _row(contest: Contest, place: RankedEntry, rounds: list[str]) -> dict[str, Any]:
    scores = {each.round: points(each.score) for each in place.round_scores}
    entry = contest.entries[place.innovation_id]
    return {
        "rank": place.rank,
        "title": entry.title,
        "innovation": place.innovation_id,
        "agency": contest.agency(entry.agency_id),
        "scores": [scores.get(code, "-") for code in rounds],
        "final": points(place.final_score),
        "tie_break": tie_break(place.tie_break),
    }


def _votes(contest: Contest) -> Iterable[list[str]]:
    for event in contest.past.all(TieResolved, competition_id=contest.competition_id):
        vote = event.fact
        order = "; ".join(contest.title(each) for each in vote.order)
        yield [contest.category(vote.category).name, order, vote.reason, long_moment(vote.at)]


def _disqualified(contest: Contest) -> Iterable[list[str]]:
    for event in contest.past.all(EntryDisqualified, competition_id=contest.competition_id):
        out = event.fact
        ground = GROUNDS.get(out.ground, out.ground)
        yield [contest.title(out.innovation_id), ground, out.reason, long_moment(out.at)]


def _signatures(contest: Contest) -> Iterable[list[str]]:
    version = contest.results.fact.version
    signed = contest.past.all(MinutesSigned, competition_id=contest.competition_id, version=version)
    for event in signed:
        yield [event.fact.function, event.fact.by, long_moment(event.fact.at)]
