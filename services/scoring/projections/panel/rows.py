"""The rows of a panel as people see it."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.base import Digest, Key, Score, Utc
from shared.events.scoring import (
    Criterion,
    EntryMean,
    JudgeScore,
    JudgeSeverity,
    PanelEntry,
    PanelRule,
)


class Row(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class SeatRow(Row):
    """A judge and how far they are: `sealed` of `due` scores. No innovations: all of the panel's.

    `seated` says how they came to sit there; `reason` is what the committee gave for it.
    """

    judge_id: str
    innovations: tuple[Key, ...]
    seated: Literal["at_opening", "by_committee", "for_third_reading"]
    seated_by: str
    seated_at: Utc
    reason: str = ""
    sealed: int = 0
    due: int = 0


class RemovalRow(Row):
    judge_id: str
    reason: str
    removed_by: str
    removed_at: Utc


class SealRow(Row):
    judge_id: str
    innovation_id: Key
    commitment: Digest
    sealed_at: Utc


class RecusalRow(Row):
    judge_id: str
    innovation_id: Key
    reason: str
    recorded_by: str
    recorded_at: Utc


class AwaitedRow(Row):
    judge_id: str
    innovation_id: Key


class ThirdReadingRow(Row):
    """`stands` is False once the reader is recused from the entry, or left the panel."""

    judge_id: str
    innovation_id: Key
    asked_by: str
    asked_at: Utc
    stands: bool = True


class TotalRow(Row):
    """One judge's total of an entry, 0..100, as it was given."""

    judge_id: str
    total: Score
    third_reading: bool


class EntryResult(Row):
    """An entry after the reveal: what each judge gave, what it comes to, and how far they differ.

    `combined` is by the panel's rule; `spread` is the highest total less the lowest. `adjusted`
    has each judge's severity taken out; `adjusted_is` says whether it may rank.
    """

    innovation_id: Key
    totals: tuple[TotalRow, ...]
    combined: Score
    spread: Score
    third_reading: bool
    adjusted: Score | None
    adjusted_is: Literal["information", "official"] | None


class PanelView(Row):
    """`awaited` are the scores still to come; `scores`, `means`, `results` and `severities` stay
    empty until the reveal. `judges` are those who sit on the panel now.
    """

    panel_id: Key
    competition_id: str
    category: str
    round: str
    state: Literal["open", "revealed"]
    rule: PanelRule
    criteria: tuple[Criterion, ...]
    judges: tuple[str, ...]
    seats: tuple[SeatRow, ...]
    removals: tuple[RemovalRow, ...] = ()
    entries: tuple[PanelEntry, ...]
    seals: tuple[SealRow, ...] = ()
    recusals: tuple[RecusalRow, ...] = ()
    third_readings: tuple[ThirdReadingRow, ...] = ()
    awaited: tuple[AwaitedRow, ...]
    scores: tuple[JudgeScore, ...] = ()
    means: tuple[EntryMean, ...] = ()
    results: tuple[EntryResult, ...] = ()
    severities: tuple[JudgeSeverity, ...] = ()
    opened_at: Utc
    revealed_at: Utc | None = None
    revealed_by: str | None = None
