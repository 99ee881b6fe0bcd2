"""Uang pembinaan over HTTP: determined results become allocations, fund by fund."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter

from services.awards.api.reading import Competitions, Funds
from services.awards.domain.allocation import Identify, Results, lines
from services.awards.domain.competition import State
from services.awards.domain.competition.questions import judged
from services.awards.domain.competition.states import Determined, Published
from services.awards.domain.fund import Allocate, Line
from shared.errors import NotFound, Refused, Stale
from shared.events.base import Code
from shared.history import derived_id
from shared.http import Answer, Ask, Doors


class FundOutcome(Answer):
    """What happened at one fund: all its lines together, or none and why."""

    fund_id: str
    outcome: Literal["allocated", "already_so", "refused"]
    asked_rupiah: int
    allocations: tuple[str, ...]
    code: str | None = None
    detail: str | None = None
    params: Mapping[str, Any] | None = None
    version: int = 0
    sequence: int = 0


class Allocations(Answer):
    competition_id: str
    results_version: int
    funds: tuple[FundOutcome, ...]
    dry_run: bool


def routes(doors: Doors, competitions: Competitions, funds: Funds) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["allocations"])

    async def at_fund(fund_id: str, owed: tuple[Line, ...], ask: Ask) -> FundOutcome:
        asked = sum(line.amount_rupiah for line in owed)
        command = Allocate(by=ask.by, at=ask.at, lines=owed)
        # If-Match is about the competition; each fund guards itself.
        cause = replace(ask.cause, expected_version=None)
        try:
            outcome = await funds(fund_id, command, cause, dry_run=ask.dry_run)
        except (Refused, NotFound) as no:
            return FundOutcome(
                fund_id=fund_id,
                outcome="refused",
                asked_rupiah=asked,
                allocations=(),
                code=no.code,
                detail=no.sentence,
                params=dict(no.params),
            )
        return FundOutcome(
            fund_id=fund_id,
            outcome="allocated" if outcome.facts else "already_so",
            asked_rupiah=asked,
            allocations=tuple(line.allocation_id for line in owed),
            version=outcome.version,
            sequence=outcome.sequence,
        )

    @router.post("/allocations", name="allocate_money")
    async def allocate_money(
        competition_id: Code, ask: Annotated[Ask, doors.writes("allocate_money")]
    ) -> Allocations:
        snapshot = await competitions.state(competition_id)
        results = determined(snapshot.state)
        if ask.cause.expected_version not in (None, snapshot.version):
            raise Stale("version_changed", "The competition changed since you read it.")
        owed = lines(results, _identify(results))
        outcomes = [await at_fund(fund_id, found, ask) for fund_id, found in owed.items()]
        return Allocations(
            competition_id=competition_id,
            results_version=results.version,
            funds=tuple(outcomes),
            dry_run=ask.dry_run,
        )

    return router


def determined(state: State) -> Results:
    """The results that a decree fixed. Raises `NotFound` or `Refused`."""
    before = judged(state)
    match state:
        case Determined():
            drafted = state.drafted
        case Published():
            drafted = state.determined.drafted
        case _:
            raise Refused("not_determined", "Only determined results are paid for.")
    return Results(
        competition_id=before.announced.competition_id,
        version=drafted.version,
        rules=before.rules,
        ranking=drafted.ranking,
        entries=before.entries,
    )


def _identify(results: Results) -> Identify:
    def identify(category: str, rank: int, number: int, innovation: str) -> str:
        place = (category, str(rank), str(number), innovation)
        return derived_id("allocation", results.competition_id, str(results.version), *place)

    return identify
