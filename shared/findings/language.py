"""Which of the two languages a reader prefers. Pure."""

from typing import Literal

Language = Literal["id", "en"]
LONGEST_HEADER = 500


def language_of(accept_language: str | None) -> Language:
    """English where the header prefers it to Indonesian; Indonesian for everybody else."""
    weights = {"id": 0.0, "en": 0.0}
    for part in (accept_language or "")[:LONGEST_HEADER].lower().split(","):
        tag, _, quality = part.partition(";")
        name = tag.strip().split("-")[0]
        if name in weights:
            weights[name] = max(weights[name], _quality(quality))
    return "en" if weights["en"] > weights["id"] else "id"


def _quality(text: str) -> float:
    name, _, value = text.strip().partition("=")
    if not name:
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
