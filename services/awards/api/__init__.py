"""HTTP in: requests become commands, views become answers."""

from services.awards.api import (
    allocations,
    competitions,
    funds,
    objections,
    published,
    results,
)
from services.awards.api.permissions import PERMISSIONS, PUBLIC

__all__ = [
    "PERMISSIONS",
    "PUBLIC",
    "allocations",
    "competitions",
    "funds",
    "objections",
    "published",
    "results",
]
