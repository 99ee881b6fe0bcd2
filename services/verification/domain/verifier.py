"""A verifier: what they know well, how much they take, and whom they are tied to. Pure."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final, assert_never

from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.verification import (
    ConflictDeclared,
    ConflictEnded,
    VerifierDescribed,
    VerifierEvent,
)

MAX_AFFAIRS: Final = 40
MAX_CAPACITY: Final = 100
MAX_CONFLICTS: Final = 100


@dataclass(frozen=True, slots=True)
class Home:
    """The agency that a person belongs to, and its path from the root; none from outside."""

    agency_id: str | None = None
    agency_path: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribeVerifier:
    """`home` as the person's own sign-in tells it; None where somebody else describes them:
    what is known of it stays.
    """

    by: str
    at: datetime
    verifier_id: str
    home: Home | None
    affairs: tuple[str, ...]
    capacity: int
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclareConflict:
    """A tie that no tree knows, which nobody but the person can declare or end."""

    by: str
    at: datetime
    agency_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndConflict:
    by: str
    at: datetime
    agency_id: str
    reason: str


Command = DescribeVerifier | DeclareConflict | EndConflict


@dataclass(frozen=True, slots=True)
class Description:
    """`affairs` sorted: an order means nothing."""

    affairs: tuple[str, ...]
    capacity: int
    active: bool


@dataclass(frozen=True, slots=True)
class Verifier:
    """`conflicts` are the agencies declared and not ended, sorted; `ended` those that were.

    `description` is None for somebody whom nobody has described yet.
    """

    home: Home = field(default_factory=Home)
    description: Description | None = None
    conflicts: tuple[str, ...] = ()
    ended: frozenset[str] = frozenset()


State = Verifier


def decide(command: Command, state: State) -> list[VerifierEvent]:
    match command:
        case DescribeVerifier():
            return _describe(command, state)
        case DeclareConflict():
            return _declare(command, state)
        case EndConflict():
            return _end(command, state)
        case _:
            assert_never(command)


def _describe(command: DescribeVerifier, verifier: Verifier) -> list[VerifierEvent]:
    _check_description(command)
    home = command.home or verifier.home
    affairs = tuple(sorted(command.affairs))
    description = Description(affairs, command.capacity, command.active)
    if (home, description) == (verifier.home, verifier.description):
        return []
    return [
        VerifierDescribed(
            by=command.by,
            at=command.at,
            verifier_id=command.verifier_id,
            agency_id=home.agency_id,
            agency_path=home.agency_path,
            affairs=affairs,
            capacity=command.capacity,
            active=command.active,
        )
    ]


def _check_description(command: DescribeVerifier) -> None:
    if not 1 <= command.capacity <= MAX_CAPACITY:
        raise Refused(
            "capacity_out_of_range", "A verifier holds 1 to 100 dossiers.", most=MAX_CAPACITY
        )
    if len(command.affairs) > MAX_AFFAIRS:
        raise Refused("affairs_too_many", "Name at most 40 affairs.", most=MAX_AFFAIRS)
    if len(set(command.affairs)) < len(command.affairs):
        raise Refused("affair_twice", "Each affair is named once.")


def _declare(command: DeclareConflict, verifier: Verifier) -> list[VerifierEvent]:
    if command.agency_id in verifier.conflicts:
        return []
    _check_reason(command.reason)
    if len(verifier.conflicts) >= MAX_CONFLICTS:
        raise Refused(
            "conflicts_too_many",
            "Whoever is tied to more than 100 agencies should not be offered any dossier.",
            most=MAX_CONFLICTS,
        )
    return [
        ConflictDeclared(
            by=command.by,
            at=command.at,
            verifier_id=command.by,
            agency_id=command.agency_id,
            reason=command.reason,
        )
    ]


def _end(command: EndConflict, verifier: Verifier) -> list[VerifierEvent]:
    if command.agency_id in verifier.ended:
        return []
    if command.agency_id not in verifier.conflicts:
        raise NotFound("conflict_unknown", "You have declared no conflict with this agency.")
    _check_reason(command.reason)
    return [
        ConflictEnded(
            by=command.by,
            at=command.at,
            verifier_id=command.by,
            agency_id=command.agency_id,
            reason=command.reason,
        )
    ]


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise Refused("reason_missing", "Say why: auditors read it.")


def evolve(state: State, event: VerifierEvent) -> State:
    match event:
        case VerifierDescribed():
            return replace(
                state,
                home=Home(event.agency_id, event.agency_path),
                description=Description(event.affairs, event.capacity, event.active),
            )
        case ConflictDeclared():
            return replace(
                state,
                conflicts=tuple(sorted({*state.conflicts, event.agency_id})),
                ended=state.ended - {event.agency_id},
            )
        case ConflictEnded():
            return replace(
                state,
                conflicts=tuple(each for each in state.conflicts if each != event.agency_id),
                ended=state.ended | {event.agency_id},
            )
        case _:
            assert_never(event)


decider = Decider[Command, State, VerifierEvent](Verifier(), decide, evolve)
