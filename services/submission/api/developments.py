"""Last year's innovation goes on as this year's, over HTTP.

Two aggregates change, one after the other: the original names its successor and cannot change any
more, then the successor is drafted under that id. A crash between the two heals: whoever asks
again, for the same season and agency, drafts the successor that the original names.
"""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import APIRouter

from services.submission.api.bodies import DevelopRequest
from services.submission.api.desk import Desk, Held, InnovationWritten
from services.submission.api.reach import thing_of
from services.submission.domain.agency import Agency
from services.submission.domain.commands import Develop, DraftInnovation, Original
from services.submission.domain.profile import check_profile
from services.submission.domain.season import Season, deadline_for
from services.submission.domain.states import Missing, Withdrawn
from shared.editions import Edition
from shared.errors import Refused
from shared.events.base import Key
from shared.events.submission import InnovationDeveloped, InnovationDrafted, Profile
from shared.http import Ask, Doors


@dataclass(frozen=True, slots=True)
class Successor:
    """Under which id the innovation goes on; `freed` from an earlier one that never came to be."""

    innovation_id: str
    freed: bool = False


def routes(doors: Doors, desk: Desk) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/developments", tags=["innovations"])

    @router.post("", name="develop_innovation", status_code=201)
    async def develop_innovation(
        innovation_id: Key,
        body: DevelopRequest,
        ask: Annotated[Ask, doors.writes("develop_innovation")],
    ) -> InnovationWritten:
        held = await desk.held(ask, innovation_id, fresh=True)
        agency = await _carrying_on(desk, ask, held.drafted, body.agency_id)
        season = await desk.open_season(body.season_id)
        await _check_later(desk, held.drafted, season)
        successor = await _successor(desk, ask, held, season, agency)
        command = _draft(desk, ask, held, season, agency, successor.innovation_id)
        # The version that the caller saw is the original's.
        drafting = replace(ask, cause=replace(ask.cause, expected_version=None))
        await _rehearse(desk, drafting, command)
        ending = Develop(
            by=ask.by,
            at=ask.at,
            successor_id=successor.innovation_id,
            season_id=season.season_id,
            agency_id=agency.agency_id,
            freed=successor.freed,
        )
        await ask.send(desk.innovations, innovation_id, ending)
        outcome = await drafting.send(desk.innovations, command.innovation_id, command, new=True)
        drafted = outcome.facts[0]
        return await desk.written(drafting, outcome, drafted)

    return router


async def _carrying_on(
    desk: Desk, ask: Ask, original: InnovationDrafted, asked: str | None
) -> Agency:
    """The agency whose the successor is: the original's, or one that carries on for it."""
    able = (await thing_of(desk.agencies, (original.agency_id,), remembered=False)).agency_path
    known = [(await desk.agencies.state(each)).state for each in reversed(able)]
    running = [each for each in known if isinstance(each, Agency) and not each.is_closed]
    chosen = [each for each in running if asked in (None, each.agency_id)]
    if len(chosen) != 1:
        raise Refused(
            "agency_not_carrying_on",
            "Name the agency that carries on: the innovation's own, or one that succeeded it.",
            agencies=tuple(each.agency_id for each in running),
        )
    await desk.require(ask, chosen[0].path)
    return chosen[0]


async def _check_later(desk: Desk, original: InnovationDrafted, season: Season) -> None:
    """An innovation goes on in a later season, and neither out of training nor into it."""
    before = await desk.season(original.season_id)
    if before.training != season.training:
        raise Refused("training_differs", "Training stays apart from what is reported.")
    if before.opens_at >= season.opens_at:
        raise Refused("season_not_later", "An innovation is developed in a later season.")


async def _successor(desk: Desk, ask: Ask, held: Held, season: Season, agency: Agency) -> Successor:
    mine = ask.new_id("innovation")
    named = held.content.successor
    if named is None or named.successor_id == mine:
        return Successor(mine)
    state = (await desk.innovations.state(named.successor_id)).state
    if isinstance(state, Withdrawn):
        return Successor(mine, freed=True)
    if isinstance(state, Missing):
        return await _unfinished(desk, ask, named, season, agency)
    return Successor(mine)


async def _unfinished(
    desk: Desk, ask: Ask, named: InnovationDeveloped, season: Season, agency: Agency
) -> Successor:
    """The original names a successor that nobody drafted, as after a crash."""
    asked = (season.season_id, agency.agency_id)
    if asked == (named.successor_season_id, named.successor_agency_id):
        return Successor(named.successor_id)
    begun = await desk.season(named.successor_season_id)
    agency_path = await _path(desk, named.successor_agency_id)
    if not begun.is_open or ask.at > deadline_for(begun, agency_path):
        return Successor(ask.new_id("innovation"), freed=True)
    raise Refused(
        "innovation_developed",
        "It is being developed for another season or agency: ask for the same again.",
        successor_id=named.successor_id,
        season=named.successor_season_id,
        agency=named.successor_agency_id,
    )


async def _path(desk: Desk, agency_id: str) -> tuple[str, ...]:
    state = (await desk.agencies.state(agency_id)).state
    return state.path if isinstance(state, Agency) else (agency_id,)


def _draft(
    desk: Desk, ask: Ask, held: Held, season: Season, agency: Agency, innovation_id: str
) -> DraftInnovation:
    content = held.content
    edition = desk.edition_of(season.edition_id)
    return DraftInnovation(
        by=ask.by,
        at=ask.at,
        innovation_id=innovation_id,
        season_id=season.season_id,
        edition=edition,
        training=season.training,
        opens_at=season.opens_at,
        deadline=deadline_for(season, agency.path),
        agency_id=agency.agency_id,
        agency_kind=agency.kind,
        agency_path=agency.path,
        region_id=agency.region_id,
        profile=_carried(content.profile, edition, ask),
        original=Original(
            innovation_id=content.drafted.innovation_id,
            lineage=content.drafted.lineage,
            claims=tuple(content.claims.values()),
            evidence=tuple(content.evidence.values()),
        ),
    )


def _carried(profile: Profile, edition: Edition, ask: Ask) -> Profile:
    """The profile without what is new about it, and without what the edition does not take.

    What is left empty is asked for again before the successor can be submitted.
    """
    carried = profile.model_copy(update={"developed_on": None, "development_note": ""})
    while True:
        try:
            check_profile(carried, edition, ask.at)
        except Refused as refusal:
            name = str(refusal.params.get("field"))
            empty = Profile.model_fields[name].get_default()
            if getattr(carried, name) == empty:
                raise
            carried = carried.model_copy(update={name: empty})
        else:
            return carried


async def _rehearse(desk: Desk, ask: Ask, command: DraftInnovation) -> None:
    """Raises now what the draft would be refused for: the original is not ended for nothing."""
    known = await desk.innovations.state(command.innovation_id, remembered=True)
    if isinstance(known.state, Missing):
        await desk.innovations(command.innovation_id, command, ask.cause, new=True, dry_run=True)
