"""The row of a scorecard that an objection is about, and the rows that may still be objected to."""

from collections.abc import Iterable
from datetime import datetime

from services.awards.projections import CompetitionView
from services.awards.projections.parts import ObjectionView
from shared.events.base import Utc
from shared.events.scoring import InnovationScored, ScoredRow
from shared.http import Answer


class Row(Answer):
    """What was claimed and granted, and why; `evidence` are digests of what it was judged by."""

    claimed_level: int
    granted_level: int
    reason_code: str | None
    note: str
    evidence: tuple[str, ...]
    decided_at: Utc | None


class ObjectionShown(ObjectionView):
    """An objection with the row as it stands now; None where there is no such row."""

    row: Row | None


class StillOpen(Answer):
    """A verdict that may be objected to."""

    innovation_id: str
    title: str
    indicator: str
    row: Row


class Objectionable(Answer):
    """`until` is the end of the objection window; None, with no items, while none is open."""

    competition_id: str
    version: int | None
    until: Utc | None
    items: tuple[StillOpen, ...]


def shown_with_row(objection: ObjectionView, scorecard: InnovationScored | None) -> ObjectionShown:
    row = row_of(scorecard, objection.indicator)
    told = {name: getattr(objection, name) for name in ObjectionView.model_fields}
    return ObjectionShown(**told, row=None if row is None else _row(row))


def row_of(scorecard: InnovationScored | None, indicator: str) -> ScoredRow | None:
    rows = () if scorecard is None else scorecard.rows
    return next((each for each in rows if each.indicator == indicator), None)


def objectionable(
    view: CompetitionView, scorecards: Iterable[InnovationScored], at: datetime
) -> Objectionable:
    """Rows granted below what was claimed and not objected to yet, while a window is open."""
    window = view.windows[-1] if view.windows else None
    if window is None or at >= window.closes_at or view.state != "objection":
        return Objectionable(competition_id=view.competition_id, version=None, until=None, items=())
    out = {each.entry.innovation_id for each in view.entries if each.disqualified is not None}
    filed = {(each.innovation_id, each.indicator) for each in view.objections}
    return Objectionable(
        competition_id=view.competition_id,
        version=window.version,
        until=window.closes_at,
        items=tuple(
            StillOpen(
                innovation_id=scored.innovation_id,
                title=scored.title,
                indicator=row.indicator,
                row=_row(row),
            )
            for scored in sorted(scorecards, key=lambda each: each.innovation_id)
            for row in scored.rows
            if scored.innovation_id not in out
            and row.granted_level < row.claimed_level
            and (scored.innovation_id, row.indicator) not in filed
        ),
    )


def _row(row: ScoredRow) -> Row:
    return Row(
        claimed_level=row.claimed_level,
        granted_level=row.granted_level,
        reason_code=row.reason_code,
        note=row.note,
        evidence=row.evidence,
        decided_at=row.decided_at,
    )
