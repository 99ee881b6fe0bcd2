"""Agencies by the names that people know, for answers about what holds their codes."""

from collections.abc import Iterable, Mapping

from services.awards.projections import CompetitionView
from shared.views import Collection

Names = Mapping[str, str]
"""Names of agencies by their codes; an agency that is not among them is called by its code."""


class Agencies:
    """Looks names up as they are now."""

    def __init__(self, view: Collection) -> None:
        self._view = view

    async def names(self, codes: Iterable[str]) -> Names:
        """Of those that are registered."""
        found = await self._view.get_many(sorted(set(codes)))
        return {code: str(agency["name"]) for code, agency in found.items()}

    async def names_in(self, *competitions: CompetitionView) -> Names:
        """Of all agencies and regions with an entry in these competitions."""
        entries = [each.entry for view in competitions for each in view.entries]
        regions = (each.region_id for each in entries if each.region_id is not None)
        return await self.names((*(each.agency_id for each in entries), *regions))


def called(names: Names, code: str) -> str:
    return names.get(code, code)


def region_called(names: Names, code: str | None) -> str | None:
    """None for no region."""
    return None if code is None else called(names, code)
