"""A reporting season: opened with an edition, its deadline only ever moved further away. Pure."""

from datetime import timedelta
from typing import assert_never

from services.submission.domain.season.commands import (
    CloseSeason,
    Command,
    ExtendDeadline,
    GrantLateException,
    OpenSeason,
)
from services.submission.domain.season.states import (
    OBLIGED,
    LateException,
    Missing,
    Season,
    State,
    deadline_for,
    evolve,
)
from shared.decider import Decider
from shared.errors import NotFound, Refused
from shared.events.submission import (
    LateExceptionGranted,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonEvent,
    SeasonOpened,
)

TRAINING_PREFIX = "latihan-"
HOURS_AHEAD = {"Asia/Jakarta": 7, "Asia/Makassar": 8, "Asia/Jayapura": 9}
"""The zones a deadline can be announced in, by hours ahead of UTC; none has summer time."""

EXCEPTION_DAYS = 90
MAX_GRACE_MINUTES = 1440


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
        case GrantLateException(), Season():
            return _grant(command, state)
        case CloseSeason(), Season():
            if not state.is_open:
                return []
            return [SeasonClosed(by=command.by, at=command.at, season_id=state.season_id)]
        case _:
            assert_never((command, state))


def _open(command: OpenSeason) -> list[SeasonEvent]:
    _check_opening(command)
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
            grace_minutes=command.grace_minutes,
            endorsement_required=command.endorsement_required,
            time_zone=command.time_zone,
            obliged_kinds=command.obliged_kinds,
        )
    ]


def _check_opening(command: OpenSeason) -> None:
    if command.lacks:
        raise Refused(
            "edition_incomplete",
            f"Edition {command.edition_id} does not publish its rows yet:"
            " nothing could be claimed or verified in a season of it.",
            edition=command.edition_id,
            unpublished=command.lacks,
        )
    if command.deadline <= command.opens_at:
        raise Refused("deadline_too_early", "The deadline must lie after the opening.")
    if not 1 <= command.revision_days <= 90:
        raise Refused("revision_days_out_of_range", "A revision lasts 1 to 90 days.")
    if not 0 <= command.grace_minutes <= MAX_GRACE_MINUTES:
        raise Refused("grace_out_of_range", "Files may finish for at most a day (1440 minutes).")
    if command.time_zone not in HOURS_AHEAD:
        raise Refused("time_zone_unknown", "The time zone is WIB, WITA or WIT.")
    if command.training != command.season_id.startswith(TRAINING_PREFIX):
        raise Refused(
            "training_id_differs",
            "The code of a training season begins with latihan-, and no other season's does.",
            season=command.season_id,
        )


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


def _grant(command: GrantLateException, season: Season) -> list[SeasonEvent]:
    known = LateException(command.agency_id, command.until)
    if known in season.exceptions:
        return []
    _check_exception(command, season)
    return [
        LateExceptionGranted(
            by=command.by,
            at=command.at,
            season_id=season.season_id,
            agency_id=command.agency_id,
            until=command.until,
            reason=command.reason,
        )
    ]


def _check_exception(command: GrantLateException, season: Season) -> None:
    if not season.is_open:
        raise Refused("season_closed", "The season is closed.")
    deadline = deadline_for(season, (command.agency_id,))
    if command.until <= deadline:
        raise Refused(
            "exception_only_extends",
            "A late exception must end after the deadline that the agency already has.",
            deadline=deadline.isoformat(),
        )
    if command.until <= command.at:
        raise Refused("exception_passed", "A late exception must end in the future.")
    if command.until > season.deadline + timedelta(days=EXCEPTION_DAYS):
        raise Refused(
            "exception_too_long",
            "A late exception ends at most 90 days after the season's deadline.",
            days=EXCEPTION_DAYS,
        )


decider = Decider[Command, State, SeasonEvent](Missing(), decide, evolve)

__all__ = [
    "HOURS_AHEAD",
    "OBLIGED",
    "TRAINING_PREFIX",
    "CloseSeason",
    "Command",
    "ExtendDeadline",
    "GrantLateException",
    "LateException",
    "Missing",
    "OpenSeason",
    "Season",
    "State",
    "deadline_for",
    "decider",
]
