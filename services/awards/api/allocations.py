"""Uang pembinaan over HTTP: determined results become allocations, fund by fund."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal

from fastapi import APIRouter
from pydantic import Field

from services.awards.api.reading import Competitions, Funds
from services.awards.api.taxes import Tables, table_of
from services.awards.domain.allocation import Identify, Results, lines
from services.awards.domain.competition import State
from services.awards.domain.competition.questions import judged
from services.awards.domain.competition.states import Determined, Published
from services.awards.domain.fund import Allocate, Line
from services.awards.domain.fund import State as FundState
from services.awards.domain.fund.states import Fund, Returned, Reversed
from shared.errors import NotFound, Refused, Stale
from shared.events.awards import Recipient
from shared.events.base import Code, Key
from shared.history import derived_id
from shared.http import Answer, Ask, Body, Doors
from shared.wita import today_in_wita


class AllocationRequest(Body):
    """`again` are allocations that were reversed or returned and are to be made once more, such as
    after a bank sent the money back; without it they stay as they are.
    """

    again: Annotated[tuple[Key, ...], Field(max_length=500)] = ()


class LineAnswer(Answer):
    """What one recipient is due; `uncapped_rupiah` is the gross before a cap cut it."""

    allocation_id: str
    category: str
    rank: int
    label: str
    innovation_id: str
    agency_id: str
    recipient: Recipient | None
    amount_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    tax_rule: str
    tax_table: str | None
    uncapped_rupiah: int | None
    in_kind: str


class FundOutcome(Answer):
    """What happened at one fund: all its lines together, or none and why.

    `asked_rupiah` is gross; less `tax_rupiah`, which is withheld, it is `net_rupiah`.
    """

    fund_id: str
    outcome: Literal["allocated", "already_so", "refused"]
    asked_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    lines: tuple[LineAnswer, ...]
    allocations: tuple[str, ...] = ()
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


def routes(doors: Doors, competitions: Competitions, funds: Funds, tables: Tables) -> APIRouter:
    router = APIRouter(prefix="/competitions/{competition_id}", tags=["allocations"])

    async def at_fund(fund_id: str, command: Allocate, ask: Ask) -> FundOutcome:
        told = _told(fund_id, command.lines)
        # If-Match is about the competition; each fund guards itself.
        cause = replace(ask.cause, expected_version=None)
        try:
            outcome = await funds(fund_id, command, cause, dry_run=ask.dry_run)
        except (Refused, NotFound) as no:
            return FundOutcome(
                **told,
                outcome="refused",
                code=no.code,
                detail=no.sentence,
                params=dict(no.params),
            )
        return FundOutcome(
            **told,
            outcome="allocated" if outcome.facts else "already_so",
            allocations=tuple(line.allocation_id for line in command.lines),
            version=outcome.version,
            sequence=outcome.sequence,
        )

    @router.post("/allocations", name="allocate_money")
    async def allocate_money(
        competition_id: Code,
        ask: Annotated[Ask, doors.writes("allocate_money")],
        body: AllocationRequest | None = None,
    ) -> Allocations:
        snapshot = await competitions.state(competition_id)
        results = determined(snapshot.state)
        if ask.cause.expected_version not in (None, snapshot.version):
            raise Stale("version_changed", "The competition changed since you read it.")
        again = () if body is None else body.again
        adopted = await tables.adopted()
        outcomes: list[FundOutcome] = []
        owed = lines(results, identify(results), table_of(today_in_wita(ask.at)))
        for fund_id, due in owed.items():
            known = (await funds.state(fund_id)).state if again else None
            command = Allocate(
                by=ask.by,
                at=ask.at,
                lines=tuple(renewed(line, known, again) for line in due),
                adopted_tables=adopted,
            )
            outcomes.append(await at_fund(fund_id, command, ask))
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
        recipients=before.recipients,
    )


def identify(results: Results) -> Identify:
    """The ids of allocations: the same results always give the same."""

    def identified(category: str, rank: int, item: str, innovation: str, recipient: str) -> str:
        place = (category, str(rank), item, innovation, recipient)
        return derived_id("allocation", results.competition_id, str(results.version), *place)

    return identified


def renewed(line: Line, state: FundState | None, again: Collection[str]) -> Line:
    """The line under the id of its last making, or of a new one where that is over and asked for
    again.
    """
    if not isinstance(state, Fund):
        return line
    key = line.allocation_id
    while isinstance(state.allocations.get(key), Returned | Reversed):
        following = derived_id("allocation-again", key)
        if key not in again and following not in state.allocations:
            break
        key = following
    return replace(line, allocation_id=key)


def _told(fund_id: str, due: tuple[Line, ...]) -> dict[str, Any]:
    """What the fund is asked for, whatever it answers."""
    gross = sum(line.amount_rupiah for line in due)
    tax = sum(line.tax_rupiah for line in due)
    return {
        "fund_id": fund_id,
        "asked_rupiah": gross,
        "tax_rupiah": tax,
        "net_rupiah": gross - tax,
        "lines": tuple(map(shown, due)),
    }


def shown(line: Line) -> LineAnswer:
    return LineAnswer(
        allocation_id=line.allocation_id,
        category=line.category,
        rank=line.rank,
        label=line.label,
        innovation_id=line.innovation_id,
        agency_id=line.agency_id,
        recipient=line.recipient,
        amount_rupiah=line.amount_rupiah,
        tax_rupiah=line.tax_rupiah,
        net_rupiah=line.amount_rupiah - line.tax_rupiah,
        tax_rule=line.tax_rule,
        tax_table=line.tax_table,
        uncapped_rupiah=line.uncapped_rupiah,
        in_kind=line.in_kind,
    )
