"""What an explanation is made of: steps, the facts and rules they rest on, and why. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from services.audit.domain.findings import Finding
from shared.events.base import Recorded

Value = str | int


def _nothing() -> Mapping[str, Value]:
    return {}


@dataclass(frozen=True, slots=True)
class Said:
    """A fact that a step rests on: where it stands in the history, who said it and when."""

    sequence: int
    event_id: str
    subject: str
    fact: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rule:
    """`what` the rule says, in Indonesian; `of` an edition, a table of taxes or a competition,
    known by its digest; `sources` are those that the edition cites.
    """

    what: str
    of: str
    digest: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """One step: `title` for people, `values` exact, and the steps that it follows from.

    `about` is what a person may ask for to have this step alone; empty where nobody can.
    """

    kind: str
    title: str
    about: str = ""
    facts: tuple[Said, ...] = ()
    values: Mapping[str, Value] = field(default_factory=_nothing)
    rule: Rule | None = None
    because: tuple["Step", ...] = ()


@dataclass(frozen=True, slots=True)
class Explained:
    """`findings` are those of the replay on the aggregates that the explanation rests on."""

    thing: str
    step: Step
    findings: tuple[Finding, ...] = ()


def said(events: Iterable[Recorded[Any]]) -> tuple[Said, ...]:
    return tuple(
        Said(
            sequence=event.sequence,
            event_id=event.id,
            subject=event.subject,
            fact=type(event.fact).__name__,
            by=event.fact.by,
            at=event.fact.at,
        )
        for event in events
    )


def walked(step: Step) -> Iterator[Step]:
    """The step and all below it, each the first time that it comes."""
    seen: set[int] = set()
    waiting = [step]
    while waiting:
        each = waiting.pop()
        if id(each) not in seen:
            seen.add(id(each))
            yield each
            waiting.extend(reversed(each.because))
