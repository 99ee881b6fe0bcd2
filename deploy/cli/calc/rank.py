"""Entries with their scores in each round, ranked by the code that ranks a competition."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from deploy.cli.calc.rank_request import (
    EntryGiven,
    RankRequest,
    RoundGiven,
    RulesGiven,
    check,
    check_tie_breaks,
)
from deploy.cli.calc.running import Answer, Impossible, Source, run
from deploy.cli.json_input import shown
from services.awards.domain.ranking import Order, Vote, ranked
from services.awards.domain.rounds import ClosedRound, closed
from shared.editions.numbers import exactly
from shared.events.awards import CategoryRule, Entry, RankedEntry, RoundRule, RoundScore

CATEGORY = "all"
NOTHING = Decimal(0)


def rank(file: Source = None) -> None:
    """Ranks entries by their scores: weighted mean of the rounds, two decimals, half up.

    {"rules": {"rounds": [{"code": "proposal", "weight": 40, "advance": 10},
    {"code": "final", "weight": 60, "pass_mark": 60}], "tie_breaks": ["last_round"]},
    "entries": [{"id": "A", "scores": {"proposal": "80.5", "final": 90}}]} ->
    {"ranking": [{"rank", "id", "final_score", "tie_break"}], "out": [{"id", "round", "why"}],
    "ties": [["A", "B"]]}

    Scores run from 0 to 100; weights add up to "weights_total" (100 unless given). A round lets
    those go on who reach "pass_mark", of them the best "advance" and all equal to the last of
    these; who is out needs no later score. "tie_breaks" are last_round, first_criterion,
    verified_maturity and evidence_acceptance, in the order wanted; the values of the last three
    are given with the entries. "votes": [["B", "A"]] are the committee's, best first. What is
    still equal shares a rank and is listed in "ties".
    """
    run(file, _rank)


@dataclass(frozen=True, slots=True)
class Names:
    """People's ids may be any text; the keys that stand for them here sort as they do."""

    keys: Mapping[str, str]
    ids: Mapping[str, str]


def _names(entries: Iterable[EntryGiven]) -> Names:
    keys = {name: f"e{number:09}" for number, name in enumerate(sorted(e.id for e in entries))}
    return Names(keys, {key: name for name, key in keys.items()})


def _rank(given: object) -> Answer:
    request = RankRequest.model_validate(given)
    check(request)
    names = _names(request.entries)
    with exactly():
        category = _category(request.rules)
        contest = _contested(request, category, names)
        check_tie_breaks(request, contest.finalists)
        entries = [_entry(each, names) for each in contest.finalists]
        ranking = ranked(category, entries, contest.rounds, _order(request, names))
    return {
        "ranking": [_place(each, names) for each in ranking],
        "out": contest.out,
        "ties": list(_ties(ranking, names)),
    }


def _order(request: RankRequest, names: Names) -> Order:
    votes = [Vote(CATEGORY, tuple(names.keys[each] for each in vote)) for vote in request.votes]
    return Order(request.rules.tie_breaks, votes)


def _place(each: RankedEntry, names: Names) -> Answer:
    return {
        "rank": each.rank,
        "id": names.ids[each.innovation_id],
        "final_score": str(each.final_score),
        "tie_break": each.tie_break,
    }


def _ties(ranking: Sequence[RankedEntry], names: Names) -> Iterator[list[str]]:
    for _, group in groupby(ranking, key=lambda each: each.rank):
        tied = [names.ids[each.innovation_id] for each in group]
        if len(tied) > 1:
            yield tied


@dataclass(frozen=True, slots=True)
class Contest:
    """The rounds one after the other: who went on, and who fell out where and why."""

    rounds: Mapping[str, ClosedRound]
    finalists: Sequence[EntryGiven]
    out: Sequence[Answer]


def _contested(request: RankRequest, category: CategoryRule, names: Names) -> Contest:
    rounds: dict[str, ClosedRound] = {}
    out: list[Answer] = []
    left = request.entries
    for asked, rule in zip(request.rules.rounds, category.rounds, strict=True):
        scores = closed(rule, {names.keys[each.id]: _score(each, asked.code) for each in left})
        advanced = {names.ids[each.innovation_id] for each in scores if each.advanced}
        out += [_fallen(asked, each, names) for each in scores if not each.advanced]
        first = {names.keys[e.id]: e.first_criterion or NOTHING for e in left}
        rounds[rule.code] = ClosedRound({each.innovation_id: each for each in scores}, first)
        left = [each for each in left if each.id in advanced]
    return Contest(rounds, left, out)


def _score(entry: EntryGiven, code: str) -> Decimal:
    if code not in entry.scores:
        raise Impossible(f"Entry {shown(entry.id)} has no score in round {shown(code)}.")
    return entry.scores[code]


def _fallen(asked: RoundGiven, given: RoundScore, names: Names) -> Answer:
    name = names.ids[given.innovation_id]
    return {"id": name, "round": asked.code, "why": _why(asked, given.score)}


def _why(asked: RoundGiven, score: Decimal) -> str:
    if asked.pass_mark is not None and score < asked.pass_mark:
        return f"{score:f} is below the pass mark {asked.pass_mark:f}"
    return f"{score:f} is not of the best {asked.advance}"


def _category(rules: RulesGiven) -> CategoryRule:
    """One category of judged rounds. What the request checked is not checked again."""
    weights = _whole([each.weight for each in rules.rounds])
    rounds = [
        RoundRule.model_construct(
            code=f"round-{number}",
            name=each.name or each.code,
            scored_by="panel",
            weight=weight,
            advance=each.advance,
            pass_mark=each.pass_mark,
        )
        for number, (each, weight) in enumerate(zip(rules.rounds, weights, strict=True))
    ]
    return CategoryRule.model_construct(code=CATEGORY, rounds=tuple(rounds), prizes=())


def _whole(weights: Sequence[Decimal]) -> list[int]:
    """The same proportions in whole numbers: the rules of a competition know no others."""
    decimals = max(len(f"{weight:f}".partition(".")[2]) for weight in weights)
    return [int(weight.scaleb(decimals)) for weight in weights]


def _entry(given: EntryGiven, names: Names) -> Entry:
    return Entry.model_construct(
        innovation_id=names.keys[given.id],
        category=CATEGORY,
        verified_maturity=given.verified_maturity or NOTHING,
        evidence_acceptance=given.evidence_acceptance or NOTHING,
    )
