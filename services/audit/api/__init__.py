"""HTTP in: an auditor starts replays, follows them, and reads timelines."""

from services.audit.api import replays, timelines
from services.audit.api.permissions import PERMISSIONS

__all__ = ["PERMISSIONS", "replays", "timelines"]
