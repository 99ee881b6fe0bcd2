"""The board: a page of agencies first, then one question for all their innovations."""

from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from services.submission.api.compliance.bodies import (
    ComplianceList,
    ComplianceSummary,
    KindSummary,
    Obligation,
    Standings,
)
from services.submission.api.reach import heirs_of
from services.submission.domain.obligation import Furthest, Reported, Standing, owes, standing_of
from services.submission.domain.season import Season
from services.submission.projections.agencies import AgencyView
from shared.events.submission import AgencyKind
from shared.identity import Access, Relation
from shared.projector import bare
from shared.views import MAX_PAGE, Collection, Document, Group, Order

Reports = Mapping[str, Sequence[Group]]
BY_NAME = Order("name_key")
PAGES_AN_ANSWER = 5
"""How many pages of agencies one answer looks through for those that pass a filter."""


@dataclass(frozen=True, slots=True)
class Filters:
    region: str | None = None
    below: str | None = None
    kind: AgencyKind | None = None
    state: Standing | None = None


@dataclass(frozen=True, slots=True)
class Board:
    agency_view: Collection
    innovation_view: Collection

    async def page(
        self, season: Season, access: Access, filters: Filters, cursor: str | None, limit: int
    ) -> ComplianceList:
        where = _obliged(season, access, filters)
        if filters.state is not None:
            rows, behind = await self._standing(season, where, filters.state, cursor, limit)
        else:
            page = await self.agency_view.page(where, order=BY_NAME, cursor=cursor, limit=limit)
            rows, behind = await self._rows(season, page.items), page.next_cursor
        return ComplianceList(
            season_id=season.season_id,
            training=season.training,
            items=tuple(rows),
            next_cursor=behind,
        )

    async def _standing(
        self, season: Season, where: Document, state: Standing, cursor: str | None, limit: int
    ) -> tuple[list[Obligation], str | None]:
        """Those who stand there, among so many agencies at most, and where to go on."""
        taken: list[Obligation] = []
        reports = await self._reports(season)
        for _ in range(PAGES_AN_ANSWER):
            page = await self.agency_view.page(where, order=BY_NAME, cursor=cursor, limit=MAX_PAGE)
            rows = await self._rows(season, page.items, reports)
            fitting = [at for at, row in enumerate(rows) if row.state == state]
            room = limit - len(taken)
            taken += [rows[at] for at in fitting[:room]]
            if len(fitting) > room:
                # Only a part of this page fits: the next answer goes on behind the last taken.
                seen = fitting[room - 1] + 1
                page = await self.agency_view.page(where, order=BY_NAME, cursor=cursor, limit=seen)
            cursor = page.next_cursor
            if cursor is None or len(taken) == limit:
                break
        return taken, cursor

    async def summary(self, season: Season, access: Access, filters: Filters) -> ComplianceSummary:
        states: Counter[tuple[str, Standing]] = Counter()
        totals: Counter[Standing] = Counter()
        promised = 0
        async for row in self._all(season, _obliged(season, access, filters)):
            states[row.kind, row.state] += 1
            totals[row.state] += 1
            promised += row.promised
        kinds = tuple(_kind_summary(kind, states) for kind in sorted({key[0] for key in states}))
        return ComplianceSummary(
            season_id=season.season_id,
            training=season.training,
            agencies=totals.total(),
            owes=sum(each.owes for each in kinds),
            promised=promised,
            states=_standings(totals),
            kinds=kinds,
        )

    async def _all(self, season: Season, where: dict[str, Any]) -> AsyncGenerator[Obligation]:
        reports = await self._reports(season)
        cursor: str | None = None
        while True:
            page = await self.agency_view.page(where, order=BY_NAME, cursor=cursor, limit=MAX_PAGE)
            for row in await self._rows(season, page.items, reports):
                yield row
            cursor = page.next_cursor
            if cursor is None:
                return

    async def _rows(
        self, season: Season, documents: Sequence[Document], reports: Reports | None = None
    ) -> list[Obligation]:
        """`reports` are asked for if they are not known already."""
        agencies = [AgencyView.model_validate(bare(each)) for each in documents]
        heirs = await heirs_of((each.agency_id for each in agencies), self.agency_view)
        if reports is None:
            reports = await self._reports(season, sorted(heirs))
        counting: dict[str, list[Group]] = {each.agency_id: [] for each in agencies}
        for reporter, inheriting in heirs.items():
            for heir in inheriting:
                counting[heir] += reports.get(reporter, ())
        return [_row(season, each, counting[each.agency_id]) for each in agencies]

    async def _reports(self, season: Season, agency_ids: Sequence[str] | None = None) -> Reports:
        """The season's innovations by agency and state: those of some, or of all at once."""
        where: dict[str, Any] = {
            "season_id": season.season_id,
            "state": {"$in": list(get_args(Furthest))},
        }
        if agency_ids is not None:
            where["agency_id"] = {"$in": agency_ids}
        groups = await self.innovation_view.grouped(where, ("agency_id", "state"), longest="claims")
        reports: dict[str, list[Group]] = defaultdict(list)
        for group in groups:
            reports[group.values[0]].append(group)
        return reports


def _obliged(season: Season, access: Access, filters: Filters) -> dict[str, Any]:
    """The open agencies that owe something this season and that the caller may see."""
    kinds = [kind for kind in season.obliged_kinds if filters.kind in (None, kind)]
    where: dict[str, Any] = {"kind": {"$in": kinds}, "is_closed": False}
    if filters.region is not None:
        where["region_id"] = filters.region
    paths = [] if filters.below is None else [{"path": filters.below}]
    if Relation.ANY not in access.relations:
        paths.append({"path": access.caller.agency or ""})
    return {**where, "$and": paths} if paths else where


def _row(season: Season, agency: AgencyView, groups: Sequence[Group]) -> Obligation:
    signed = next((c for c in agency.commitments if c.season_id == season.season_id), None)
    promised = 1 if signed is None else signed.innovations_promised
    numbers: Counter[str] = Counter()
    for group in groups:
        numbers[group.values[1]] += group.count
    reported = Reported(**numbers)
    furthest = [group.longest for group in groups if group.values[1] == reported.furthest]
    return Obligation(
        agency_id=agency.agency_id,
        name=agency.name,
        short_name=agency.short_name,
        kind=agency.kind,
        region_id=agency.region_id,
        path=agency.path,
        promised=promised,
        letter_number=None if signed is None else signed.letter_number,
        drafts=reported.draft,
        reopened=reported.reopened,
        submitted=reported.submitted,
        verified=reported.verified,
        rejected=reported.rejected,
        state=standing_of(promised, reported),
        owes=owes(promised, reported),
        furthest=reported.furthest,
        indicators_claimed=max(furthest, default=0),
    )


def _kind_summary(kind: str, states: Counter[tuple[str, Standing]]) -> KindSummary:
    mine: Counter[Standing] = Counter(
        {state: count for (each, state), count in states.items() if each == kind}
    )
    return KindSummary(
        kind=kind,
        agencies=mine.total(),
        owes=mine["owing"] + mine["drafting"],
        states=_standings(mine),
    )


def _standings(numbers: Mapping[Standing, int]) -> Standings:
    return Standings(**numbers)
