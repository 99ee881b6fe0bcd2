"""Results over HTTP: drafting, ties, disqualification, determination, publication."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Response
from pydantic import Field

from services.awards.api.competitions.answers import Signed, signed
from services.awards.api.reading import (
    Competitions,
    Name,
    Text,
    competition_shown,
    entry_in,
    thing_of,
)
from services.awards.domain.competition import (
    Determine,
    Disqualify,
    DraftResults,
    Publish,
    ResolveTie,
)
from services.awards.projections.parts import (
    CompetitionState,
    Determination,
    ResultsView,
    SignatureView,
    VoteView,
)
from shared.events.base import Code, Key
from shared.http import Answer, Ask, Body, Doors, Written
from shared.identity import Access, Thing
from shared.views import Collection

SHOWN_TO_ENTRANTS = ("objection", "determined", "published")


class TieRequest(Body):
    """The committee's vote: all entries of one tie, best first."""

    category: Code
    order: Annotated[tuple[Key, ...], Field(min_length=2, max_length=1000)]
    reason: Text


class DisqualificationRequest(Body):
    innovation_id: Key
    ground: Name
    reason: Text


class DeterminationRequest(Body):
    """The decree (SK) that fixes the results."""

    decree_number: Name
    decree_date: date


class Versions(Answer):
    """Every version of the results, the newest last, with what each changed and who drafted it.

    `signed` says how many signed the minutes of each version, of how many that are needed.
    """

    competition_id: str
    state: CompetitionState
    versions: tuple[ResultsView, ...]
    votes: tuple[VoteView, ...]
    minutes: tuple[SignatureView, ...]
    signed: tuple[Signed, ...]
    determination: Determination | None


def routes(doors: Doors, competitions: Competitions, view: Collection) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["results"])

    @router.post("/results", name="draft_results", status_code=201)
    async def draft_results(
        competition_id: Code, ask: Annotated[Ask, doors.writes("draft_results")]
    ) -> Written:
        command = DraftResults(by=ask.by, at=ask.at)
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.get("/versions", name="read_versions")
    async def read_versions(
        competition_id: Code,
        response: Response,
        access: Annotated[Access, doors.reads("read_versions")],
    ) -> Versions:
        shown = await competition_shown(view, competition_id, response)
        access.require(Thing(is_public=shown.state in SHOWN_TO_ENTRANTS))
        return Versions(
            competition_id=competition_id,
            state=shown.state,
            versions=shown.results,
            votes=shown.votes,
            minutes=shown.minutes,
            signed=signed(shown),
            determination=shown.determination,
        )

    @router.post("/ties", name="resolve_tie")
    async def resolve_tie(
        competition_id: Code,
        body: TieRequest,
        ask: Annotated[Ask, doors.writes("resolve_tie", if_match=True)],
    ) -> Written:
        for innovation in body.order:
            ask.require(thing_of(await entry_in(competitions, competition_id, innovation)))
        command = ResolveTie(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            category=body.category,
            order=body.order,
            reason=body.reason,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.post("/disqualifications", name="disqualify_entry")
    async def disqualify_entry(
        competition_id: Code,
        body: DisqualificationRequest,
        ask: Annotated[Ask, doors.writes("disqualify_entry", if_match=True)],
    ) -> Written:
        ask.require(thing_of(await entry_in(competitions, competition_id, body.innovation_id)))
        command = Disqualify(
            by=ask.by,
            at=ask.at,
            agency=ask.caller.agency,
            agency_path=ask.caller.agency_path,
            innovation_id=body.innovation_id,
            ground=body.ground,
            reason=body.reason,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.post("/determination", name="determine_results")
    async def determine_results(
        competition_id: Code,
        body: DeterminationRequest,
        ask: Annotated[Ask, doors.writes("determine_results", if_match=True)],
    ) -> Written:
        command = Determine(
            by=ask.by,
            at=ask.at,
            decree_number=body.decree_number,
            decree_date=body.decree_date,
        )
        return ask.written(await ask.send(competitions, competition_id, command))

    @router.post("/publication", name="publish_results")
    async def publish_results(
        competition_id: Code, ask: Annotated[Ask, doors.writes("publish_results")]
    ) -> Written:
        command = Publish(by=ask.by, at=ask.at)
        return ask.written(await ask.send(competitions, competition_id, command))

    return router
