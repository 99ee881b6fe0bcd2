"""Judges who come and go, third readings, and whole panels that are scored, around `PANEL_ID`."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from services.scoring.domain import panel
from services.scoring.domain.commitment import Opened
from services.scoring.domain.panel import AskThirdReading, SeatJudge, UnseatJudge, decider
from services.scoring.domain.seats import Open, Pair
from services.scoring.projections.panel import PanelView, fold
from shared.events.scoring import (
    PANEL,
    Criterion,
    CriterionScore,
    JudgeRecused,
    JudgeSeated,
    JudgeUnseated,
    PanelEntry,
    PanelEvent,
    PanelOpened,
    PanelRule,
    Reading,
    ThirdReadingAsked,
)
from tests.builders.scoring import AT, PANEL_ID, Judge, panel_opened, recorded, sealed

CITRA, DEWI, EKO = Judge("judge-citra"), Judge("judge-dewi"), Judge("judge-eko")
COMMITTEE = "person-committee"
POINTS = Criterion(code="nilai", name="Nilai", weight=100, scale=100)
"""One criterion alone, so that a score is its own total."""

THIRD_READING = PanelRule(third_reading_above=Decimal(10), reserve_judges=(CITRA.id, DEWI.id))


def seat(judge: Judge, *innovations: str, **changes: Any) -> SeatJudge:
    values: dict[str, Any] = {
        "by": COMMITTEE,
        "at": AT,
        "judge_id": judge.id,
        "innovations": innovations,
        "reason": "Nobody else is free.",
    }
    return SeatJudge(**{**values, **changes})


def seated(judge: Judge, *innovations: str) -> JudgeSeated:
    return JudgeSeated(
        by=COMMITTEE,
        at=AT,
        panel_id=PANEL_ID,
        judge_id=judge.id,
        innovations=innovations,
        reason="Nobody else is free.",
    )


def unseat(judge: Judge, **changes: Any) -> UnseatJudge:
    values: dict[str, Any] = {
        "by": COMMITTEE,
        "at": AT,
        "judge_id": judge.id,
        "reason": "No answer in ten days.",
    }
    return UnseatJudge(**{**values, **changes})


def unseated(judge: Judge) -> JudgeUnseated:
    return JudgeUnseated(
        by=COMMITTEE,
        at=AT,
        panel_id=PANEL_ID,
        judge_id=judge.id,
        reason="No answer in ten days.",
    )


def recused(judge: Judge, innovation_id: str) -> JudgeRecused:
    return JudgeRecused(
        by=judge.id,
        at=AT,
        panel_id=PANEL_ID,
        judge_id=judge.id,
        innovation_id=innovation_id,
        reason="My sister leads it.",
    )


def reading(judge: Judge, innovation_id: str) -> Reading:
    return Reading(judge_id=judge.id, innovation_id=innovation_id)


def ask_third(*readings: Reading) -> AskThirdReading:
    return AskThirdReading(COMMITTEE, AT, readings)


def third_asked(*readings: Reading) -> ThirdReadingAsked:
    return ThirdReadingAsked(by=COMMITTEE, at=AT, panel_id=PANEL_ID, readings=readings)


def points(judge: Judge, innovation_id: str, given: str) -> Opened:
    """A score on a panel whose only criterion is `POINTS`."""
    scores = (CriterionScore(criterion=POINTS.code, score=Decimal(given)),)
    return Opened(judge.id, innovation_id, scores, f"nonce-{judge.id}-{innovation_id}")


def points_panel(**changes: Any) -> PanelOpened:
    return panel_opened(**{"criteria": (POINTS,), **changes})


def many_entries(count: int) -> tuple[PanelEntry, ...]:
    return tuple(
        PanelEntry(
            innovation_id=f"inov-{number}",
            title=f"Inovasi {number}",
            agency_path=("kalsel", f"dinas-{number}"),
            drafters=(f"drafter-{number}",),
        )
        for number in range(count)
    )


def judges_of(*judges: Judge) -> tuple[str, ...]:
    return tuple(judge.id for judge in judges)


def state_after(*facts: PanelEvent) -> Open:
    """The panel after these facts, which is open still."""
    state = decider.replay(facts)
    assert isinstance(state, Open)
    return state


def decided(command: panel.Command, *facts: PanelEvent) -> PanelEvent:
    """The one fact that a command leads to."""
    (fact,) = decider.decide(command, decider.replay(facts))
    return fact


def seals_of(scores: Iterable[Opened]) -> list[PanelEvent]:
    return [sealed(each) for each in scores]


def fractions(totals: Sequence[tuple[str, str, str]]) -> dict[Pair, Fraction]:
    """Totals by judge and innovation, from text."""
    return {(judge, innovation): Fraction(total) for judge, innovation, total in totals}


def panel_view(*facts: PanelEvent) -> PanelView:
    """The panel as people see it after these facts."""
    view = None
    for version, fact in enumerate(facts, start=1):
        view = fold(view, recorded(PANEL, PANEL_ID, fact, version))
    assert view is not None
    return view
