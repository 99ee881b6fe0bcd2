"""Verifiers: what they know well, how much they take, whom they are tied to."""

from services.verification.api.people import conflicts, verifiers

__all__ = ["conflicts", "verifiers"]
