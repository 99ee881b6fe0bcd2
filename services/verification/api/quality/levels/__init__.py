"""Service levels: how long things wait, what is overdue, who carries how much, what gets done."""

from services.verification.api.quality.levels.routes import routes

__all__ = ["routes"]
