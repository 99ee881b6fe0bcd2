"""What changes an agency, over HTTP."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter

from services.submission.api.agencies.bodies import (
    CloseAgencyRequest,
    CommitmentRequest,
    RegisterAgencyRequest,
    RenameAgencyRequest,
    SucceedAgencyRequest,
)
from services.submission.api.reach import Agencies
from services.submission.domain import season
from services.submission.domain.agency import (
    Agency,
    CloseAgency,
    Parent,
    RegisterAgency,
    RenameAgency,
    SignCommitment,
    SucceedAgency,
    Successor,
)
from shared.errors import Refused, Unavailable
from shared.events.base import Code
from shared.events.submission import SeasonEvent
from shared.history import Handler
from shared.http import Ask, Doors, Written
from shared.identity import Thing
from shared.views import Collection, Order

Seasons = Handler[season.Command, season.State, SeasonEvent]
CaughtUp = Callable[[], Awaitable[bool]]
SHOWN_CHILDREN = 20


async def parent_of(agencies: Agencies, parent_id: str | None) -> Parent | None:
    """The parent as the history knows it. Raises `Refused` when there is none or it is closed."""
    if parent_id is None:
        return None
    state = (await agencies.state(parent_id)).state
    if not isinstance(state, Agency) or state.is_closed:
        raise Refused("parent_unknown", "There is no such parent agency.", parent=parent_id)
    return Parent(state.path, state.region_id)


async def successors_of(agencies: Agencies, ids: tuple[str, ...]) -> tuple[Successor, ...]:
    """Those who carry on, as of now. Raises `Refused` for one that is not there or closed."""
    states = [(each, (await agencies.state(each)).state) for each in ids]
    found = tuple(
        Successor(each, state.path)
        for each, state in states
        if isinstance(state, Agency) and not state.is_closed
    )
    unknown = tuple(each for each in ids if each not in {known.agency_id for known in found})
    if unknown:
        raise Refused("successor_unknown", "No open agency has this code.", successors=unknown)
    return found


async def check_no_children(view: Collection, caught_up: CaughtUp, agency_id: str) -> None:
    """Nobody may be left below an agency that ends. Raises `Refused`."""
    if not await caught_up():
        # A child that was registered a moment ago might not be shown yet.
        raise Unavailable("views_behind", "The read models are behind. Try again in a moment.")
    where = {"parent_id": agency_id, "is_closed": False}
    page = await view.page(where, order=Order("name_key"), limit=SHOWN_CHILDREN)
    if page.items:
        raise Refused(
            "children_open",
            "Agencies below it are still open: close them or let others carry on for them first.",
            agencies=tuple(each["agency_id"] for each in page.items),
        )


def add(
    router: APIRouter,
    doors: Doors,
    agencies: Agencies,
    seasons: Seasons,
    view: Collection,
    caught_up: CaughtUp,
) -> None:
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
        command = RenameAgency(
            by=ask.by,
            at=ask.at,
            name=body.name,
            short_name=body.short_name,
            letter_number=body.letter_number,
            effective_on=body.effective_on,
        )
        return ask.written(await ask.send(agencies, agency_id, command))

    @router.post("/{agency_id}/succession", name="succeed_agency")
    async def succeed_agency(
        agency_id: Code,
        body: SucceedAgencyRequest,
        ask: Annotated[Ask, doors.writes("succeed_agency")],
    ) -> Written:
        await check_no_children(view, caught_up, agency_id)
        command = SucceedAgency(
            by=ask.by,
            at=ask.at,
            successors=await successors_of(agencies, body.successors),
            effective_on=body.effective_on,
            letter_number=body.letter_number,
            reason=body.reason,
        )
        return ask.written(await ask.send(agencies, agency_id, command))

    @router.post("/{agency_id}/closing", name="close_agency")
    async def close_agency(
        agency_id: Code,
        body: CloseAgencyRequest,
        ask: Annotated[Ask, doors.writes("close_agency")],
    ) -> Written:
        await check_no_children(view, caught_up, agency_id)
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
