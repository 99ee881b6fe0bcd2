"""The facts that explanations rest on, kept beside a replay, which remembers only states. Pure."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final, TypeVar

from shared.events.awards import COMPETITION, FUND, TAX
from shared.events.base import Fact, Recorded
from shared.events.catalogue import UnknownFact
from shared.events.scoring import PANEL, REGION, SCORECARD
from shared.events.submission import (
    INNOVATION,
    REPLICATION,
    InnovationWithdrawn,
    ProfileRevised,
)
from shared.events.verification import (
    DOSSIER,
    DossierHandedOver,
    DossierLeased,
    DossierReleased,
    LeaseRenewed,
    LeaseRevoked,
)
from shared.history.envelope import Message, recorded

FactT = TypeVar("FactT", bound=Fact)
PASSING: Final[tuple[type[Fact], ...]] = (
    ProfileRevised,
    InnovationWithdrawn,
    DossierLeased,
    LeaseRenewed,
    DossierReleased,
    DossierHandedOver,
    LeaseRevoked,
)
"""What nothing that is explained rests on: most of a history is leases and drafts."""
KEPT: Final = frozenset(
    fact.ce_type
    for aggregate in (
        *(INNOVATION, REPLICATION, DOSSIER, SCORECARD, REGION),
        *(PANEL, COMPETITION, FUND, TAX),
    )
    for fact in aggregate.facts
    if fact not in PASSING
)
NEVER: Final = 2**63


class Trail:
    """Takes the messages that a replay takes, in the same order, where something is explained.

    A replay that explains nothing has none, and pays nothing. Its size is that of the facts kept.
    """

    def __init__(self) -> None:
        self._by_subject: dict[str, list[Recorded[Any]]] = {}
        self._by_kind: dict[tuple[str, type[Fact]], list[Recorded[Any]]] = {}

    def take(self, message: Message) -> None:
        """What cannot be read is for the replay to name."""
        if message.headers.get("ce-type") not in KEPT:
            return
        try:
            event = recorded(message)
        except UnknownFact:
            return
        self.heard(event)

    def heard(self, event: Recorded[Any]) -> None:
        """For who has read the message already."""
        fact: Fact = event.fact
        if fact.ce_type in KEPT:
            self._by_subject.setdefault(event.subject, []).append(event)
            self._by_kind.setdefault((event.subject, type(fact)), []).append(event)

    def on(self, subject: str, until: int = NEVER) -> Sequence[Recorded[Any]]:
        """The facts of an aggregate that stand at `until` or before it."""
        return [each for each in self._by_subject.get(subject, ()) if each.sequence <= until]

    def of(
        self,
        subject: str,
        kind: type[FactT],
        matches: Callable[[FactT], bool] = lambda _: True,
        until: int = NEVER,
    ) -> Iterator[Recorded[FactT]]:
        """Those of one kind, in order."""
        for event in self._by_kind.get((subject, kind), ()):
            if event.sequence <= until and matches(event.fact):
                yield event

    def last(
        self,
        subject: str,
        kind: type[FactT],
        matches: Callable[[FactT], bool] = lambda _: True,
        until: int = NEVER,
    ) -> tuple[Recorded[FactT], ...]:
        """The newest one of them, if any."""
        return tuple(self.of(subject, kind, matches, until))[-1:]
