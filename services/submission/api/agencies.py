"""Agencies over HTTP."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from pydantic import Field

from services.submission.domain import season
from services.submission.domain.agency import (
    Agency,
    CloseAgency,
    Command,
    Parent,
    RegisterAgency,
    RenameAgency,
    SignCommitment,
    State,
)
from services.submission.projections.agencies import AgencyView
from shared.errors import NotFound, Refused
from shared.events.base import Code
from shared.events.submission import AgencyEvent, AgencyKind, SeasonEvent
from shared.history import Handler
from shared.http import Answer, Ask, Body, Doors, Written, show_version
from shared.identity import Thing
from shared.projector import bare
from shared.views import Collection

Agencies = Handler[Command, State, AgencyEvent]
Seasons = Handler[season.Command, season.State, SeasonEvent]
Name = Annotated[str, Field(min_length=1, max_length=250)]


class RegisterAgencyRequest(Body):
    """`source` names the document or list that the agency is known from."""

    agency_id: Code
    name: Name
    short_name: Annotated[str, Field(max_length=60)] = ""
    kind: AgencyKind
    parent_id: Code | None = None
    source: Annotated[str, Field(max_length=500)] = ""
    sample: bool = False


class RenameAgencyRequest(Body):
    name: Name
    short_name: Annotated[str, Field(max_length=60)] = ""


class CloseAgencyRequest(Body):
    reason: Annotated[str, Field(min_length=1, max_length=500)]


class CommitmentRequest(Body):
    season_id: Code
    innovations_promised: Annotated[int, Field(ge=1, le=1000)] = 1
    letter_number: Annotated[str, Field(min_length=1, max_length=120)]
    signed_on: date


class AgencyList(Answer):
    items: tuple[AgencyView, ...]
    next_cursor: str | None


async def parent_of(agencies: Agencies, parent_id: str | None) -> Parent | None:
    """The parent as the history knows it. Raises `Refused` when there is none or it is closed."""
    if parent_id is None:
        return None
    state = (await agencies.state(parent_id)).state
    if not isinstance(state, Agency) or state.is_closed:
        raise Refused("parent_unknown", "There is no such parent agency.", parent=parent_id)
    return Parent(state.path, state.region_id)


def routes(doors: Doors, agencies: Agencies, seasons: Seasons, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/agencies", tags=["agencies"])

    @router.post("", name="register_agency", status_code=201)
    async def register_agency(
        body: RegisterAgencyRequest, ask: Annotated[Ask, doors.writes("register_agency")]
    ) -> Written:
        command = RegisterAgency(
            by=ask.by,
            at=ask.at,
            agency_id=body.agency_id,
            name=body.name,
            short_name=body.short_name,
            kind=body.kind,
            parent=await parent_of(agencies, body.parent_id),
            source=body.source,
            sample=body.sample,
        )
        return ask.written(await ask.send(agencies, body.agency_id, command, new=True))

    @router.put("/{agency_id}/name", name="rename_agency")
    async def rename_agency(
        agency_id: Code,
        body: RenameAgencyRequest,
        ask: Annotated[Ask, doors.writes("rename_agency", if_match=True)],
    ) -> Written:
        command = RenameAgency(ask.by, ask.at, body.name, body.short_name)
        return ask.written(await ask.send(agencies, agency_id, command))

    @router.post("/{agency_id}/closing", name="close_agency")
    async def close_agency(
        agency_id: Code,
        body: CloseAgencyRequest,
        ask: Annotated[Ask, doors.writes("close_agency")],
    ) -> Written:
        command = CloseAgency(ask.by, ask.at, body.reason)
        return ask.written(await ask.send(agencies, agency_id, command))

    @router.post("/{agency_id}/commitments", name="sign_commitment")
    async def sign_commitment(
        agency_id: Code,
        body: CommitmentRequest,
        ask: Annotated[Ask, doors.writes("sign_commitment")],
    ) -> Written:
        state = (await agencies.state(agency_id, remembered=True)).state
        ask.require(Thing(state.path if isinstance(state, Agency) else ()))
        known = (await seasons.state(body.season_id, remembered=True)).state
        if not isinstance(known, season.Season):
            raise Refused("season_unknown", "There is no such season.")
        command = SignCommitment(
            by=ask.by,
            at=ask.at,
            season_id=body.season_id,
            innovations_promised=body.innovations_promised,
            letter_number=body.letter_number,
            signed_on=body.signed_on,
        )
        return ask.written(await ask.send(agencies, agency_id, command))

    @router.get("", name="list_agencies", dependencies=[doors.lists("list_agencies")])
    async def list_agencies(
        region: Code | None = None,
        below: Code | None = None,
        kind: AgencyKind | None = None,
        cursor: str | None = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> AgencyList:
        where: dict[str, Any] = {}
        if region is not None:
            where["region_id"] = region
        if below is not None:
            where["path"] = below
        if kind is not None:
            where["kind"] = kind
        page = await view.page(where, cursor=cursor, limit=limit)
        items = tuple(AgencyView.model_validate(bare(each)) for each in page.items)
        return AgencyList(items=items, next_cursor=page.next_cursor)

    @router.get("/{agency_id}", name="read_agency", dependencies=[doors.reads("read_agency")])
    async def read_agency(agency_id: Code, response: Response) -> AgencyView:
        found = await view.get(agency_id)
        if found is None:
            raise NotFound("agency_unknown", "There is no such agency.")
        show_version(response, found["version"], found["sequence"])
        return AgencyView.model_validate(bare(found))

    return router
