"""An agency and its place in the tree of the region. Pure."""

from datetime import date, datetime
from typing import assert_never

from services.submission.domain.agency.commands import (
    CloseAgency,
    Command,
    Parent,
    RegisterAgency,
    RenameAgency,
    SignCommitment,
    SucceedAgency,
    Successor,
)
from services.submission.domain.agency.states import Agency, Missing, State, evolve
from services.submission.domain.clock import today
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyEvent,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)

GOVERNMENTS = ("province", "regency", "city")


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
        case SucceedAgency(), Agency(is_closed=True) if _is_succeeded_so(command, state):
            return []
        case _, Agency(is_closed=True):
            raise Refused("agency_closed", "This agency is closed.")
        case SignCommitment(), Agency():
            return _sign(command, state)
        case RenameAgency(), Agency():
            return _rename(command, state)
        case SucceedAgency(), Agency():
            return _succeed(command, state)
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
    if command.effective_on is not None:
        _check_effective(command.effective_on, command.at)
    return [
        AgencyRenamed(
            by=command.by,
            at=command.at,
            agency_id=agency.agency_id,
            name=command.name,
            short_name=command.short_name,
            letter_number=command.letter_number,
            effective_on=command.effective_on,
        )
    ]


def _is_succeeded_so(command: SucceedAgency, agency: Agency) -> bool:
    return set(agency.successors) == {each.agency_id for each in command.successors}


def _succeed(command: SucceedAgency, agency: Agency) -> list[AgencyEvent]:
    _check_successors(command.successors, agency)
    _check_effective(command.effective_on, command.at)
    return [
        AgencySucceeded(
            by=command.by,
            at=command.at,
            agency_id=agency.agency_id,
            successors=tuple(each.agency_id for each in command.successors),
            effective_on=command.effective_on,
            letter_number=command.letter_number,
            reason=command.reason,
        )
    ]


def _check_successors(successors: tuple[Successor, ...], agency: Agency) -> None:
    if not successors:
        raise Refused("successor_missing", "Name at least one agency that carries on.")
    if len({each.agency_id for each in successors}) < len(successors):
        raise Refused("successor_twice", "Each agency that carries on is named once.")
    below = tuple(each.agency_id for each in successors if agency.agency_id in each.path)
    if below:
        raise Refused(
            "successor_is_own",
            "An agency is not succeeded by itself or by one below it.",
            successors=below,
        )


def _check_effective(effective_on: date, at: datetime) -> None:
    if effective_on > today(at):
        raise Refused(
            "effective_in_future",
            "The change is recorded once it holds: its date lies in the future.",
            effective_on=effective_on.isoformat(),
        )


def _closed(command: CloseAgency, agency: Agency) -> AgencyClosed:
    return AgencyClosed(
        by=command.by, at=command.at, agency_id=agency.agency_id, reason=command.reason
    )


decider = Decider[Command, State, AgencyEvent](Missing(), decide, evolve)

__all__ = [
    "Agency",
    "CloseAgency",
    "Command",
    "Missing",
    "Parent",
    "RegisterAgency",
    "RenameAgency",
    "SignCommitment",
    "State",
    "SucceedAgency",
    "Successor",
    "decider",
]
