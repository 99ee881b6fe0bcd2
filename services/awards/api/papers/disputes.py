"""Objections and doubts about a competition with what became of each, as papers tell them. Pure."""

from services.awards.api.papers.contest import Contest
from services.awards.api.papers.labels import DOUBTS, OBJECTIONS
from shared.events.awards import (
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
)
from shared.wita import long_moment


def objections(contest: Contest) -> list[list[str]]:
    """What was objected to, the outcome, its reason and its moment."""
    mine = contest.past.all(ObjectionFiled, competition_id=contest.competition_id)
    return [_objection(contest, each.fact) for each in mine]


def _objection(contest: Contest, filed: ObjectionFiled) -> list[str]:
    wanted = {"competition_id": contest.competition_id, "objection_id": filed.objection_id}
    decided = contest.past.last(ObjectionDecided, **wanted)
    lapsed = contest.past.last(ObjectionLapsed, **wanted)
    about = f"{contest.title(filed.innovation_id)}, indikator {filed.indicator}"
    if lapsed is not None:
        return [about, OBJECTIONS[lapsed.fact.because], "", long_moment(lapsed.fact.at)]
    if decided is None:
        return [about, OBJECTIONS["open"], "", ""]
    fact = decided.fact
    outcome = OBJECTIONS["granted" if fact.granted else "dismissed"]
    return [about, outcome, fact.reason, long_moment(fact.at)]


def doubts(contest: Contest) -> list[list[str]]:
    """Who doubted is told nowhere: they may be anybody."""
    mine = contest.past.all(DoubtFiled, competition_id=contest.competition_id)
    return [_doubt(contest, each.fact) for each in mine]


def _doubt(contest: Contest, filed: DoubtFiled) -> list[str]:
    wanted = {"competition_id": contest.competition_id, "doubt_id": filed.doubt_id}
    decided = contest.past.last(DoubtDecided, **wanted)
    lapsed = contest.past.last(DoubtLapsed, **wanted)
    about = contest.title(filed.innovation_id)
    if lapsed is not None:
        return [about, DOUBTS["lapsed"], "", long_moment(lapsed.fact.at)]
    if decided is None:
        return [about, DOUBTS["open"], "", ""]
    fact = decided.fact
    return [
        about,
        DOUBTS["upheld" if fact.upheld else "refuted"],
        fact.reason,
        long_moment(fact.at),
    ]
