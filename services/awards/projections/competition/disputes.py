"""How objections and doubts of a competition change with its facts. Pure."""

from datetime import datetime, timedelta
from typing import Any, Final, assert_never

from services.awards.projections.parts import (
    CompetitionView,
    DoubtDecision,
    DoubtView,
    Lapse,
    ObjectionDecision,
    ObjectionView,
    WindowView,
    act,
)
from shared.events.awards import (
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    EntryCorrected,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
    ObjectionWindowOpened,
    PublicTestOpened,
)

Changes = dict[str, Any]
MAY_LAPSE: Final = ("drafted", "objection")
Objecting = ObjectionFiled | ObjectionDecided | ObjectionLapsed | EntryCorrected
Doubting = DoubtFiled | DoubtDecided | DoubtLapsed


def lapses_at(view: CompetitionView) -> datetime | None:
    """When the next of what waits for a decision, or for a correction, lapses; None for never."""
    if view.state not in MAY_LAPSE:
        return None
    objections = (objection_due(view, each) for each in view.objections)
    doubts = (doubt_due(view, each) for each in view.doubts)
    return min((due for due in (*objections, *doubts) if due is not None), default=None)


def objection_due(view: CompetitionView, objection: ObjectionView) -> datetime | None:
    """Until when it is decided, or corrected once it was granted; None for no such time."""
    match objection.state:
        case "filed":
            return _after(view, view.windows[-1].closes_at if view.windows else None)
        case "granted":
            return _after(view, objection.decision.at if objection.decision else None)
        case "dismissed" | "corrected" | "lapsed":
            return None


def doubt_due(view: CompetitionView, doubt: DoubtView) -> datetime | None:
    """Until when it is decided; None for no such time."""
    if doubt.state != "filed" or not view.public_tests:
        return None
    return _after(view, view.public_tests[-1].closes_at)


def _after(view: CompetitionView, moment: datetime | None) -> datetime | None:
    days = view.rules.decision_days
    return None if moment is None or days is None else moment + timedelta(days=days)


def opened(view: CompetitionView, fact: ObjectionWindowOpened | PublicTestOpened) -> Changes:
    window = WindowView(by=fact.by, at=fact.at, version=fact.version, closes_at=fact.closes_at)
    if isinstance(fact, PublicTestOpened):
        return {"public_tests": (*view.public_tests, window)}
    return {"windows": (*view.windows, window), "state": "objection"}


def changes(view: CompetitionView, fact: Objecting | Doubting) -> Changes:
    match fact:
        case ObjectionFiled():
            return {"objections": (*view.objections, _filed(fact))}
        case ObjectionDecided():
            return _objections(view, fact.objection_id, _decided(fact))
        case ObjectionLapsed():
            lapse = Lapse(at=fact.at, because=fact.because)
            return _objections(view, fact.objection_id, {"state": "lapsed", "lapse": lapse})
        case EntryCorrected():
            return _objections(view, fact.objection_id, {"state": "corrected"})
        case DoubtFiled():
            return {"doubts": (*view.doubts, _doubted(fact))}
        case DoubtDecided():
            return _doubts(view, fact.doubt_id, _answered(fact))
        case DoubtLapsed():
            return _doubts(view, fact.doubt_id, {"state": "lapsed", "lapsed_at": fact.at})
        case _:
            assert_never(fact)


def _filed(fact: ObjectionFiled) -> ObjectionView:
    return ObjectionView(
        objection_id=fact.objection_id,
        innovation_id=fact.innovation_id,
        indicator=fact.indicator,
        level_sought=fact.level_sought,
        reason=fact.reason,
        filed=act(fact),
        filed_by_agency=fact.filed_by_agency,
        state="filed",
        decision=None,
        lapse=None,
    )


def _decided(fact: ObjectionDecided) -> Changes:
    decision = ObjectionDecision(
        by=fact.by,
        at=fact.at,
        granted=fact.granted,
        level=fact.level,
        reason=fact.reason,
        agency=fact.decided_by_agency,
    )
    return {"decision": decision, "state": "granted" if fact.granted else "dismissed"}


def _objections(view: CompetitionView, key: str, change: Changes) -> Changes:
    changed = tuple(
        each.model_copy(update=change) if each.objection_id == key else each
        for each in view.objections
    )
    return {"objections": changed}


def _doubted(fact: DoubtFiled) -> DoubtView:
    return DoubtView(
        doubt_id=fact.doubt_id,
        innovation_id=fact.innovation_id,
        statement_digest=fact.statement_digest,
        evidence=fact.evidence,
        links=fact.links,
        filed_at=fact.at,
        state="filed",
        decision=None,
        lapsed_at=None,
    )


def _answered(fact: DoubtDecided) -> Changes:
    decision = DoubtDecision(
        by=fact.by, at=fact.at, upheld=fact.upheld, reason=fact.reason, agency=fact.by_agency
    )
    return {"decision": decision, "state": "upheld" if fact.upheld else "refuted"}


def _doubts(view: CompetitionView, key: str, change: Changes) -> Changes:
    changed = tuple(
        each.model_copy(update=change) if each.doubt_id == key else each for each in view.doubts
    )
    return {"doubts": changed}
