"""HTTP in: an auditor starts replays, searches the history, and takes case files along."""

from services.audit.api import (
    cases,
    events,
    log,
    log_status,
    people,
    readers,
    replays,
    timelines,
    timestamps,
)
from services.audit.api.permissions import PERMISSIONS, PUBLIC

__all__ = [
    "PERMISSIONS",
    "PUBLIC",
    "cases",
    "events",
    "log",
    "log_status",
    "people",
    "readers",
    "replays",
    "timelines",
    "timestamps",
]
