"""HTTP in: requests become commands, views become answers."""

from services.submission.api import agencies, evidence, innovations, seasons
from services.submission.api.permissions import PERMISSIONS

__all__ = ["PERMISSIONS", "agencies", "evidence", "innovations", "seasons"]
