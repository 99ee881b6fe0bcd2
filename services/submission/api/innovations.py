"""Innovations over HTTP: draft, revise, claim, submit."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from services.submission.api.bodies import (
    ClaimRequest,
    DraftRequest,
    InnovationList,
    ProfileBody,
    ReasonRequest,
    SubmissionReceipt,
    receipt_of,
)
from services.submission.domain import agency, season
from services.submission.domain.commands import (
    ClaimLevel,
    Command,
    DraftInnovation,
    ReviseProfile,
    Submit,
    Withdraw,
)
from services.submission.domain.states import Content, Missing, State
from services.submission.projections.innovations import InnovationState, InnovationView, Receipt
from shared.editions import Edition
from shared.errors import NotFound, Refused, Stale
from shared.events.base import Code, Indicator, Key
from shared.events.submission import (
    AgencyEvent,
    Claim,
    InnovationEvent,
    SeasonEvent,
)
from shared.history import Handler
from shared.http import Ask, Doors, Written, show_version
from shared.identity import Access, Relation, Thing
from shared.projector import bare
from shared.views import Collection, Order

Innovations = Handler[Command, State, InnovationEvent]
Agencies = Handler[agency.Command, agency.State, AgencyEvent]
Seasons = Handler[season.Command, season.State, SeasonEvent]
EditionOf = Callable[[str], Edition]


async def content_for(ask: Ask | Access, innovations: Innovations, innovation_id: str) -> Content:
    """The innovation, if this person may touch it. Raises `NotFound`."""
    state = (await innovations.state(innovation_id, remembered=True)).state
    if isinstance(state, Missing):
        state = (await innovations.state(innovation_id)).state
    if isinstance(state, Missing):
        raise NotFound("not_found", "There is no such thing, or none that you may see.")
    ask.require(Thing(state.content.drafted.agency_path))
    return state.content


def seen_by(access: Access) -> dict[str, Any]:
    """The part of a list that this person may see, as a query."""
    if Relation.ANY in access.relations:
        return {}
    return {"agency_path": access.caller.agency}


def routes(
    doors: Doors,
    innovations: Innovations,
    agencies: Agencies,
    seasons: Seasons,
    view: Collection,
    edition_of: EditionOf,
) -> APIRouter:
    router = APIRouter(prefix="/innovations", tags=["innovations"])

    async def open_season(season_id: str) -> season.Season:
        state = (await seasons.state(season_id)).state
        if not isinstance(state, season.Season):
            raise Refused("season_unknown", "There is no such season.", season=season_id)
        if not state.is_open:
            raise Refused("season_closed", "The season is closed.", season=season_id)
        return state

    @router.post("", name="draft_innovation", status_code=201)
    async def draft_innovation(
        body: DraftRequest, ask: Annotated[Ask, doors.writes("draft_innovation")]
    ) -> Written:
        known = (await agencies.state(body.agency_id, remembered=True)).state
        ask.require(Thing(known.path if isinstance(known, agency.Agency) else ()))
        if not isinstance(known, agency.Agency) or known.is_closed:
            raise Refused("agency_unknown", "There is no such agency.", agency=body.agency_id)
        opened = await open_season(body.season_id)
        command = DraftInnovation(
            by=ask.by,
            at=ask.at,
            innovation_id=ask.new_id("innovation"),
            season_id=body.season_id,
            edition=edition_of(opened.edition_id),
            training=opened.training,
            opens_at=opened.opens_at,
            deadline=opened.deadline,
            agency_id=body.agency_id,
            agency_path=known.path,
            region_id=known.region_id,
            profile=body.profile.profile(),
        )
        return ask.written(await ask.send(innovations, command.innovation_id, command, new=True))

    @router.put("/{innovation_id}/profile", name="revise_profile")
    async def revise_profile(
        innovation_id: Key,
        body: ProfileBody,
        ask: Annotated[Ask, doors.writes("revise_profile", if_match=True)],
    ) -> Written:
        content = await content_for(ask, innovations, innovation_id)
        command = ReviseProfile(
            ask.by, ask.at, edition_of(content.drafted.edition_id), body.profile()
        )
        try:
            return ask.written(await ask.send(innovations, innovation_id, command))
        except Stale as stale:
            current = await content_for(ask, innovations, innovation_id)
            raise stale.with_texts(
                body.model_dump(mode="json"), current.profile.model_dump(mode="json")
            ) from None

    @router.put("/{innovation_id}/claims/{indicator}", name="claim_level")
    async def claim_level(
        innovation_id: Key,
        indicator: Indicator,
        body: ClaimRequest,
        ask: Annotated[Ask, doors.writes("claim_level")],
    ) -> Written:
        content = await content_for(ask, innovations, innovation_id)
        claim = Claim(indicator=indicator, level=body.level, basis=body.basis, subtype=body.subtype)
        command = ClaimLevel(ask.by, ask.at, edition_of(content.drafted.edition_id), claim)
        return ask.written(await ask.send(innovations, innovation_id, command))

    @router.post("/{innovation_id}/submissions", name="submit_innovation")
    async def submit_innovation(
        innovation_id: Key, ask: Annotated[Ask, doors.writes("submit_innovation")]
    ) -> SubmissionReceipt:
        content = await content_for(ask, innovations, innovation_id)
        opened = await open_season(content.drafted.season_id)
        edition = edition_of(content.drafted.edition_id)
        command = Submit(ask.by, ask.at, edition, opened.deadline)
        outcome = await ask.send(innovations, innovation_id, command)
        return receipt_of(outcome.facts[0], outcome.version, outcome.sequence, ask.dry_run)

    @router.post("/{innovation_id}/withdrawal", name="withdraw_innovation")
    async def withdraw_innovation(
        innovation_id: Key,
        body: ReasonRequest,
        ask: Annotated[Ask, doors.writes("withdraw_innovation")],
    ) -> Written:
        await content_for(ask, innovations, innovation_id)
        command = Withdraw(ask.by, ask.at, body.reason)
        return ask.written(await ask.send(innovations, innovation_id, command))

    @router.get("", name="list_innovations")
    async def list_innovations(
        access: Annotated[Access, doors.lists("list_innovations")],
        season_id: Code | None = None,
        agency_id: Code | None = None,
        region_id: Code | None = None,
        state: InnovationState | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> InnovationList:
        asked = {
            "season_id": season_id,
            "agency_id": agency_id,
            "region_id": region_id,
            "state": state,
        }
        where = {name: value for name, value in asked.items() if value is not None}
        order = Order("drafted_at", descending=True)
        page = await view.page(
            {**where, **seen_by(access)}, order=order, cursor=cursor, limit=limit
        )
        items = tuple(InnovationView.model_validate(bare(each)) for each in page.items)
        return InnovationList(items=items, next_cursor=page.next_cursor)

    async def found(access: Access, innovation_id: str, response: Response) -> InnovationView:
        document = await view.get(innovation_id)
        if document is None:
            raise NotFound("not_found", "There is no such thing, or none that you may see.")
        shown = InnovationView.model_validate(bare(document))
        access.require(Thing(shown.agency_path))
        show_version(response, document["version"], document["sequence"])
        return shown

    @router.get("/{innovation_id}", name="read_innovation")
    async def read_innovation(
        innovation_id: Key,
        response: Response,
        access: Annotated[Access, doors.reads("read_innovation")],
    ) -> InnovationView:
        return await found(access, innovation_id, response)

    @router.get("/{innovation_id}/receipts/{number}", name="read_receipt")
    async def read_receipt(
        innovation_id: Key,
        number: int,
        response: Response,
        access: Annotated[Access, doors.reads("read_receipt")],
    ) -> Receipt:
        shown = await found(access, innovation_id, response)
        for receipt in shown.receipts:
            if receipt.round == number:
                return receipt
        raise NotFound("receipt_unknown", "Nothing was submitted in this round.", round=number)

    return router
