"""Whether facts are exactly what the rules decide on the state before them. Pure."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any

from services.audit.domain.causes import Causes
from services.audit.domain.conflicts import conflict
from services.audit.domain.crossing import as_heard_then
from services.audit.domain.earlier import as_said_then
from services.audit.domain.findings import Finding, Kind, first_difference
from services.audit.domain.kinds import KindOfAggregate
from services.audit.domain.money import MoneyFault, money_fault
from services.audit.domain.papers import PaperFault, paper_fault
from services.audit.domain.readings import ReadingFault, reading_fault
from services.audit.domain.sampling import sample_fault
from services.audit.domain.seals import recusal_fault, seal_fault
from services.audit.domain.ticks import ticked_ids
from services.audit.domain.world import OtherEdition, Standing, Untold, World
from shared.errors import DomainError
from shared.events.awards import DocumentIssued, MoneyAllocated
from shared.events.base import Fact, Recorded
from shared.events.scoring import ScoreSealed, ScoresRevealed

Facts = Sequence[Fact]
NOBODY_ASKED = "No fact before asked for this."


class Judge:
    """Judges one command's facts at a time; `causes` are what earlier facts asked for."""

    def __init__(self, world: World, causes: Causes) -> None:
        self._world = world
        self._causes = causes

    def findings(
        self,
        group: Sequence[Recorded[Any]],
        standing: Standing,
        kind: KindOfAggregate,
        *,
        is_whole: bool,
    ) -> Iterator[Finding]:
        """At most one: what is wrong first explains the rest. A group that is not `is_whole`
        was cut off by the end of the replay.
        """
        facts = [event.fact for event in group]
        first = group[0]
        try:
            for fact in facts:
                tied = conflict(fact, standing.state, self._world)
                if tied is not None:
                    yield _finding("conflict", first, tied)
                    return
            drawn = sample_fault(facts, standing.state, self._world)
            if drawn is not None:
                yield _finding("sample", first, drawn.what, drawn.expected, drawn.found)
                return
            yield from self._judged(group, facts, standing, kind, is_whole=is_whole)
        except OtherEdition as other:
            yield _finding("edition", first, str(other), other.expected, other.found)
        except Untold as missing:
            yield _finding("untold", first, str(missing))
        except DomainError as refusal:
            yield _finding("refused", first, f"The rules refuse this: {refusal.sentence}")
        except Exception as error:
            # A rule that stumbles over a forged history is a finding, not the end of the replay.
            yield _finding("refused", first, f"The rules fail on this: {_told(error)}")

    def _judged(
        self,
        group: Sequence[Recorded[Any]],
        facts: Facts,
        standing: Standing,
        kind: KindOfAggregate,
        *,
        is_whole: bool,
    ) -> Iterator[Finding]:
        first = group[0]
        if isinstance(facts[0], ScoreSealed):
            yield from self._sealed(first, facts[0], facts[1:], standing, is_whole=is_whole)
            return
        unowed = self._unowed(facts, standing)
        if unowed is not None:
            yield _finding("differs", first, unowed.what, unowed.expected, unowed.found)
            return
        command = self._command(first, facts, standing, kind)
        if command is None:
            names = ", ".join(type(fact).__name__ for fact in facts)
            is_caused = first.causation_id is not None or first.fact.by.startswith("system:")
            what = NOBODY_ASKED if is_caused else f"No command says {names} together."
            yield _finding("cause" if is_caused else "differs", first, what)
            return
        derived = self._derived(command, facts, standing, kind, is_whole=is_whole)
        if derived is not None:
            yield _differing(group, derived)
            return
        fault = self._beyond(facts, standing)
        if fault is not None:
            yield _finding("differs", first, fault.what, fault.expected, fault.found)

    def _derived(
        self,
        command: Any,
        facts: Facts,
        standing: Standing,
        kind: KindOfAggregate,
        *,
        is_whole: bool,
    ) -> list[Fact] | None:
        """What the rules decide in place of these facts; None where they decide these, also where
        two things crossed and they did so not knowing it.
        """

        def decided(told: Any) -> list[Fact]:
            return as_said_then(kind.decider.decide(told, standing.state), facts)

        try:
            derived = decided(command)
            if _are_these(facts, derived, is_whole=is_whole):
                return None
        except DomainError:
            pass
        for earlier in as_heard_then(command, self._world):
            with suppress(DomainError):
                derived = decided(earlier)
                if _are_these(facts, derived, is_whole=is_whole):
                    return None
        return decided(command)

    def _unowed(self, facts: Facts, standing: Standing) -> MoneyFault | None:
        """Comes before the rules of the fund: a wrong sum of one line makes all others wrong."""
        if not isinstance(facts[0], MoneyAllocated):
            return None
        return money_fault(facts, standing.state, self._world)

    def _beyond(self, facts: Facts, standing: Standing) -> PaperFault | ReadingFault | None:
        """What the rules of the aggregate alone cannot tell."""
        match facts[0]:
            case DocumentIssued() as fact:
                return paper_fault(fact, standing.state, self._world)
            case ScoresRevealed() as fact:
                return reading_fault(fact, standing.key, standing.state, self._world)
            case _:
                return None

    def _sealed(
        self,
        first: Recorded[Any],
        sealed: ScoreSealed,
        declared: Facts,
        standing: Standing,
        *,
        is_whole: bool,
    ) -> Iterator[Finding]:
        before = standing.state
        fault = seal_fault(sealed, before)
        if fault is not None:
            yield _finding("refused", first, fault)
            return
        undeclared = recusal_fault(sealed, declared, before, self._world, is_whole=is_whole)
        if undeclared is not None:
            yield _finding("differs", first, undeclared)

    def _command(
        self,
        first: Recorded[Any],
        facts: Facts,
        standing: Standing,
        kind: KindOfAggregate,
    ) -> Any:
        if first.causation_id is not None:
            to = self._causes.claimed(first, facts, self._world)
            return None if to is None else to.command
        ticked = ticked_ids(first.fact, first.key, standing.state)
        is_by_the_clock = ticked or first.fact.by.startswith("system:")
        if is_by_the_clock and first.command_id not in ticked:
            return None
        return kind.command_of(facts, standing.state, self._world)


