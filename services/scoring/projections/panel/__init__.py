"""A panel as people see it: who sealed what, never the scores before the reveal. Pure."""

from typing import Any, assert_never

from services.scoring.projections.panel import results, sitting
from services.scoring.projections.panel.rows import (
    AwaitedRow,
    EntryResult,
    PanelView,
    RecusalRow,
    RemovalRow,
    SealRow,
    SeatRow,
    ThirdReadingRow,
    TotalRow,
)
from services.scoring.projections.panel.sitting import reads
from shared.events.base import Recorded
from shared.events.scoring import (
    PANEL,
    JudgeRecused,
    JudgeSeated,
    JudgeUnseated,
    PanelEvent,
    PanelOpened,
    ScoreSealed,
    ScoresRevealed,
    ThirdReadingAsked,
)
from shared.projector import Projection

Sequel = (
    JudgeSeated | JudgeUnseated | JudgeRecused | ScoreSealed | ThirdReadingAsked | ScoresRevealed
)


def fold(view: PanelView | None, event: Recorded[Any]) -> PanelView:
    fact: PanelEvent = event.fact
    if isinstance(fact, PanelOpened):
        return sitting.counted(_opened(fact))
    if view is None:
        raise ValueError("A panel's history begins with its opening.")
    return sitting.counted(view.model_copy(update=_changes(view, fact)))


def _changes(view: PanelView, fact: Sequel) -> dict[str, Any]:
    match fact:
        case JudgeSeated():
            return sitting.seated(view, fact)
        case JudgeUnseated():
            return sitting.unseated(view, fact)
        case JudgeRecused():
            return {
                "seals": _without(view.seals, fact),
                "recusals": (*view.recusals, _recusal(fact)),
                "third_readings": sitting.fallen(view, fact),
            }
        case ScoreSealed():
            return {"seals": (*_without(view.seals, fact), _seal(fact))}
        case ThirdReadingAsked():
            return sitting.asked(view, fact)
        case ScoresRevealed():
            return results.revealed(view, fact)
        case _:
            assert_never(fact)


def _seal(fact: ScoreSealed) -> SealRow:
    return SealRow(
        judge_id=fact.judge_id,
        innovation_id=fact.innovation_id,
        commitment=fact.commitment,
        sealed_at=fact.at,
    )


def _recusal(fact: JudgeRecused) -> RecusalRow:
    return RecusalRow(
        judge_id=fact.judge_id,
        innovation_id=fact.innovation_id,
        reason=fact.reason,
        recorded_by=fact.by,
        recorded_at=fact.at,
    )


def _opened(fact: PanelOpened) -> PanelView:
    return PanelView(
        panel_id=fact.panel_id,
        competition_id=fact.competition_id,
        category=fact.category,
        round=fact.round,
        state="open",
        rule=fact.rule,
        criteria=fact.criteria,
        judges=fact.judges,
        seats=sitting.at_opening(fact),
        entries=fact.entries,
        awaited=(),
        opened_at=fact.at,
    )


def _without(seals: tuple[SealRow, ...], fact: JudgeRecused | ScoreSealed) -> tuple[SealRow, ...]:
    pair = (fact.judge_id, fact.innovation_id)
    return tuple(seal for seal in seals if (seal.judge_id, seal.innovation_id) != pair)


PANELS = Projection("panels", PANEL, PanelView, fold, (("judges",), ("competition_id",)))

__all__ = [
    "PANELS",
    "AwaitedRow",
    "EntryResult",
    "PanelView",
    "RecusalRow",
    "RemovalRow",
    "SealRow",
    "SeatRow",
    "ThirdReadingRow",
    "TotalRow",
    "fold",
    "reads",
]
