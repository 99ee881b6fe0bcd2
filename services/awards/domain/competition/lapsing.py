"""What nobody answers ends all the same: objections and doubts whose time ran out."""

from datetime import datetime, timedelta

from services.awards.domain.competition.commands import LapseDisputes
from services.awards.domain.competition.states import Doubted, Drafted, Filed, Granted, State
from shared.events.awards import CompetitionEvent, DoubtLapsed, ObjectionLapsed


def lapse(command: LapseDisputes, state: State) -> list[CompetitionEvent]:
    """Says nothing where nothing is due; the clock may ask at any time."""
    if not isinstance(state, Drafted):
        return []
    return [*_objections(command, state), *_doubts(command, state)]


def decision_due(state: Drafted, objection: Filed | Granted) -> datetime | None:
    """When an objection lapses: counted from its window's end, or from the day it was granted."""
    if isinstance(objection, Granted):
        return _after(state, objection.decided.at)
    return None if state.window is None else _after(state, state.window.closes_at)


def doubt_due(state: Drafted) -> datetime | None:
    return None if state.public_test is None else _after(state, state.public_test.closes_at)


def _after(state: Drafted, moment: datetime) -> datetime | None:
    days = state.judged.rules.decision_days
    return None if days is None else moment + timedelta(days=days)


def _objections(command: LapseDisputes, state: Drafted) -> list[ObjectionLapsed]:
    lapsed: list[ObjectionLapsed] = []
    for key, objection in sorted(state.objections.items()):
        if not isinstance(objection, Filed | Granted):
            continue
        due = decision_due(state, objection)
        if due is not None and command.at >= due:
            lapsed.append(
                ObjectionLapsed(
                    by=command.by,
                    at=command.at,
                    competition_id=state.judged.announced.competition_id,
                    objection_id=key,
                    innovation_id=objection.filed.innovation_id,
                    because="unanswered" if isinstance(objection, Filed) else "uncorrected",
                )
            )
    return lapsed


def _doubts(command: LapseDisputes, state: Drafted) -> list[DoubtLapsed]:
    due = doubt_due(state)
    if due is None or command.at < due:
        return []
    return [
        DoubtLapsed(
            by=command.by,
            at=command.at,
            competition_id=state.judged.announced.competition_id,
            doubt_id=key,
            innovation_id=doubt.filed.innovation_id,
        )
        for key, doubt in sorted(state.doubts.items())
        if isinstance(doubt, Doubted)
    ]
