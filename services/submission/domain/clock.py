"""What time it is for an agency in a season: how long it may still submit. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from services.submission.domain.season import Season, deadline_for

Phase = Literal["before", "open", "late", "grace", "closed"]
SECOND = timedelta(seconds=1)
REGION_AHEAD = timedelta(hours=8)
"""WITA: the calendar that dates of letters and regulations are meant in."""


@dataclass(frozen=True, slots=True)
class Clock:
    """`deadline` is the agency's own; `late` is open by an exception only.

    In `grace` only files that were declared in time may still finish. `seconds_left` count to the
    deadline, begun ones in full; 0 after it and in a season that was closed.
    """

    at: datetime
    opens_at: datetime
    deadline: datetime
    grace_until: datetime
    phase: Phase
    seconds_left: int


def clock_of(season: Season, agency_path: tuple[str, ...], at: datetime) -> Clock:
    deadline = deadline_for(season, agency_path)
    phase = _phase(season, deadline, at)
    is_running = phase in ("before", "open", "late")
    return Clock(
        at=at,
        opens_at=season.opens_at,
        deadline=deadline,
        grace_until=deadline + timedelta(minutes=season.grace_minutes),
        phase=phase,
        seconds_left=-((at - deadline) // SECOND) if is_running else 0,
    )


def _phase(season: Season, deadline: datetime, at: datetime) -> Phase:
    if not season.is_open:
        return "closed"
    if at < season.opens_at:
        return "before"
    if at <= season.deadline:
        return "open"
    if at <= deadline:
        return "late"
    if at <= deadline + timedelta(minutes=season.grace_minutes):
        return "grace"
    return "closed"


def today(at: datetime) -> date:
    """The day it is in the region."""
    return (at.astimezone(UTC) + REGION_AHEAD).date()
