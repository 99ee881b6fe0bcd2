"""How the results of a competition, and the papers about them, change with its facts. Pure."""

from typing import Any, assert_never

from services.awards.projections.parts import (
    About,
    CompetitionView,
    Determination,
    DocumentView,
    ResultsView,
    SignatureView,
    VoteView,
    proven,
)
from services.awards.projections.parts import changes as compared
from shared.events.awards import (
    DocumentIssued,
    MinutesSigned,
    ResultsDetermined,
    ResultsDrafted,
    TieResolved,
)
from shared.events.base import Recorded

Changes = dict[str, Any]
Resulting = TieResolved | ResultsDrafted | MinutesSigned | DocumentIssued


def changes(view: CompetitionView, fact: Resulting, event: Recorded[Any]) -> Changes:
    match fact:
        case TieResolved(category=category, order=order, reason=reason):
            vote = VoteView(by=fact.by, at=fact.at, category=category, order=order, reason=reason)
            return {"votes": (*view.votes, vote)}
        case ResultsDrafted():
            state = "drafted" if view.state in ("announced", "judging") else view.state
            return {"results": (*view.results, _drafted(view, fact, event)), "state": state}
        case MinutesSigned():
            return {"minutes": (*view.minutes, _signed(fact))}
        case DocumentIssued():
            return {"documents": (*view.documents, _issued(fact, event))}
        case _:
            assert_never(fact)


def _drafted(view: CompetitionView, fact: ResultsDrafted, event: Recorded[Any]) -> ResultsView:
    before = view.results[-1].ranking if view.results else None
    return ResultsView(
        version=fact.version,
        cause=fact.cause,
        cause_id=fact.cause_id,
        about=_about(view, fact),
        drafted=proven(event),
        ranking=fact.ranking,
        changes=() if before is None else compared(before, fact.ranking, fact.cause),
    )


def _about(view: CompetitionView, fact: ResultsDrafted) -> About | None:
    """What the version followed from, which the view shows already."""
    for objection in view.objections:
        if objection.objection_id == fact.cause_id:
            return About(
                dispute_id=objection.objection_id,
                innovation_id=objection.innovation_id,
                indicator=objection.indicator,
            )
    for doubt in view.doubts:
        if doubt.doubt_id == fact.cause_id:
            known = {"dispute_id": doubt.doubt_id, "innovation_id": doubt.innovation_id}
            return About(**known, indicator=None)
    if fact.cause == "disqualification" and fact.cause_id is not None:
        return About(dispute_id=None, innovation_id=fact.cause_id, indicator=None)
    return None


def _signed(fact: MinutesSigned) -> SignatureView:
    return SignatureView(
        by=fact.by,
        at=fact.at,
        version=fact.version,
        function=fact.function,
        ranking_digest=fact.ranking_digest,
    )


def _issued(fact: DocumentIssued, event: Recorded[Any]) -> DocumentView:
    told = fact.model_dump(exclude={"by", "at", "competition_id"})
    return DocumentView(**told, issued=proven(event))


def determination(fact: ResultsDetermined, event: Recorded[Any]) -> Determination:
    return Determination(
        **proven(event).model_dump(),
        version=fact.version,
        decree_number=fact.decree_number,
        decree_date=fact.decree_date,
    )
