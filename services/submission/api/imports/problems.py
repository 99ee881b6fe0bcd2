"""What the request models say against a row, as faults of its columns. Pure."""

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from services.submission.api.imports.faults import Fault

MEANINGS = {
    "missing": "cell_missing",
    "string_too_short": "cell_missing",
    "too_short": "cell_missing",
    "less_than_equal": "number_out_of_range",
    "greater_than_equal": "number_out_of_range",
    "decimal_max_digits": "number_out_of_range",
    "decimal_max_places": "number_out_of_range",
    "decimal_whole_digits": "number_out_of_range",
}
LIMITS = ("le", "ge", "max_digits", "decimal_places", "whole_digits")


def faults_of(error: ValidationError, columns: Mapping[str, str], other: str) -> list[Fault]:
    """The first fault of each column; `columns` are by field, `other` stands for any other."""
    found: dict[str, Fault] = {}
    for problem in error.errors():
        name = str(problem["loc"][0]) if problem["loc"] else ""
        column = columns.get(name, other)
        found.setdefault(column, _fault(column, problem))
    return list(found.values())


def _fault(column: str, problem: Any) -> Fault:
    kind, context = str(problem["type"]), problem.get("ctx", {})
    if kind in ("string_too_long", "too_long"):
        allowed = int(context["max_length"])
        if not isinstance(problem["input"], str):
            return Fault("too_many", column, {"allowed": allowed})
        length = len(problem["input"])
        return Fault("text_too_long", column, {"allowed": allowed, "length": length})
    if kind in MEANINGS:
        limit = ", ".join(f"{name} {context[name]}" for name in LIMITS if name in context)
        return Fault(MEANINGS[kind], column, {"limit": limit})
    if kind == "value_error" and "cannot be shown" in str(problem["msg"]):
        return Fault("text_unreadable", column)
    return Fault("value_invalid", column, {"said": str(problem["msg"])[:200]})