def _are_these(facts: Facts, derived: Facts, *, is_whole: bool) -> bool:
    return facts == (derived if is_whole else derived[: len(facts)])


def _differing(group: Sequence[Recorded[Any]], derived: Facts) -> Finding:
    """Names the first fact and field that are not as the rules decide."""
    for number, event in enumerate(group):
        if number >= len(derived):
            what = f"The rules say no {type(event.fact).__name__} here."
            return _finding("differs", event, what)
        if event.fact == derived[number]:
            continue
        return _in_fact(event, derived[number])
    missing = ", ".join(type(fact).__name__ for fact in derived[len(group) :])
    return _finding("differs", group[-1], f"The rules also say {missing}, which is not there.")


def _in_fact(event: Recorded[Any], derived: Fact) -> Finding:
    found = event.fact
    if type(found) is not type(derived):
        names = type(derived).__name__, type(found).__name__
        return _finding("differs", event, "The rules say another fact.", *names)
    difference = first_difference(derived.model_dump(mode="json"), found.model_dump(mode="json"))
    name = type(found).__name__
    if difference is None:
        return _finding("differs", event, f"{name} is not as the rules say.")
    expected, is_there = str(difference.expected), str(difference.found)
    return _finding("differs", event, f"{name}: {difference.path}", expected, is_there)


def _finding(
    kind: Kind, event: Recorded[Any], what: str, expected: str = "", found: str = ""
) -> Finding:
    return Finding(kind, event.subject, event.sequence, what, expected, found)


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]
