"""Berita acara validasi: every verdict of a dossier on paper."""

from services.verification.api.quality.minutes.routes import routes

__all__ = ["routes"]
