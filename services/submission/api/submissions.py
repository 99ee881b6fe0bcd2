"""An innovation is handed in over HTTP: one small append, answered with its signed receipt."""

from typing import Annotated, Any

from fastapi import APIRouter

from services.submission.api.desk import Desk, Held
from services.submission.api.receipts import Place, Receipts, SubmissionReceipt
from services.submission.domain.commands import Submit
from services.submission.domain.season import Season, deadline_for
from services.submission.domain.states import Reopened
from shared.errors import Refused
from shared.events.base import Key
from shared.events.submission import INNOVATION, InnovationSubmitted
from shared.history import Outcome
from shared.history.envelope import event_id
from shared.http import Ask, Doors


def routes(doors: Doors, desk: Desk, receipts: Receipts) -> APIRouter:
    router = APIRouter(prefix="/innovations/{innovation_id}/submissions", tags=["innovations"])

    @router.post("", name="submit_innovation")
    async def submit_innovation(
        innovation_id: Key, ask: Annotated[Ask, doors.writes("submit_innovation")]
    ) -> SubmissionReceipt:
        """Nothing is read here but the history: the receipt is given while read models lag."""
        held = await desk.held(ask, innovation_id)
        drafted = held.drafted
        season = await desk.season(drafted.season_id)
        if not season.is_open:
            await check_closed(ask, held)
        command = _command(desk, ask, held, season)
        outcome = await ask.send(desk.innovations, innovation_id, command)
        await desk.clock(ask.response, drafted.season_id, drafted.agency_path)
        fact, place = _submitted(ask, innovation_id, outcome)
        return receipts.submitted(fact, place)

    async def check_closed(ask: Ask, held: Held) -> None:
        """Raises `Refused`. A revision may be due after its season was closed, and whoever asks
        again for what was handed in before gets the same receipt.
        """
        if isinstance(held.state, Reopened):
            return
        known = await desk.innovations.state(held.drafted.innovation_id)
        if isinstance(known.state, Reopened) or ask.cause.command_id in known.commands:
            return
        season_id = held.drafted.season_id
        raise Refused("season_closed", "The season is closed.", season=season_id)

    return router


def _command(desk: Desk, ask: Ask, held: Held, season: Season) -> Submit:
    return Submit(
        by=ask.by,
        at=ask.at,
        edition=desk.edition_of(held.drafted.edition_id),
        deadline=deadline_for(season, held.drafted.agency_path),
        grace_minutes=season.grace_minutes,
        endorsement_required=season.endorsement_required,
    )


def _submitted(
    ask: Ask, innovation_id: str, outcome: Outcome[Any]
) -> tuple[InnovationSubmitted, Place | None]:
    """The fact, and its place in the history, which a rehearsal does not have."""
    facts = outcome.facts
    number = next(n for n, fact in enumerate(facts) if isinstance(fact, InnovationSubmitted))
    if ask.dry_run:
        return facts[number], None
    behind = len(facts) - 1 - number
    said = event_id(ask.cause.command_id, INNOVATION.subject(innovation_id), number)
    return facts[number], Place(said, outcome.version - behind, outcome.sequence - behind)
