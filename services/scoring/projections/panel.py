"""A panel as people see it: who sealed what, never the scores before the reveal. Pure."""

from typing import Any, Literal, assert_never

from pydantic import BaseModel, ConfigDict

from shared.events.base import Digest, Key, Recorded, Utc
from shared.events.scoring import (
    PANEL,
    Criterion,
    EntryMean,
    JudgeRecused,
    JudgeScore,
    PanelEntry,
    PanelEvent,
    PanelOpened,
    ScoreSealed,
    ScoresRevealed,
)
from shared.projector import Projection


class SealRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    judge_id: str
    innovation_id: Key
    commitment: Digest
    sealed_at: Utc


class RecusalRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    judge_id: str
    innovation_id: Key
    reason: str
    recorded_by: str
    recorded_at: Utc


class AwaitedRow(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    judge_id: str
    innovation_id: Key


class PanelView(BaseModel):
    """`awaited` are the scores still to come; `scores` and `means` stay empty until the reveal."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    panel_id: Key
    competition_id: str
    category: str
    round: str
    state: Literal["open", "revealed"]
    criteria: tuple[Criterion, ...]
    judges: tuple[str, ...]
    entries: tuple[PanelEntry, ...]
    seals: tuple[SealRow, ...] = ()
    recusals: tuple[RecusalRow, ...] = ()
    awaited: tuple[AwaitedRow, ...]
    scores: tuple[JudgeScore, ...] = ()
    means: tuple[EntryMean, ...] = ()
    opened_at: Utc
    revealed_at: Utc | None = None
    revealed_by: str | None = None


def fold(view: PanelView | None, event: Recorded[Any]) -> PanelView:
    fact: PanelEvent = event.fact
    if isinstance(fact, PanelOpened):
        return _opened(fact)
    if view is None:
        raise ValueError("A panel's history begins with its opening.")
    return view.model_copy(update=_changes(view, fact))


def _changes(view: PanelView, fact: JudgeRecused | ScoreSealed | ScoresRevealed) -> dict[str, Any]:
    match fact:
        case ScoreSealed():
            seals = (*_without(view.seals, fact), _seal(fact))
            return {"seals": seals, "awaited": _still_awaited(view, fact)}
        case JudgeRecused():
            return {
                "seals": _without(view.seals, fact),
                "recusals": (*view.recusals, _recusal(fact)),
                "awaited": _still_awaited(view, fact),
            }
        case ScoresRevealed():
            opened = {"scores": fact.scores, "means": fact.means}
            return {"state": "revealed", "revealed_at": fact.at, "revealed_by": fact.by, **opened}
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
    awaited = tuple(
        AwaitedRow(judge_id=judge, innovation_id=entry.innovation_id)
        for entry in fact.entries
        for judge in fact.judges
        if judge not in entry.drafters
    )
    return PanelView(
        panel_id=fact.panel_id,
        competition_id=fact.competition_id,
        category=fact.category,
        round=fact.round,
        state="open",
        criteria=fact.criteria,
        judges=fact.judges,
        entries=fact.entries,
        awaited=awaited,
        opened_at=fact.at,
    )


def _without(seals: tuple[SealRow, ...], fact: JudgeRecused | ScoreSealed) -> tuple[SealRow, ...]:
    pair = (fact.judge_id, fact.innovation_id)
    return tuple(seal for seal in seals if (seal.judge_id, seal.innovation_id) != pair)


def _still_awaited(view: PanelView, fact: JudgeRecused | ScoreSealed) -> tuple[AwaitedRow, ...]:
    pair = (fact.judge_id, fact.innovation_id)
    return tuple(row for row in view.awaited if (row.judge_id, row.innovation_id) != pair)


PANELS = Projection("panels", PANEL, PanelView, fold, (("judges",), ("competition_id",)))
