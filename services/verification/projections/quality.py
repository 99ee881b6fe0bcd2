"""The rules by which reviews of a season are drawn for a second look. Pure."""

from typing import Any

from services.verification.projections.views import QualityView, RuleRow
from shared.events.base import Recorded
from shared.events.verification import QUALITY, QualityEvent
from shared.projector import Projection


def fold(view: QualityView | None, event: Recorded[Any]) -> QualityView:
    fact: QualityEvent = event.fact
    row = RuleRow(
        rule=fact.rule,
        effective_from=fact.effective_from,
        published_by=fact.by,
        published_at=fact.at,
    )
    rules = sorted((*(view.rules if view else ()), row), key=lambda each: each.effective_from)
    return QualityView(season_id=fact.season_id, rules=tuple(rules))


QUALITY_RULES = Projection("quality", QUALITY, QualityView, fold)
