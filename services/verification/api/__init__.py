"""HTTP in: requests become commands, views become answers."""

from services.verification.api import (
    agreement,
    bulletin,
    catalogue,
    conflicts,
    dispatch,
    dossiers,
    levels,
    listing,
    minutes,
    reviews,
    rules,
    verifiers,
)
from services.verification.api.permissions import PERMISSIONS

__all__ = [
    "PERMISSIONS",
    "agreement",
    "bulletin",
    "catalogue",
    "conflicts",
    "dispatch",
    "dossiers",
    "levels",
    "listing",
    "minutes",
    "reviews",
    "rules",
    "verifiers",
]
