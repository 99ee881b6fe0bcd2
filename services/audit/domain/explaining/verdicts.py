"""The verdict that a row rests on, and what others said of it before or after. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from services.audit.domain.explaining.evidence import Shown, evidence_steps
from services.audit.domain.explaining.history import History
from services.audit.domain.explaining.steps import Step, Value, said
from services.audit.domain.explaining.words import REASONS, listed, named
from shared.events.awards import COMPETITION, ObjectionDecided, ObjectionFiled
from shared.events.base import Fact, Recorded
from shared.events.verification import (
    DOSSIER,
    DiscrepancyResolved,
    IndicatorDecided,
    IndicatorRechecked,
    QualityCheckDecided,
    QualityCheckDrawn,
    Verdict,
    VerdictCorrected,
)
from shared.wita import long_moment

TOLD: Final[Mapping[type[Fact], tuple[str, str]]] = {
    IndicatorDecided: ("verdict", "Putusan"),
    IndicatorRechecked: ("second_look", "Pemeriksaan kedua"),
    DiscrepancyResolved: ("resolution", "Keputusan orang ketiga atas perbedaan"),
    VerdictCorrected: ("correction", "Koreksi karena keberatan"),
}
"""The kind of step that a fact with a verdict makes, and how it is named."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which verdict: on an indicator of an innovation, given by whom and when, known by then."""

    innovation_id: str
    indicator: str
    decided_by: str
    decided_at: datetime | None
    until: int


@dataclass(frozen=True, slots=True)
class Opinion:
    event: Recorded[Any]
    verdict: Verdict


def verdict_step(asked: Asked, history: History) -> Step | None:
    """The verdict that stands, what else was found, and the evidence it is bound to.

    None where no fact says it.
    """
    opinions = tuple(_opinions(asked, history))
    standing = [each for each in opinions if _is_asked(each.verdict, asked)]
    if not standing:
        return None
    chosen = standing[-1]
    others = [_told(each) for each in opinions if each is not chosen]
    shown = (
        Shown(asked.innovation_id, asked.indicator, digest, chosen.event.sequence)
        for digest in chosen.verdict.evidence
    )
    files = [step for each in shown for step in evidence_steps(each, history)]
    step = _told(chosen)
    return Step(
        kind=step.kind,
        title=step.title,
        facts=step.facts,
        values=step.values,
        because=(*_objection(chosen, history), *others, *_checks(asked, history), *files),
    )


def _is_asked(verdict: Verdict, asked: Asked) -> bool:
    return (verdict.decided_by, verdict.decided_at) == (asked.decided_by, asked.decided_at)


def _opinions(asked: Asked, history: History) -> Iterator[Opinion]:
    subject = DOSSIER.subject(asked.innovation_id)
    for event in history.trail.on(subject, asked.until):
        for verdict in _verdicts(event):
            if verdict.indicator == asked.indicator:
                yield Opinion(event, verdict)


def _verdicts(event: Recorded[Any]) -> tuple[Verdict, ...]:
    match event.fact:
        case IndicatorDecided(verdict=verdict) | IndicatorRechecked(verdict=verdict):
            return (verdict,)
        case DiscrepancyResolved(verdicts=verdicts):
            return verdicts
        case VerdictCorrected(corrected=verdict):
            return (verdict,)
        case _:
            return ()


def _told(opinion: Opinion) -> Step:
    verdict, (kind, name) = opinion.verdict, TOLD[type(opinion.event.fact)]
    when = long_moment(verdict.decided_at)
    why = ": ".join(each for each in (verdict.reason_code, verdict.note) if each)
    values: dict[str, Value] = {
        "indicator": verdict.indicator,
        "claimed_level": verdict.claimed_level,
        "granted_level": verdict.granted_level,
        "round": verdict.round,
        "decided_by": verdict.decided_by,
        "decided_by_agency": verdict.decided_by_agency or "",
        "reason_code": verdict.reason_code or "",
        "note": verdict.note,
    }
    return Step(
        kind=kind,
        title=(
            f"{name} {verdict.indicator}: tingkat {verdict.granted_level} dari"
            f" {verdict.claimed_level} yang diklaim, oleh {verdict.decided_by}, {when}"
            f"{f' ({why})' if why else ''}"
        ),
        facts=said((opinion.event,)),
        values=values,
    )


def _objection(opinion: Opinion, history: History) -> tuple[Step, ...]:
    """The granted objection behind a correction."""
    fact = opinion.event.fact
    if not isinstance(fact, VerdictCorrected):
        return ()
    subject, key = COMPETITION.subject(fact.competition_id), fact.objection_id
    filed = history.trail.last(subject, ObjectionFiled, lambda each: each.objection_id == key)
    decided = history.trail.last(subject, ObjectionDecided, lambda each: each.objection_id == key)
    people = listed(each.fact.by for each in filed), listed(each.fact.by for each in decided)
    title = f"Keberatan {key} diajukan oleh {people[0]}, dikabulkan oleh {people[1]}"
    reasons = [each.fact.reason for each in decided]
    values: dict[str, Value] = {"objection_id": key, "level": fact.corrected.granted_level}
    return (
        Step(
            kind="objection",
            title=f"{title}: {listed(reasons)}",
            facts=said((*filed, *decided)),
            values=values,
        ),
    )


def _checks(asked: Asked, history: History) -> Iterator[Step]:
    """Where two people differed on this indicator."""
    subject = DOSSIER.subject(asked.innovation_id)
    for event in history.trail.of(subject, QualityCheckDecided, until=asked.until):
        if asked.indicator in event.fact.differing:
            title = f"Pemeriksaan mutu oleh {event.fact.checked_by}: {asked.indicator} berbeda"
            values: dict[str, Value] = {"checked_by": event.fact.checked_by}
            yield Step("discrepancy", title, facts=said((event,)), values=values)


def check_steps(innovation_id: str, until: int, history: History) -> tuple[Step, ...]:
    """Why a review was looked at again, and what came of it."""
    subject = DOSSIER.subject(innovation_id)
    found: list[Step] = []
    for event in history.trail.of(subject, QualityCheckDrawn, until=until):
        fact = event.fact
        reasons = listed(named(each, REASONS) for each in fact.reasons)
        title = f"Dipilih untuk pemeriksaan mutu: {reasons}"
        drawn: dict[str, Value] = {
            "draw": fact.draw,
            "sample_permille": fact.rule.sample_permille,
            "large_change": fact.rule.large_change,
            "reviewed_by": fact.reviewed_by,
        }
        found.append(Step("check_drawn", title, facts=said((event,)), values=drawn))
    for event in history.trail.of(subject, QualityCheckDecided, until=until):
        done = event.fact
        outcome = f"berbeda pada {listed(done.differing)}" if done.differing else "sama"
        title = f"Pemeriksaan mutu oleh {done.checked_by}: {outcome}"
        decided: dict[str, Value] = {"compared": done.compared, "differing": len(done.differing)}
        found.append(Step("check_decided", title, facts=said((event,)), values=decided))
    return tuple(found)
