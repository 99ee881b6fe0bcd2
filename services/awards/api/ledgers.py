"""The books of a fund over HTTP: its allocations, and every entry with the balance after it."""

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Query, Response

from services.awards.api.reading import not_found
from services.awards.projections import FundView
from services.awards.projections.fund import AllocationState, AllocationView
from shared.errors import Invalid
from shared.events.awards import (
    FUND,
    AllocationPaid,
    AllocationReturned,
    AllocationReversed,
    FundEvent,
    FundRegistered,
    MoneyAllocated,
)
from shared.events.base import Code, PersonId, Recorded, Utc
from shared.http import Answer, Doors, show_version
from shared.projector import bare
from shared.views import Collection

Cursor = Annotated[str | None, Query(max_length=20)]
Limit = Annotated[int, Query(ge=1, le=200)]
Booked = FundRegistered | MoneyAllocated | AllocationPaid | AllocationReturned | AllocationReversed


class Facts(Protocol):
    """What answers the facts of a subject, the oldest first: `HistoryLog.facts`."""

    def __call__(self, subject: str) -> Awaitable[Sequence[Recorded[Any]]]: ...


class AllocationList(Answer):
    """In the order in which they were allocated."""

    fund_id: str
    items: tuple[AllocationView, ...]
    next_cursor: str | None


class LedgerEntry(Answer):
    """One entry: by how much it changes what is allocated and what is paid, and both sums after it.

    `reference` is that of the payment order (SP2D) or of the receipt (STS).
    """

    version: int
    sequence: int
    at: Utc
    by: PersonId
    entry: Literal["registered", "allocated", "paid", "returned", "reversed"]
    allocation_id: str | None = None
    competition_id: str | None = None
    innovation_id: str | None = None
    label: str = ""
    reference: str = ""
    reason: str = ""
    allocated_change_rupiah: int = 0
    paid_change_rupiah: int = 0
    allocated_rupiah: int = 0
    paid_rupiah: int = 0
    available_rupiah: int


class Ledger(Answer):
    """Oldest first."""

    fund_id: str
    ceiling_rupiah: int
    items: tuple[LedgerEntry, ...]
    next_cursor: str | None


def routes(doors: Doors, view: Collection, facts: Facts) -> APIRouter:
    router = APIRouter(prefix="/funds/{fund_id}", tags=["funds"])

    @router.get(
        "/allocations",
        name="list_allocations",
        dependencies=[doors.reads("list_allocations")],
    )
    async def list_allocations(
        fund_id: Code,
        response: Response,
        state: AllocationState | None = None,
        competition_id: Code | None = None,
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> AllocationList:
        found = await view.get(fund_id)
        if found is None:
            raise not_found()
        show_version(response, found["version"], found["sequence"])
        after = _number(cursor)
        numbered = [
            (number, each)
            for number, each in enumerate(FundView.model_validate(bare(found)).allocations, start=1)
            if number > after
            and state in (None, each.state)
            and competition_id in (None, each.competition_id)
        ]
        return AllocationList(
            fund_id=fund_id,
            items=tuple(each for _, each in numbered[:limit]),
            next_cursor=str(numbered[limit - 1][0]) if len(numbered) > limit else None,
        )

    @router.get("/ledger", name="read_ledger", dependencies=[doors.reads("read_ledger")])
    async def read_ledger(fund_id: Code, cursor: Cursor = None, limit: Limit = 50) -> Ledger:
        entries = entries_of(await facts(FUND.subject(fund_id)))
        if not entries:
            raise not_found()
        after = _number(cursor)
        behind = [each for each in entries if each.version > after]
        items = tuple(behind[:limit])
        return Ledger(
            fund_id=fund_id,
            ceiling_rupiah=entries[0].available_rupiah,
            items=items,
            next_cursor=str(items[-1].version) if len(behind) > limit else None,
        )

    return router


def entries_of(recorded: Iterable[Recorded[FundEvent]]) -> list[LedgerEntry]:
    """Every fact that moves money, with the sums after it; approvals and holds move none."""
    entries: list[LedgerEntry] = []
    money: dict[str, MoneyAllocated] = {}
    for event in recorded:
        fact = event.fact
        if isinstance(fact, MoneyAllocated):
            money[fact.allocation_id] = fact
        if isinstance(fact, Booked):
            before = entries[-1] if entries else None
            entries.append(_entry(event, fact, before, money))
    return entries


def _entry(
    event: Recorded[FundEvent],
    fact: Booked,
    before: LedgerEntry | None,
    money: Mapping[str, MoneyAllocated],
) -> LedgerEntry:
    own: dict[str, Any] = {
        "version": event.version,
        "sequence": event.sequence,
        "at": fact.at,
        "by": fact.by,
    }
    if isinstance(fact, FundRegistered) or before is None:
        ceiling = fact.ceiling_rupiah if isinstance(fact, FundRegistered) else 0
        return LedgerEntry(**own, entry="registered", available_rupiah=ceiling)
    about = money[fact.allocation_id]
    told = _told(fact, about.amount_rupiah)
    change, paid = told.get("allocated_change_rupiah", 0), told.get("paid_change_rupiah", 0)
    return LedgerEntry(
        **own,
        **told,
        allocation_id=about.allocation_id,
        competition_id=about.competition_id,
        innovation_id=about.innovation_id,
        label=about.label,
        allocated_rupiah=before.allocated_rupiah + change,
        paid_rupiah=before.paid_rupiah + paid,
        available_rupiah=before.available_rupiah - change,
    )


def _told(
    fact: MoneyAllocated | AllocationPaid | AllocationReturned | AllocationReversed, amount: int
) -> dict[str, Any]:
    match fact:
        case MoneyAllocated():
            return {"entry": "allocated", "allocated_change_rupiah": amount}
        case AllocationPaid():
            return {"entry": "paid", "paid_change_rupiah": amount, "reference": fact.reference}
        case AllocationReturned():
            return {
                "entry": "returned",
                "allocated_change_rupiah": -amount,
                "paid_change_rupiah": -amount,
                "reference": fact.reference,
                "reason": fact.reason,
            }
        case AllocationReversed():
            return {
                "entry": "reversed",
                "allocated_change_rupiah": -amount,
                "reason": fact.reason,
            }


def _number(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not (cursor.isascii() and cursor.isdigit()):
        raise Invalid("cursor_broken", "This cursor is not one of ours.")
    return int(cursor)
