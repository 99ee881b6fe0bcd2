"""What a season is, and when it ends for whom. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from shared.events.submission import (
    AgencyKind,
    LateExceptionGranted,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonEvent,
    SeasonOpened,
)

OBLIGED: tuple[AgencyKind, ...] = (
    "agency",
    "secretariat_division",
    "district",
    "urban_village",
    "village",
    "health_centre",
    "technical_unit",
    "school",
)
"""Who owes an innovation where a season names nobody: all but governments and communities."""


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class LateException:
    """Holds for the agency and everything below it."""

    agency_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Season:
    """`is_open` until somebody closes it; deadlines are judged against a command's `at`."""

    season_id: str
    name: str
    assessment_year: int
    edition_id: str
    edition_digest: str
    opens_at: datetime
    deadline: datetime
    revision_days: int
    training: bool
    grace_minutes: int = 0
    endorsement_required: bool = False
    time_zone: str = "Asia/Makassar"
    obliged_kinds: tuple[AgencyKind, ...] = OBLIGED
    exceptions: tuple[LateException, ...] = ()
    is_open: bool = True


State = Missing | Season


def deadline_for(season: Season, agency_path: tuple[str, ...]) -> datetime:
    """The agency's deadline: the season's, or that of a late exception for it or one above it."""
    granted = (each.until for each in season.exceptions if each.agency_id in agency_path)
    return max((season.deadline, *granted))


def evolve(state: State, event: SeasonEvent) -> State:
    match event, state:
        case SeasonOpened(), _:
            return _opened(event)
        case SeasonDeadlineExtended(), Season():
            return replace(state, deadline=event.deadline)
        case LateExceptionGranted(), Season():
            others = tuple(e for e in state.exceptions if e.agency_id != event.agency_id)
            granted = LateException(event.agency_id, event.until)
            return replace(state, exceptions=(*others, granted))
        case SeasonClosed(), Season():
            return replace(state, is_open=False)
        case _:
            return state


def _opened(event: SeasonOpened) -> Season:
    return Season(
        season_id=event.season_id,
        name=event.name,
        assessment_year=event.assessment_year,
        edition_id=event.edition_id,
        edition_digest=event.edition_digest,
        opens_at=event.opens_at,
        deadline=event.deadline,
        revision_days=event.revision_days,
        training=event.training,
        grace_minutes=event.grace_minutes,
        endorsement_required=event.endorsement_required,
        time_zone=event.time_zone,
        obliged_kinds=event.obliged_kinds or OBLIGED,
    )
