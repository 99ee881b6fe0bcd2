"""Facts as the stream would hold them, and the view that follows."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from shared.events.base import Fact, Recorded

FactT = TypeVar("FactT", bound=Fact)
ViewT = TypeVar("ViewT")


def as_recorded(
    fact: FactT, version: int = 1, subject: str = "inda.v1.awards.x.kia-2026"
) -> Recorded[FactT]:
    return Recorded(
        fact=fact,
        id=f"event-{version}",
        subject=subject,
        sequence=100 + version,
        version=version,
        command_id=f"command-{version}",
        command_digest="",
        correlation_id="correlation",
        causation_id=None,
        traceparent=None,
    )


def folded(
    fold: Callable[[ViewT | None, Recorded[FactT]], ViewT], facts: Sequence[FactT]
) -> ViewT | None:
    view: ViewT | None = None
    for version, fact in enumerate(facts, start=1):
        view = fold(view, as_recorded(fact, version))
    return view
