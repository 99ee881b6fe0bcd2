"""What the answers about a region are read from."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Protocol

from fastapi import Header

from services.scoring.domain.instrument import require_edition
from services.scoring.domain.region import Command, Region, region_key
from services.scoring.projections.region import RegionView
from shared.editions import Edition
from shared.errors import NotFound
from shared.events.base import Recorded
from shared.events.scoring import RegionEvent
from shared.history import Handler
from shared.projector import bare
from shared.views import Collection

Regions = Handler[Command, Region, RegionEvent]
InLanguage = Annotated[str | None, Header()]


class Facts(Protocol):
    """What answers the facts of a subject, the oldest first: `HistoryLog.facts`."""

    def __call__(self, subject: str) -> Awaitable[Sequence[Recorded[Any]]]: ...


@dataclass(frozen=True, slots=True)
class Found:
    """A region as its view shows it, and where in the history that is."""

    region: RegionView
    version: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Sources:
    regions: Collection
    scorecards: Collection
    facts: Facts
    edition_of: Callable[[str], Edition]

    async def look(self, season_id: str, region_id: str) -> Found | None:
        document = await self.regions.get(region_key(season_id, region_id))
        if document is None:
            return None
        shown = RegionView.model_validate(bare(document))
        return Found(shown, document["version"], document["sequence"])

    async def found(self, season_id: str, region_id: str) -> Found:
        """Raises `NotFound`."""
        known = await self.look(season_id, region_id)
        if known is None:
            raise unknown()
        return known

    def edition(self, region: RegionView) -> Edition:
        """The instrument of the region's figures. Refused where this build has another."""
        edition = self.edition_of(region.edition_id)
        require_edition(edition, region.edition_id, region.edition_digest)
        return edition


def unknown() -> NotFound:
    return NotFound("region_unknown", "Nothing was scored in this region and season.")
