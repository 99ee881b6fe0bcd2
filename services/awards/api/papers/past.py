"""The facts that papers tell from, as they stood at one sequence of the stream. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from shared.events.base import Fact, Recorded

FactT = TypeVar("FactT", bound=Fact)


@dataclass(frozen=True)
class Past:
    """Facts in the order of the stream, of all aggregates that a paper may speak of."""

    events: tuple[Recorded[Any], ...]

    @classmethod
    def of(cls, events: Iterable[Recorded[Any]]) -> "Past":
        return cls(tuple(sorted(events, key=lambda event: event.sequence)))

    def until(self, sequence: int) -> "Past":
        """What was so when the stream ended with `sequence`."""
        return Past(tuple(event for event in self.events if event.sequence <= sequence))

    def all(self, kind: type[FactT], /, **wanted: object) -> list[Recorded[FactT]]:
        """Every fact of a kind whose fields have these values, the oldest first."""
        return [
            event
            for event in self.events
            if isinstance(event.fact, kind)
            and all(getattr(event.fact, name) == value for name, value in wanted.items())
        ]

    def last(self, kind: type[FactT], /, **wanted: object) -> Recorded[FactT] | None:
        found = self.all(kind, **wanted)
        return found[-1] if found else None
