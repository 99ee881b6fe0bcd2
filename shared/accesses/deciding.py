"""When a look at a document is a new one, and what is kept of those before it. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from shared.decider import Decider
from shared.events.access import How, Opening

OpeningT = TypeVar("OpeningT", bound=Opening)
WINDOW = timedelta(minutes=15)
"""Who opens a document again sooner has it in front of them: no new fact."""


@dataclass(frozen=True, slots=True)
class OpenEvidence:
    by: str
    at: datetime
    sha256: str
    about: str
    how: How
    agency: str | None
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lately:
    """When each person opened the document last; who did before the window is forgotten."""

    by_person: Mapping[str, datetime] = field(default_factory=dict[str, datetime])


def opening(said: type[OpeningT]) -> Decider[OpenEvidence, Lately, OpeningT]:
    """The decider of the service that says `said`."""

    def decide(command: OpenEvidence, state: Lately) -> Sequence[OpeningT]:
        last = state.by_person.get(command.by)
        if last is not None and _is_lately(last, command.at):
            return []
        fact = said(
            by=command.by,
            at=command.at,
            sha256=command.sha256,
            about=command.about,
            how=command.how,
            agency=command.agency,
            roles=command.roles,
        )
        return [fact]

    return Decider(Lately(), decide, _evolve)


def _evolve(state: Lately, fact: Opening) -> Lately:
    known = {**state.by_person, fact.by: fact.at}
    return Lately({person: at for person, at in known.items() if _is_lately(at, fact.at)})


def _is_lately(one: datetime, other: datetime) -> bool:
    """Either may be the later one: hosts differ by seconds, a clock set ahead by days."""
    return abs(other - one) < WINDOW
