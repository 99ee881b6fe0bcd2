"""A reporting season: opened with an edition, its deadline only ever moved further away. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import (
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonEvent,
    SeasonOpened,
)


@dataclass(frozen=True, slots=True)
class OpenSeason:
    by: str
    at: datetime
    season_id: str
    name: str
    assessment_year: int
    edition_id: str
    edition_digest: str
    opens_at: datetime
    deadline: datetime
    revision_days: int
    training: bool


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    by: str
    at: datetime
    deadline: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CloseSeason:
    by: str
    at: datetime


Command = OpenSeason | ExtendDeadline | CloseSeason


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class Season:
    """`is_open` until somebody closes it; the deadline is judged against a command's `at`."""

    season_id: str
    edition_id: str
    edition_digest: str
    opens_at: datetime
    deadline: datetime
    revision_days: int
    training: bool
    is_open: bool = True


State = Missing | Season


def decide(command: Command, state: State) -> list[SeasonEvent]:
    match command, state:
        case OpenSeason(), Missing():
            return _open(command)
        case OpenSeason(), Season():
            raise Refused("season_exists", "There is already a season with this code.")
        case _, Missing():
            raise NotFound("season_unknown", "There is no such season.")
        case ExtendDeadline(), Season():
            return _extend(command, state)
        case CloseSeason(), Season():
            if not state.is_open:
                return []
            return [SeasonClosed(by=command.by, at=command.at, season_id=state.season_id)]
        case _:
            assert_never((command, state))


def _open(command: OpenSeason) -> list[SeasonEvent]:
    if command.deadline <= command.opens_at:
        raise Refused("deadline_too_early", "The deadline must lie after the opening.")
    if not 1 <= command.revision_days <= 90:
        raise Refused("revision_days_out_of_range", "A revision lasts 1 to 90 days.")
    return [
        SeasonOpened(
            by=command.by,
            at=command.at,
            season_id=command.season_id,
            name=command.name,
            assessment_year=command.assessment_year,
            edition_id=command.edition_id,
            edition_digest=command.edition_digest,
            opens_at=command.opens_at,
            deadline=command.deadline,
            revision_days=command.revision_days,
            training=command.training,
        )
    ]


def _extend(command: ExtendDeadline, season: Season) -> list[SeasonEvent]:
    if command.deadline == season.deadline:
        return []
    if command.deadline < season.deadline:
        raise Refused(
            "deadline_only_extends",
            "A deadline can only be extended: people rely on the one that was announced.",
            deadline=season.deadline.isoformat(),
        )
    if not season.is_open:
        raise Refused("season_closed", "The season is closed.")
    return [
        SeasonDeadlineExtended(
            by=command.by,
            at=command.at,
            season_id=season.season_id,
            previous_deadline=season.deadline,
            deadline=command.deadline,
            reason=command.reason,
        )
    ]


def evolve(state: State, event: SeasonEvent) -> State:
    match event, state:
        case SeasonOpened(), _:
            return Season(
                season_id=event.season_id,
                edition_id=event.edition_id,
                edition_digest=event.edition_digest,
                opens_at=event.opens_at,
                deadline=event.deadline,
                revision_days=event.revision_days,
                training=event.training,
            )
        case SeasonDeadlineExtended(), Season():
            return replace(state, deadline=event.deadline)
        case SeasonClosed(), Season():
            return replace(state, is_open=False)
        case _:
            return state


decider = Decider[Command, State, SeasonEvent](Missing(), decide, evolve)
