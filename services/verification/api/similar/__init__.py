"""Other dossiers that are like one, and two of them side by side."""

from services.verification.api.similar.routes import routes

__all__ = ["routes"]
