"""What scoring shows: one document a scorecard, a region, a panel. Pure."""

from services.scoring.projections.panel import PANELS
from services.scoring.projections.region import REGIONS
from services.scoring.projections.scorecard import SCORECARDS

PROJECTIONS = (SCORECARDS, REGIONS, PANELS)

__all__ = ["PANELS", "PROJECTIONS", "REGIONS", "SCORECARDS"]
