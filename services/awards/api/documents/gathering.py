"""The facts that a paper tells from, gathered as they stood at one sequence of the stream."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from services.awards.api.papers import Asked, Past, agencies_in
from shared.errors import NotFound, Unavailable
from shared.events.awards import (
    COMPETITION,
    FUND,
    TAX,
    CompetitionAnnounced,
    CompetitionRules,
    MoneyAllocated,
)
from shared.events.base import Recorded
from shared.events.submission import AGENCY
from shared.views import Collection

Events = Sequence[Recorded[Any]]
FactsOf = Callable[[str], Awaitable[list[Recorded[Any]]]]
AT_ONCE: Final = 16
"""Aggregates that are read side by side."""
OF_MONEY: Final = frozenset({"decree_annex", "payment_list", "tax_slip", "spd_12_evidence"})


@dataclass(frozen=True, slots=True)
class Gathering:
    """`facts_of` a subject are all its facts, `last` is the stream's last sequence, `reached`
    waits for the read models, of which `view` holds the competitions of a season.
    """

    facts_of: FactsOf
    last: Callable[[], Awaitable[int]]
    reached: Callable[[int], Awaitable[bool]]
    view: Collection

    async def past(self, asked: Asked) -> Past:
        """All aggregates at one moment: nothing that came in while they were read.

        Raises `NotFound` where nothing was announced.
        """
        sequence = await self.last()
        events = await self.facts_of(COMPETITION.subject(asked.competition_id))
        announced = _announced(events)
        if announced is None:
            raise NotFound("competition_unknown", "There is no such competition.")
        if asked.kind == "spd_12_evidence":
            events += await self._others(announced, sequence)
        if asked.kind in OF_MONEY:
            events += await self._money(events)
        told = Past.of(events).until(sequence)
        agencies = await self._each(AGENCY.subject(code) for code in agencies_in(told, asked))
        return Past.of((*told.events, *agencies)).until(sequence)

    async def _others(self, announced: CompetitionAnnounced, sequence: int) -> list[Recorded[Any]]:
        """The other competitions of the season."""
        if not await self.reached(sequence):
            raise Unavailable("views_behind", "The read models do not show all facts yet.")
        keys = await self.view.keys({"season_id": announced.season_id})
        others = [key for key in keys if key != announced.competition_id]
        return await self._each(COMPETITION.subject(key) for key in others)

    async def _money(self, events: Events) -> list[Recorded[Any]]:
        """The funds that the rules name, and the tables by which what they gave was taxed."""
        facts = [event.fact for event in events]
        rules = [fact.rules for fact in facts if isinstance(fact, CompetitionAnnounced)]
        funds = sorted({fund for each in rules for fund in _funds(each)})
        money = await self._each(FUND.subject(fund) for fund in funds)
        given = [event.fact for event in money if isinstance(event.fact, MoneyAllocated)]
        tables = sorted({each.tax_table for each in given if each.tax_table is not None})
        return money + await self._each(TAX.subject(table) for table in tables)

    async def _each(self, subjects: Iterable[str]) -> list[Recorded[Any]]:
        """In the order of the subjects, some of them at a time."""
        wanted, found = list(subjects), list[Recorded[Any]]()
        for start in range(0, len(wanted), AT_ONCE):
            some = wanted[start : start + AT_ONCE]
            for events in await asyncio.gather(*(self.facts_of(each) for each in some)):
                found += events
        return found


def _announced(events: Events) -> CompetitionAnnounced | None:
    facts = [event.fact for event in events]
    return next((fact for fact in facts if isinstance(fact, CompetitionAnnounced)), None)


def _funds(rules: CompetitionRules) -> Iterable[str]:
    for category in rules.categories:
        yield from (prize.fund_id for prize in category.prizes)
        yield from (pool.fund_id for pool in category.pools)
