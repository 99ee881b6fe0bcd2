"""The pre-flight of what is saved, and of what is still being typed."""

from typing import Annotated

from fastapi import APIRouter, Response

from services.submission.api.clocks import InTongue
from services.submission.api.desk import Desk, Held
from services.submission.api.preflight.answers import Preflight, preflight_of
from services.submission.api.preflight.cases import Asked, Cases
from services.submission.api.preflight.neighbours import Neighbourhood
from services.submission.api.preflight.trial import TrialRequest, first_refusal, tried
from services.submission.domain.commands import Submit
from services.submission.domain.states import Reopened
from shared.contents import Readings
from shared.errors import DomainError, Refused
from shared.events.base import Key
from shared.http import Doors, show_version
from shared.identity import Access


def routes(doors: Doors, desk: Desk, readings: Readings, neighbourhood: Neighbourhood) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/preflight", tags=["innovations"])
    cases = Cases(desk, readings, neighbourhood)

    @router.get("", name="read_preflight")
    async def read_preflight(
        innovation_id: Key,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_preflight")],
    ) -> Preflight:
        """What is saved, by the rules that verifiers see too; only the published ones block."""
        held = await desk.held(access, innovation_id, fresh=True)
        show_version(response, held.version, held.sequence)
        asked = await cases.of(access, held, response)
        refusal = _refusal(access.caller.id, held, asked)
        return preflight_of(held, asked, refusal, None, tongue)

    @router.post("", name="try_preflight")
    async def try_preflight(
        innovation_id: Key,
        body: TrialRequest,
        response: Response,
        tongue: InTongue,
        access: Annotated[Access, doors.reads("read_preflight")],
    ) -> Preflight:
        """As if the body were saved, which it is not: a query, that needs no key."""
        held = await desk.held(access, innovation_id, fresh=True)
        show_version(response, held.version, held.sequence)
        edition = desk.edition_of(held.drafted.edition_id)
        trial = tried(held, body, edition, access.caller.id, desk.now())
        asked = await cases.of(access, trial.held, response)
        refusal = _refusal(access.caller.id, trial.held, asked)
        return preflight_of(trial.held, asked, refusal, trial.refusal, tongue)

    return router


def _refusal(by: str, held: Held, asked: Asked) -> DomainError | None:
    """What a submission at this moment would be refused for: the domain itself says it."""
    season = asked.season
    if not season.is_open and not isinstance(held.state, Reopened):
        return Refused("season_closed", "The season is closed.", season=season.season_id)
    command = Submit(
        by=by,
        at=asked.clock.at,
        edition=asked.case.edition,
        deadline=asked.clock.deadline,
        grace_minutes=season.grace_minutes,
        endorsement_required=season.endorsement_required,
    )
    return first_refusal((command,), held.state)
