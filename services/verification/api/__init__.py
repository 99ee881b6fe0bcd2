"""HTTP in: requests become commands, views become answers."""

from services.verification.api import (
    catalogue,
    dossiers,
    machine,
    notices,
    people,
    quality,
    queue,
    reviews,
)
from services.verification.api.permissions import PERMISSIONS

__all__ = [
    "PERMISSIONS",
    "catalogue",
    "dossiers",
    "machine",
    "notices",
    "people",
    "quality",
    "queue",
    "reviews",
]
