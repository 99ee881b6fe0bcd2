"""HTTP in: requests become commands, views become answers."""

from services.scoring.api import coaching, judging, panels, regions, scorecards
from services.scoring.api.permissions import PERMISSIONS

__all__ = ["PERMISSIONS", "coaching", "judging", "panels", "regions", "scorecards"]
