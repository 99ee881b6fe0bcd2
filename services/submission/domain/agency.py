"""An agency and its place in the tree of the region. Pure."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyEvent,
    AgencyKind,
    AgencyRegistered,
    AgencyRenamed,
)

GOVERNMENTS = ("province", "regency", "city")


@dataclass(frozen=True, slots=True)
class Parent:
    """The agency above: its path from the root, and the government (region) it belongs to."""

    path: tuple[str, ...]
    region_id: str


@dataclass(frozen=True, slots=True)
class RegisterAgency:
    by: str
    at: datetime
    agency_id: str
    name: str
    short_name: str
    kind: AgencyKind
    parent: Parent | None
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class SignCommitment:
    by: str
    at: datetime
    season_id: str
    innovations_promised: int
    letter_number: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class RenameAgency:
    by: str
    at: datetime
    name: str
    short_name: str


@dataclass(frozen=True, slots=True)
class CloseAgency:
    by: str
    at: datetime
    reason: str


Command = RegisterAgency | SignCommitment | RenameAgency | CloseAgency


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class Agency:
    agency_id: str
    name: str
    short_name: str
    region_id: str
    path: tuple[str, ...]
    commitments: tuple[tuple[str, int], ...] = ()
    is_closed: bool = False


State = Missing | Agency


def decide(command: Command, state: State) -> list[AgencyEvent]:
    match command, state:
        case RegisterAgency(), Missing():
            return _register(command)
        case RegisterAgency(), Agency():
            raise Refused("agency_exists", "There is already an agency with this code.")
        case _, Missing():
            raise NotFound("agency_unknown", "There is no such agency.")
        case CloseAgency(), Agency():
            return [] if state.is_closed else [_closed(command, state)]
        case _, Agency(is_closed=True):
            raise Refused("agency_closed", "This agency is closed.")
        case SignCommitment(), Agency():
            return _sign(command, state)
        case RenameAgency(), Agency():
            return _rename(command, state)
        case _:
            assert_never((command, state))


def _register(command: RegisterAgency) -> list[AgencyEvent]:
    parent = command.parent
    is_government = command.kind in GOVERNMENTS
    if parent is None and not is_government:
        raise Refused("parent_missing", "An agency below a government needs its parent.")
    above = () if parent is None else parent.path
    region = command.agency_id if is_government or parent is None else parent.region_id
    return [
        AgencyRegistered(
            by=command.by,
            at=command.at,
            agency_id=command.agency_id,
            name=command.name,
            short_name=command.short_name,
            kind=command.kind,
            parent_id=above[-1] if above else None,
            region_id=region,
            path=(*above, command.agency_id),
            source=command.source,
            sample=command.sample,
        )
    ]


def _sign(command: SignCommitment, agency: Agency) -> list[AgencyEvent]:
    if command.innovations_promised < 1:
        raise Refused("commitment_too_small", "Every agency owes at least one innovation a year.")
    if (command.season_id, command.innovations_promised) in agency.commitments:
        return []
    return [
        AgencyCommitmentSigned(
            by=command.by,
            at=command.at,
            agency_id=agency.agency_id,
            season_id=command.season_id,
            innovations_promised=command.innovations_promised,
            letter_number=command.letter_number,
            signed_on=command.signed_on,
        )
    ]


def _rename(command: RenameAgency, agency: Agency) -> list[AgencyEvent]:
    if (command.name, command.short_name) == (agency.name, agency.short_name):
        return []
    return [
        AgencyRenamed(
            by=command.by,
            at=command.at,
            agency_id=agency.agency_id,
            name=command.name,
            short_name=command.short_name,
        )
    ]


def _closed(command: CloseAgency, agency: Agency) -> AgencyClosed:
    return AgencyClosed(
        by=command.by, at=command.at, agency_id=agency.agency_id, reason=command.reason
    )


def evolve(state: State, event: AgencyEvent) -> State:
    match event, state:
        case AgencyRegistered(), _:
            return Agency(
                event.agency_id, event.name, event.short_name, event.region_id, event.path
            )
        case AgencyCommitmentSigned(), Agency():
            others = tuple(c for c in state.commitments if c[0] != event.season_id)
            commitment = (event.season_id, event.innovations_promised)
            return replace(state, commitments=(*others, commitment))
        case AgencyRenamed(), Agency():
            return replace(state, name=event.name, short_name=event.short_name)
        case AgencyClosed(), Agency():
            return replace(state, is_closed=True)
        case _:
            return state


decider = Decider[Command, State, AgencyEvent](Missing(), decide, evolve)
