"""The parts of a competition's view that are about objections and doubts. Pure."""

from typing import Literal

from services.awards.projections.parts.acts import Act, Part
from shared.events.base import Utc


class WindowView(Act):
    """Masa sanggah or uji publik; over, without anybody's doing, at `closes_at`."""

    version: int
    closes_at: Utc


class ObjectionDecision(Act):
    granted: bool
    level: int
    reason: str
    agency: str | None


class Lapse(Part):
    """Nobody decided it in time, or the granted correction never came."""

    at: Utc
    because: Literal["unanswered", "uncorrected"]


class ObjectionView(Part):
    """`state` is `corrected` once a granted objection's new scorecard arrived."""

    objection_id: str
    innovation_id: str
    indicator: str
    level_sought: int
    reason: str
    filed: Act
    filed_by_agency: str
    state: Literal["filed", "granted", "dismissed", "corrected", "lapsed"]
    decision: ObjectionDecision | None
    lapse: Lapse | None


class DoubtDecision(Act):
    upheld: bool
    reason: str
    agency: str | None


class DoubtView(Part):
    """What the history knows of a doubt: not what was written, nor by whom."""

    doubt_id: str
    innovation_id: str
    statement_digest: str
    evidence: tuple[str, ...]
    links: int
    filed_at: Utc
    state: Literal["filed", "upheld", "refuted", "lapsed"]
    decision: DoubtDecision | None
    lapsed_at: Utc | None
