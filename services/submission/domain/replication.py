"""Who took up whose innovation, by a statement of their own. Pure."""

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import assert_never

from services.submission.domain.clock import today
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import (
    Letter,
    ReplicationEvent,
    ReplicationLinked,
    ReplicationStated,
    ReplicationWithdrawn,
    statement_digest,
)

EARLIEST_START = date(2000, 1, 1)
E_MAIL = re.compile(r"\S@\S")
PHONE = re.compile(r"(?:\+|\b)\d(?:[\s().-]*\d){6,}")
"""Seven digits or more in a row, however they are spaced: phones, and the numbers of people."""


@dataclass(frozen=True, slots=True)
class Replicable:
    """What is known of the innovation that was taken up, when the statement is made.

    `heirs` are the agencies that carry on for its own.
    """

    innovation_id: str
    agency_path: tuple[str, ...]
    region_id: str
    training: bool
    is_verified: bool
    heirs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Replica:
    """An innovation that is to be linked, as known when asked.

    `is_own` says that it is the replicating agency's, or that of one that carries on for it.
    """

    innovation_id: str
    training: bool
    is_own: bool


@dataclass(frozen=True, slots=True)
class StateReplication:
    by: str
    at: datetime
    replication_id: str
    original: Replicable
    agency_id: str
    agency_path: tuple[str, ...]
    region_id: str
    letter: Letter
    started_on: date
    contact_body: str


@dataclass(frozen=True, slots=True)
class LinkReplica:
    by: str
    at: datetime
    replica: Replica


@dataclass(frozen=True, slots=True)
class WithdrawReplication:
    by: str
    at: datetime
    reason: str


Command = StateReplication | LinkReplica | WithdrawReplication


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class Standing:
    stated: ReplicationStated
    replica_id: str | None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    stated: ReplicationStated


State = Missing | Standing | Withdrawn


def replication_id_of(innovation_id: str, agency_id: str) -> str:
    """One statement may stand for an innovation and an agency, so they name it."""
    return f"{innovation_id}_{agency_id}"


def decide(command: Command, state: State) -> list[ReplicationEvent]:
    match command, state:
        case StateReplication(), Standing():
            raise Refused("replication_exists", "This agency has already stated so by letter.")
        case StateReplication(), (Missing() | Withdrawn()):
            return _state(command)
        case _, Missing():
            raise NotFound("replication_unknown", "There is no such statement of replication.")
        case LinkReplica(), Standing():
            return _link(command, state)
        case LinkReplica(), Withdrawn():
            raise Refused("replication_withdrawn", "This statement was withdrawn.")
        case WithdrawReplication(), Withdrawn():
            return []
        case WithdrawReplication(), Standing():
            return [_withdrawn(command, state)]
        case _:
            assert_never((command, state))


def _state(command: StateReplication) -> list[ReplicationEvent]:
    _check_original(command)
    _check_dates(command)
    _check_contact(command.contact_body)
    original = command.original
    return [
        ReplicationStated(
            by=command.by,
            at=command.at,
            replication_id=command.replication_id,
            innovation_id=original.innovation_id,
            original_agency_path=original.agency_path,
            original_region_id=original.region_id,
            agency_id=command.agency_id,
            agency_path=command.agency_path,
            region_id=command.region_id,
            letter=command.letter,
            started_on=command.started_on,
            contact_body=command.contact_body,
            replica_id=None,
            statement_digest=statement_digest(
                original.innovation_id,
                command.agency_id,
                command.letter,
                command.started_on,
                command.contact_body,
            ),
        )
    ]


def _check_original(command: StateReplication) -> None:
    original = command.original
    if original.training:
        raise Refused("training", "An innovation of a training season is not replicated.")
    if not original.is_verified:
        raise Refused("original_not_verified", "Only a verified innovation can be replicated.")
    owners = (original.agency_path[-1], *original.heirs)
    is_above = command.agency_id in original.agency_path
    is_own_or_below = any(owner in command.agency_path for owner in owners)
    if is_above or is_own_or_below:
        raise Refused(
            "replication_of_own",
            "A replication is by another agency, neither above nor below the one that innovated.",
        )


def _check_dates(command: StateReplication) -> None:
    day = today(command.at)
    if not EARLIEST_START <= command.started_on <= day:
        raise Refused(
            "start_out_of_range",
            "The replication began between 1 January 2000 and today.",
            started_on=command.started_on.isoformat(),
        )
    if command.letter.signed_on > day:
        raise Refused(
            "letter_in_future",
            "The letter's date lies in the future.",
            signed_on=command.letter.signed_on.isoformat(),
        )


def _check_contact(contact_body: str) -> None:
    if E_MAIL.search(contact_body) or PHONE.search(contact_body):
        raise Refused(
            "contact_is_personal",
            "Name the body that answers questions, such as a division of the agency, without"
            " phone numbers or e-mail addresses: the register keeps no personal data.",
        )


def _link(command: LinkReplica, state: Standing) -> list[ReplicationEvent]:
    replica = command.replica
    if replica.innovation_id == state.replica_id:
        return []
    if not replica.is_own or replica.innovation_id == state.stated.innovation_id:
        raise Refused(
            "replica_of_another", "The replica is an innovation of the replicating agency itself."
        )
    if replica.training:
        raise Refused("training", "An innovation of a training season is no replica.")
    return [
        ReplicationLinked(
            by=command.by,
            at=command.at,
            replication_id=state.stated.replication_id,
            replica_id=replica.innovation_id,
        )
    ]


def _withdrawn(command: WithdrawReplication, state: Standing) -> ReplicationWithdrawn:
    return ReplicationWithdrawn(
        by=command.by,
        at=command.at,
        replication_id=state.stated.replication_id,
        reason=command.reason,
    )


def evolve(state: State, event: ReplicationEvent) -> State:
    match event, state:
        case ReplicationStated(), _:
            return Standing(event, event.replica_id)
        case ReplicationLinked(), Standing():
            return replace(state, replica_id=event.replica_id)
        case ReplicationWithdrawn(), Standing():
            return Withdrawn(state.stated)
        case _:
            return state


decider = Decider[Command, State, ReplicationEvent](Missing(), decide, evolve)
