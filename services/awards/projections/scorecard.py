"""Every innovation's newest scorecard, for competitions that are announced later. Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded
from shared.events.scoring import SCORECARD, InnovationScored
from shared.projector import Projection


class ScorecardView(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    innovation_id: str
    season_id: str
    training: bool
    scored: InnovationScored


def fold(_: ScorecardView | None, event: Recorded[Any]) -> ScorecardView:
    fact: InnovationScored = event.fact
    return ScorecardView(
        innovation_id=fact.innovation_id,
        season_id=fact.season_id,
        training=fact.training,
        scored=fact,
    )


SCORECARDS = Projection("scorecards", SCORECARD, ScorecardView, fold, (("season_id",),))
