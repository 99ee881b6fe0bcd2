"""What people type about findings and verdicts, as the service wants it. Pure."""

from collections.abc import Iterable, Sequence
from typing import get_args

from deploy.cli.arguments import pair
from deploy.cli.client import Document
from deploy.cli.failures import Misuse
from shared.events.verification import Criterion, VisitOutcome

CRITERIA: tuple[str, ...] = get_args(Criterion)
OUTCOMES: tuple[str, ...] = get_args(VisitOutcome)
LEVELS = ("0", "1", "2", "3")


def criteria(not_met: Iterable[str]) -> list[Document]:
    """All five, met but for those that are named with a reason. Raises `Misuse`."""
    notes = dict(pair(each, "benefit='why it is not met'") for each in not_met)
    for name in notes:
        if name not in CRITERIA:
            raise _unusable("criterion_unknown", f"{name} is not a criterion.", CRITERIA)
    return [
        {"criterion": name, "met": name not in notes, "note": notes.get(name, "")}
        for name in CRITERIA
    ]


def levels(texts: Iterable[str]) -> dict[str, int]:
    """Levels by indicator. Raises `Misuse`."""
    found: dict[str, int] = {}
    for each in texts:
        indicator, level = pair(each, "SID-03=2")
        if level not in LEVELS:
            raise _unusable("level_unusable", f"{level} is not a level.", LEVELS)
        found[indicator] = int(level)
    return found


def by_indicator(texts: Iterable[str], indicators: Sequence[str], example: str) -> dict[str, str]:
    """`SID-03=value`, or one value without an indicator for all of them. Raises `Misuse`."""
    found: dict[str, str] = {}
    for each in texts:
        name, separator, _ = each.partition("=")
        if not separator:
            found = {**dict.fromkeys(indicators, each.strip()), **found}
            continue
        if name.strip() not in indicators:
            raise _unusable("indicator_without_level", f"{name} has no --level.", indicators)
        indicator, value = pair(each, example)
        found[indicator] = value
    return found


def visit_findings(texts: Iterable[str]) -> list[Document]:
    """`SID-04=confirmed`, with a note after a colon where there is one. Raises `Misuse`."""
    found: list[Document] = []
    for each in texts:
        indicator, told = pair(each, "SID-04=confirmed:'what was seen'")
        outcome, _, note = told.partition(":")
        if outcome.strip() not in OUTCOMES:
            raise _unusable("outcome_unknown", f"{outcome.strip()} is not an outcome.", OUTCOMES)
        found.append({"indicator": indicator, "outcome": outcome.strip(), "note": note.strip()})
    return found


def _unusable(code: str, sentence: str, allowed: Sequence[str]) -> Misuse:
    return Misuse(code, sentence, allowed=list(allowed))
