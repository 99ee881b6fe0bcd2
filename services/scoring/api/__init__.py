"""HTTP in: requests become commands, views become answers."""

from services.scoring.api import coaching, explaining, judging, panels, regions, scorecards, seating
from services.scoring.api.permissions import PERMISSIONS

__all__ = [
    "PERMISSIONS",
    "coaching",
    "explaining",
    "judging",
    "panels",
    "regions",
    "scorecards",
    "seating",
]
