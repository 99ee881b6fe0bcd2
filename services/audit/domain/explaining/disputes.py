"""What was held against a place: objections and doubts, and what became of them. Pure."""

from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.words import listed
from shared.events.awards import (
    COMPETITION,
    DoubtDecided,
    DoubtFiled,
    DoubtLapsed,
    EntryCorrected,
    ObjectionDecided,
    ObjectionFiled,
    ObjectionLapsed,
)

OBJECTION = (ObjectionFiled, ObjectionDecided, ObjectionLapsed, EntryCorrected)
DOUBT = (DoubtFiled, DoubtDecided, DoubtLapsed)


def dispute_steps(competition_id: str, innovation_id: str, history: History) -> tuple[Step, ...]:
    subject = COMPETITION.subject(competition_id)
    trail = history.trail
    filed = trail.of(subject, ObjectionFiled, lambda each: each.innovation_id == innovation_id)
    doubted = trail.of(subject, DoubtFiled, lambda each: each.innovation_id == innovation_id)
    return (
        *(_objection(each.fact, subject, history) for each in filed),
        *(_doubt(each.fact, subject, history) for each in doubted),
    )


def _objection(filed: ObjectionFiled, subject: str, history: History) -> Step:
    key = filed.objection_id
    events = [
        event
        for event in history.trail.on(subject)
        if isinstance(event.fact, OBJECTION) and event.fact.objection_id == key
    ]
    outcome = "belum diputus"
    for event in events:
        if isinstance(event.fact, ObjectionDecided):
            word = "dikabulkan" if event.fact.granted else "ditolak"
            outcome = f"{word} oleh {event.fact.by}: {event.fact.reason}"
        if isinstance(event.fact, ObjectionLapsed):
            outcome = "gugur karena waktu habis"
    values: dict[str, Value] = {
        "objection_id": key,
        "indicator": filed.indicator,
        "level_sought": filed.level_sought,
    }
    title = f"Keberatan {key} atas {filed.indicator} oleh {filed.by}, {outcome}"
    return Step("objection", title, facts=said(events), values=values)


def _doubt(filed: DoubtFiled, subject: str, history: History) -> Step:
    key = filed.doubt_id
    events = [
        event
        for event in history.trail.on(subject)
        if isinstance(event.fact, DOUBT) and event.fact.doubt_id == key
    ]
    outcome = "belum diputus"
    for event in events:
        if isinstance(event.fact, DoubtDecided):
            word = "diterima" if event.fact.upheld else "tidak terbukti"
            outcome = f"{word} menurut {event.fact.by}: {event.fact.reason}"
        if isinstance(event.fact, DoubtLapsed):
            outcome = "gugur karena waktu habis"
    values: dict[str, Value] = {
        "doubt_id": key,
        "statement_digest": filed.statement_digest,
        "evidence": listed(filed.evidence),
    }
    title = f"Keraguan {key} dalam uji publik, {outcome}"
    return Step("doubt", title, facts=said(events), values=values)
