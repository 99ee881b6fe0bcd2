"""Innovations over HTTP: drafted, claimed, withdrawn, read."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.submission.api.bodies import ClaimRequest, DraftRequest, ReasonRequest
from services.submission.api.clocks import ClockAnswer, InTongue, clock_answer
from services.submission.api.desk import Desk, InnovationWritten
from services.submission.domain.agency import Agency
from services.submission.domain.commands import ClaimLevel, DraftInnovation, Withdraw
from services.submission.domain.season import deadline_for
from services.submission.projections.innovations import InnovationView
from shared.errors import NotFound, Refused
from shared.events.base import Indicator, Key
from shared.events.submission import Claim
from shared.findings import missing_for_submission
from shared.http import Ask, Doors, show_version
from shared.identity import Access, Thing
from shared.projector import bare
from shared.views import Collection


class InnovationAnswer(InnovationView):
    """The innovation, its agency's clock, and what the published rules still ask for."""

    clock: ClockAnswer
    missing: tuple[str, ...]


def routes(doors: Doors, desk: Desk, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/innovations", tags=["innovations"])

    @router.post("", name="draft_innovation", status_code=201)
    async def draft_innovation(
        body: DraftRequest, ask: Annotated[Ask, doors.writes("draft_innovation")]
    ) -> InnovationWritten:
        agency = (await desk.agencies.state(body.agency_id)).state
        ask.require(Thing(agency.path if isinstance(agency, Agency) else ()))
        if not isinstance(agency, Agency) or agency.is_closed:
            raise Refused("agency_unknown", "There is no such agency.", agency=body.agency_id)
        season = await desk.open_season(body.season_id)
        command = DraftInnovation(
            by=ask.by,
            at=ask.at,
            innovation_id=ask.new_id("innovation"),
            season_id=body.season_id,
            edition=desk.edition_of(season.edition_id),
            training=season.training,
            opens_at=season.opens_at,
            deadline=deadline_for(season, agency.path),
            agency_id=body.agency_id,
            agency_kind=agency.kind,
            agency_path=agency.path,
            region_id=agency.region_id,
            profile=body.profile.profile(),
        )
        outcome = await ask.send(desk.innovations, command.innovation_id, command, new=True)
        return await desk.written(ask, outcome, outcome.facts[0])

    @router.put("/{innovation_id}/claims/{indicator}", name="claim_level")
    async def claim_level(
        innovation_id: Key,
        indicator: Indicator,
        body: ClaimRequest,
        ask: Annotated[Ask, doors.writes("claim_level")],
    ) -> InnovationWritten:
        drafted = (await desk.content(ask, innovation_id)).drafted
        claim = Claim(indicator=indicator, level=body.level, basis=body.basis, subtype=body.subtype)
        command = ClaimLevel(ask.by, ask.at, desk.edition_of(drafted.edition_id), claim)
        outcome = await ask.send(desk.innovations, innovation_id, command)
        return await desk.written(ask, outcome, drafted)

    @router.post("/{innovation_id}/withdrawal", name="withdraw_innovation")
    async def withdraw_innovation(
        innovation_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("withdraw_innovation")],
    ) -> InnovationWritten:
        drafted = (await desk.content(ask, innovation_id)).drafted
        command = Withdraw(ask.by, ask.at, body.reason)
        outcome = await ask.send(desk.innovations, innovation_id, command)
        return await desk.written(ask, outcome, drafted)

    @router.get("/{innovation_id}", name="read_innovation")
    async def read_innovation(
        innovation_id: Key,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_innovation")],
    ) -> InnovationAnswer:
        document = await view.get(innovation_id)
        if document is None:
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        shown = InnovationView.model_validate(bare(document))
        await desk.require(access, shown.agency_path)
        show_version(response, document["version"], document["sequence"])
        clock, season = await desk.clock(response, shown.season_id, shown.agency_path)
        edition = desk.edition_of(shown.edition_id)
        developed = shown.developed_from is not None
        return InnovationAnswer(
            **dict(shown),
            clock=clock_answer(clock, season, tongue),
            missing=missing_for_submission(shown.profile, edition, developed=developed),
        )

    return router
