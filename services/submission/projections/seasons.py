"""Seasons as people see them. Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Recorded, Utc
from shared.events.submission import (
    SEASON,
    AgencyKind,
    LateExceptionGranted,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonOpened,
)
from shared.projector import Projection


class Extension(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    previous_deadline: Utc
    deadline: Utc
    reason: str
    by: str
    at: Utc


class GrantedException(BaseModel):
    """One agency, with all below it, may submit until `until`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    agency_id: str
    until: Utc
    reason: str
    by: str
    at: Utc


class SeasonView(BaseModel):
    """A season with every extension of its deadline and every late exception ever granted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    season_id: str
    name: str
    assessment_year: int
    edition_id: str
    edition_digest: str
    opens_at: Utc
    deadline: Utc
    revision_days: int
    training: bool
    grace_minutes: int
    endorsement_required: bool
    time_zone: str
    obliged_kinds: tuple[AgencyKind, ...]
    is_open: bool
    extensions: tuple[Extension, ...]
    exceptions: tuple[GrantedException, ...]


def fold(view: SeasonView | None, event: Recorded[Any]) -> SeasonView:
    match event.fact, view:
        case SeasonOpened() as fact, _:
            return _opened(fact)
        case SeasonDeadlineExtended() as fact, SeasonView():
            extension = Extension(
                previous_deadline=fact.previous_deadline,
                deadline=fact.deadline,
                reason=fact.reason,
                by=fact.by,
                at=fact.at,
            )
            extensions = (*view.extensions, extension)
            return view.model_copy(update={"deadline": fact.deadline, "extensions": extensions})
        case LateExceptionGranted() as fact, SeasonView():
            granted = GrantedException(
                agency_id=fact.agency_id,
                until=fact.until,
                reason=fact.reason,
                by=fact.by,
                at=fact.at,
            )
            return view.model_copy(update={"exceptions": (*view.exceptions, granted)})
        case SeasonClosed(), SeasonView():
            return view.model_copy(update={"is_open": False})
        case fact, _:
            raise ValueError(f"A season cannot begin with {type(fact).__name__}.")


def _opened(fact: SeasonOpened) -> SeasonView:
    return SeasonView(
        season_id=fact.season_id,
        name=fact.name,
        assessment_year=fact.assessment_year,
        edition_id=fact.edition_id,
        edition_digest=fact.edition_digest,
        opens_at=fact.opens_at,
        deadline=fact.deadline,
        revision_days=fact.revision_days,
        training=fact.training,
        grace_minutes=fact.grace_minutes,
        endorsement_required=fact.endorsement_required,
        time_zone=fact.time_zone,
        obliged_kinds=fact.obliged_kinds,
        is_open=True,
        extensions=(),
        exceptions=(),
    )


SEASONS = Projection("seasons", SEASON, SeasonView, fold)
