"""Counts of a season's innovations, as regions publish them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from services.submission.api.compliance.board import Filters
from services.submission.api.compliance.bodies import Counts, InitiatorCount, KindCount
from services.submission.api.reach import seen_by
from services.submission.domain.season import Season
from shared.identity import Access
from shared.views import Collection, Group

Reach = Literal["reported", "all"]
REPORTED = ("submitted", "reopened", "verified")
STATES: dict[Reach, tuple[str, ...]] = {"reported": REPORTED, "all": ("draft", *REPORTED)}


@dataclass(frozen=True, slots=True)
class Counting:
    agency_view: Collection
    innovation_view: Collection

    async def counts(
        self, season: Season, access: Access, filters: Filters, reach: Reach
    ) -> Counts:
        where = await self._where(season, access, filters, reach)
        initiators = await self.innovation_view.grouped(
            where, ("profile.initiator", "profile.change_project")
        )
        owners = await self.innovation_view.grouped(where, ("agency_id", "agency_kind"))
        return Counts(
            season_id=season.season_id,
            training=season.training,
            innovations=sum(group.count for group in owners),
            agencies=len({group.values[0] for group in owners}),
            by_initiator=_by_initiator(initiators),
            by_kind=_by_kind(owners, await self._kinds_of(owners)),
        )

    async def _where(
        self, season: Season, access: Access, filters: Filters, reach: Reach
    ) -> dict[str, Any]:
        where: dict[str, Any] = {
            "season_id": season.season_id,
            "state": {"$in": list(STATES[reach])},
        }
        if filters.region is not None:
            where["region_id"] = filters.region
        paths = [] if filters.below is None else [{"agency_path": filters.below}]
        if mine := await seen_by(access, self.agency_view):
            paths.append(mine)
        return {**where, "$and": paths} if paths else where

    async def _kinds_of(self, owners: Sequence[Group]) -> dict[str, str]:
        """What the oldest innovations do not say of themselves."""
        silent = [group.values[0] for group in owners if group.values[1] is None]
        found = await self.agency_view.get_many(silent) if silent else {}
        return {key: document["kind"] for key, document in found.items()}


def _by_initiator(groups: Sequence[Group]) -> tuple[InitiatorCount, ...]:
    """A change project of leadership training counts as that, not as its initiator's."""
    numbers: Counter[str | None] = Counter()
    for group in groups:
        initiator, change_project = group.values
        numbers[change_project or initiator] += group.count
    ordered = sorted(numbers.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(InitiatorCount(initiator=name, innovations=count) for name, count in ordered)


def _by_kind(owners: Sequence[Group], kinds: dict[str, str]) -> tuple[KindCount, ...]:
    agencies: dict[str | None, set[str]] = {}
    innovations: Counter[str | None] = Counter()
    for group in owners:
        agency, told = group.values
        kind = told or kinds.get(agency)
        agencies.setdefault(kind, set()).add(agency)
        innovations[kind] += group.count
    ordered = sorted(innovations.items(), key=lambda item: (-item[1], item[0] or ""))
    return tuple(
        KindCount(kind=kind, agencies=len(agencies[kind]), innovations=count)
        for kind, count in ordered
    )
