"""Other dossiers that are like one, and two of them side by side."""

from services.verification.api.machine.similar.routes import routes

__all__ = ["routes"]
