"""What an entry came to, once all scores are open. Pure."""

from typing import Any

from services.scoring.projections.panel.rows import EntryResult, PanelView, TotalRow
from shared.events.scoring import EntryMean, JudgeScore, ScoresRevealed


def revealed(view: PanelView, fact: ScoresRevealed) -> dict[str, Any]:
    by_entry: dict[str, list[JudgeScore]] = {}
    for score in fact.scores:
        by_entry.setdefault(score.innovation_id, []).append(score)
    return {
        "state": "revealed",
        "revealed_at": fact.at,
        "revealed_by": fact.by,
        "scores": fact.scores,
        "means": fact.means,
        "results": tuple(_result(view, m, by_entry[m.innovation_id]) for m in fact.means),
        "severities": fact.severities,
    }


def _result(view: PanelView, mean: EntryMean, scores: list[JudgeScore]) -> EntryResult:
    thirds = {(row.judge_id, row.innovation_id) for row in view.third_readings if row.stands}
    totals = tuple(
        TotalRow(
            judge_id=each.judge_id,
            total=each.total,
            third_reading=(each.judge_id, each.innovation_id) in thirds,
        )
        for each in scores
    )
    given = [row.total for row in totals]
    is_official = view.rule.official == "severity_adjusted"
    told = "official" if is_official else "information"
    return EntryResult(
        innovation_id=mean.innovation_id,
        totals=totals,
        combined=mean.mean,
        spread=max(given) - min(given),
        third_reading=mean.third_reading,
        adjusted=mean.adjusted,
        adjusted_is=None if mean.adjusted is None else told,
    )
