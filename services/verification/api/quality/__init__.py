"""How well it goes: rules of second looks, agreement, service levels, minutes."""

from services.verification.api.quality import agreement, levels, minutes, rules

__all__ = ["agreement", "levels", "minutes", "rules"]
