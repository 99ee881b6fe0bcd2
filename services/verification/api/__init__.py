"""HTTP in: requests become commands, views become answers."""

from services.verification.api import dossiers, reviews
from services.verification.api.permissions import PERMISSIONS

__all__ = ["PERMISSIONS", "dossiers", "reviews"]
