"""Seasons over HTTP: opened, extended, closed, with late exceptions and the clock."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Response
from pydantic import AfterValidator, AwareDatetime, Field

from services.submission.api.clocks import (
    ClockAnswer,
    InTongue,
    Now,
    TimeZone,
    Tongue,
    clock_answer,
    show_clock,
)
from services.submission.api.reach import Agencies
from services.submission.api.texts import Line
from services.submission.domain import agency
from services.submission.domain.clock import Clock, clock_of
from services.submission.domain.season import (
    OBLIGED,
    CloseSeason,
    Command,
    ExtendDeadline,
    GrantLateException,
    LateException,
    OpenSeason,
    Season,
    State,
)
from services.submission.projections.seasons import SeasonView
from shared.editions import Edition, lacking
from shared.errors import NotFound, Refused
from shared.events.base import Code, in_utc
from shared.events.submission import AgencyKind, SeasonEvent
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Access
from shared.projector import bare
from shared.views import Collection

Seasons = Handler[Command, State, SeasonEvent]
YEARS = range(2000, 2200)


def _in_our_time(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"The year lies between {YEARS[0]} and {YEARS[-1]}")
    return moment


Moment = Annotated[AwareDatetime, AfterValidator(_in_our_time), AfterValidator(in_utc)]
Text = Annotated[Line, Field(min_length=1, max_length=500)]


class OpenSeasonRequest(Body):
    """`edition` is the id of an instrument, such as `2026-r1` or `2026` for its newest revision.

    The code of a training season begins with `latihan-`. `time_zone` is the one that the deadline
    is announced in. Without `obliged_kinds` every agency but governments and communities owes.
    """

    season_id: Code
    name: Text
    edition: Annotated[str, Field(max_length=32)]
    opens_at: Moment
    deadline: Moment
    revision_days: Annotated[int, Field(ge=1, le=90)] = 7
    training: bool = False
    grace_minutes: Annotated[int, Field(ge=0, le=1440)] = 0
    endorsement_required: bool = False
    time_zone: TimeZone = "Asia/Makassar"
    obliged_kinds: Annotated[tuple[AgencyKind, ...], Field(max_length=12)] = ()


class ExtendDeadlineRequest(Body):
    deadline: Moment
    reason: Text


class LateExceptionRequest(Body):
    """`until` lies after the agency's deadline, at most 90 days after the season's."""

    agency_id: Code
    until: Moment
    reason: Text


class SeasonAnswer(SeasonView):
    """A season, and its clock as it goes for the agency of the person who asks."""

    clock: ClockAnswer


class SeasonList(Answer):
    items: tuple[SeasonAnswer, ...]


def season_of(view: SeasonView) -> Season:
    """The season as its view shows it."""
    granted = {each.agency_id: each.until for each in view.exceptions}
    return Season(
        season_id=view.season_id,
        name=view.name,
        assessment_year=view.assessment_year,
        edition_id=view.edition_id,
        edition_digest=view.edition_digest,
        opens_at=view.opens_at,
        deadline=view.deadline,
        revision_days=view.revision_days,
        training=view.training,
        grace_minutes=view.grace_minutes,
        endorsement_required=view.endorsement_required,
        time_zone=view.time_zone,
        obliged_kinds=view.obliged_kinds or OBLIGED,
        exceptions=tuple(LateException(key, until) for key, until in granted.items()),
        is_open=view.is_open,
    )


async def season_shown(view: Collection, season_id: str) -> dict[str, Any]:
    """The document of a season. Raises `NotFound`."""
    found = await view.get(season_id)
    if found is None:
        raise NotFound("season_unknown", "There is no such season.")
    return found


def routes(
    doors: Doors,
    seasons: Seasons,
    agencies: Agencies,
    view: Collection,
    edition_of: Callable[[str], Edition],
    now: Now,
) -> APIRouter:
    router = APIRouter(prefix="/seasons", tags=["seasons"])

    async def written(ask: Ask, season_id: str, command: Command, *, new: bool = False) -> Written:
        outcome = await ask.send(seasons, season_id, command, new=new)
        state = (await seasons.state(season_id, remembered=True)).state
        if isinstance(state, Season):
            show_clock(ask.response, clock_of(state, ask.caller.agency_path, ask.at))
        return ask.written(outcome)

    @router.post("", name="open_season", status_code=201)
    async def open_season(
        body: OpenSeasonRequest, ask: Annotated[Ask, doors.writes("open_season")]
    ) -> Written:
        command = _opening(body, edition_of(body.edition), ask)
        return await written(ask, body.season_id, command, new=True)

    @router.post("/{season_id}/extensions", name="extend_deadline")
    async def extend_deadline(
        season_id: Code,
        body: ExtendDeadlineRequest,
        ask: Annotated[Ask, doors.writes("extend_deadline")],
    ) -> Written:
        command = ExtendDeadline(ask.by, ask.at, body.deadline, body.reason)
        return await written(ask, season_id, command)

    @router.post("/{season_id}/late-exceptions", name="grant_late_exception")
    async def grant_late_exception(
        season_id: Code,
        body: LateExceptionRequest,
        ask: Annotated[Ask, doors.writes("grant_late_exception")],
    ) -> Written:
        known = (await agencies.state(body.agency_id)).state
        # One that ended may be named: those who carry on finish what it began.
        if not isinstance(known, agency.Agency):
            raise Refused("agency_unknown", "There is no such agency.", agency=body.agency_id)
        command = GrantLateException(ask.by, ask.at, body.agency_id, body.until, body.reason)
        return await written(ask, season_id, command)

    @router.post("/{season_id}/closing", name="close_season")
    async def close_season(
        season_id: Code, ask: Annotated[Ask, doors.writes("close_season")]
    ) -> Written:
        return await written(ask, season_id, CloseSeason(ask.by, ask.at))

    @router.get("", name="list_seasons")
    async def list_seasons(
        access: Annotated[Access, doors.lists("list_seasons")], tongue: InTongue
    ) -> SeasonList:
        found = (SeasonView.model_validate(bare(each)) for each in await view.all())
        at, path = now(), access.caller.agency_path
        return SeasonList(items=tuple(_answer(each, path, at, tongue)[0] for each in found))

    @router.get("/{season_id}", name="read_season")
    async def read_season(
        season_id: Code,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_season")],
    ) -> SeasonAnswer:
        found = await season_shown(view, season_id)
        show_version(response, found["version"], found["sequence"])
        shown = SeasonView.model_validate(bare(found))
        answer, clock = _answer(shown, access.caller.agency_path, now(), tongue)
        show_clock(response, clock)
        return answer

    return router


def _opening(body: OpenSeasonRequest, edition: Edition, ask: Ask) -> OpenSeason:
    return OpenSeason(
        by=ask.by,
        at=ask.at,
        season_id=body.season_id,
        name=body.name,
        assessment_year=edition.year,
        edition_id=edition.id,
        edition_digest=edition.digest,
        opens_at=body.opens_at,
        deadline=body.deadline,
        revision_days=body.revision_days,
        training=body.training,
        grace_minutes=body.grace_minutes,
        endorsement_required=body.endorsement_required,
        time_zone=body.time_zone,
        obliged_kinds=body.obliged_kinds,
        lacks=lacking(edition),
    )


def _answer(
    view: SeasonView, agency_path: tuple[str, ...], at: datetime, tongue: Tongue
) -> tuple[SeasonAnswer, Clock]:
    season = season_of(view)
    clock = clock_of(season, agency_path, at)
    told = clock_answer(clock, season, tongue)
    return SeasonAnswer(**dict(view), clock=told), clock
