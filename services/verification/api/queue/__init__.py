"""The review queue: listed, counted, and the next dossier taken from it."""

from services.verification.api.queue import dispatch, listing

__all__ = ["dispatch", "listing"]
