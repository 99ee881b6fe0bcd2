"""Rows decided and stored: all in one batch, or each by itself."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from services.submission.api.imports.faults import of_refusal
from services.submission.api.imports.reports import Decided
from services.submission.api.imports.sheets import Row
from shared.errors import Invalid
from shared.history import Conflict, HistoryLog, Together

AT_ONCE = 16
CONFLICT_PAUSE_SECONDS = 0.05
ROWS_BETWEEN_BREATHS = 10
"""Deciding is work for the processor: others who ask meanwhile must not wait for all of it."""


class Plan(Protocol):
    """What the rows of one sheet ask for. Each row is about one aggregate."""

    def waves(self, rows: Sequence[Row]) -> list[list[Row]]:
        """The rows in the order in which they must happen; those of a wave are independent."""
        ...

    async def look(self, together: Together, row: Row, *, certain: bool) -> None:
        """Reads what the row is decided on; unless `certain`, new things are taken to be new."""
        ...

    def has_happened(self, together: Together, row: Row) -> bool:
        """Whether an earlier try of this very request has stored the row."""
        ...

    def decide(self, together: Together, row: Row) -> Decided:
        """What the row leads to; its facts wait in `together`."""
        ...

    def given_again(self, together: Together, row: Row, *, stored: bool) -> Decided:
        """What an earlier try was answered; `stored` is what `has_happened` says of the row."""
        ...


@dataclass(frozen=True, slots=True)
class Done:
    """`sequence` is 0 where nothing is stored."""

    rows: tuple[Decided, ...]
    sequence: int = 0
    stored: bool = False


async def rehearsed(log: HistoryLog, plan: Plan, rows: Sequence[Row], *, as_one: bool) -> Done:
    """What would become of the rows. Raises `Refused` for more than can be stored `as_one`."""
    together = Together(log)
    decided = await _decided(plan, together, plan.waves(rows), certain=True)
    if as_one and not _is_refused(decided):
        together.check()
    return Done(decided)


async def all_or_nothing(log: HistoryLog, plan: Plan, rows: Sequence[Row]) -> Done:
    """Decides every row, then stores all or, if one is refused, nothing.

    Raises `Refused` for more facts than can be stored as one, `Unavailable` past the deadline.
    """
    patience = log.patience()
    waves = plan.waves(rows)
    certain = False
    while True:
        together = Together(log)
        decided = await _decided(plan, together, waves, certain=certain)
        happened = {row.number for row in rows if plan.has_happened(together, row)}
        if certain and happened:
            return await _given_again(plan, together, rows, happened)
        if not certain and (happened or _is_refused(decided)):
            # What is only supposed to be new is enough for a yes, never for a no.
            certain = True
            continue
        if _is_refused(decided):
            return Done(decided)
        together.check()
        try:
            return Done(decided, await together.store(patience) or together.seen, stored=True)
        except Conflict:
            certain = True
            await patience.wait("conflict", CONFLICT_PAUSE_SECONDS)


async def row_by_row(log: HistoryLog, plan: Plan, rows: Sequence[Row]) -> Done:
    """Stores each row by itself, whole or not at all; a refused one hinders no other."""
    found: list[tuple[Decided, int]] = []

    async def one(row: Row) -> None:
        found.append(await _by_itself(log, plan, row))

    for wave in plan.waves(rows):
        await _side_by_side(wave, one)
    sequence = max((each[1] for each in found), default=0)
    return Done(tuple(each[0] for each in found), sequence, stored=True)


async def _by_itself(log: HistoryLog, plan: Plan, row: Row) -> tuple[Decided, int]:
    patience = log.patience()
    certain = False
    while True:
        together = Together(log)
        await plan.look(together, row, certain=certain)
        if plan.has_happened(together, row):
            return plan.given_again(together, row, stored=True), together.seen
        decided = plan.decide(together, row)
        if decided.outcome == "refused" and not certain:
            certain = True
            continue
        if decided.outcome == "refused":
            return decided, 0
        try:
            return decided, await together.store(patience) or together.seen
        except Conflict:
            certain = True
            await patience.wait("conflict", CONFLICT_PAUSE_SECONDS)
        except Invalid as refusal:
            # Larger than a message may be, which only the broker can tell.
            return _refused(decided, refusal), 0


async def _decided(
    plan: Plan, together: Together, waves: Sequence[Sequence[Row]], *, certain: bool
) -> tuple[Decided, ...]:
    rows = [row for wave in waves for row in wave]
    await _look(plan, together, rows, certain=certain)
    found: list[Decided] = []
    for row in rows:
        found.append(plan.decide(together, row))
        if len(found) % ROWS_BETWEEN_BREATHS == 0:
            await asyncio.sleep(0)
    return tuple(found)


async def _look(plan: Plan, together: Together, rows: Sequence[Row], *, certain: bool) -> None:
    async def one(row: Row) -> None:
        await plan.look(together, row, certain=certain)

    await _side_by_side(rows, one)


async def _given_again(
    plan: Plan, together: Together, rows: Sequence[Row], happened: set[int]
) -> Done:
    """All of it was stored at once: a row that is not there even now changed nothing."""
    again = Together(together.log)
    others = [row for row in rows if row.number not in happened]
    await _look(plan, again, others, certain=True)
    found: list[Decided] = []
    for row in rows:
        where = together if row.number in happened else again
        stored = where is together or plan.has_happened(again, row)
        found.append(plan.given_again(where, row, stored=stored))
    return Done(tuple(found), max(together.seen, again.seen), stored=True)


async def _side_by_side(rows: Sequence[Row], work: Callable[[Row], Awaitable[None]]) -> None:
    """A few at once. Raises the first error as it is."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(row: Row) -> None:
        async with places:
            await work(row)

    try:
        async with asyncio.TaskGroup() as group:
            for row in rows:
                group.create_task(one(row))
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors


def _is_refused(decided: Sequence[Decided]) -> bool:
    return any(each.outcome == "refused" for each in decided)


def _refused(decided: Decided, refusal: Invalid) -> Decided:
    fault = of_refusal(refusal)
    return Decided(decided.row, decided.key, decided.name, "refused", (fault,))
