"""Other innovations that share a file, a text or a title, and whether the asker may see them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from services.submission.api.reach import Agencies, thing_of
from services.submission.domain.states import Content as InnovationContent
from services.submission.projections.innovations import title_key
from shared.contents import Content, Contents
from shared.findings import Neighbour, Reading, is_similar_title
from shared.identity import Access, Thing
from shared.views import MAX_PAGE, Collection, Document

MOST_TITLES = 100_000
MOST_NEIGHBOURS = 20
TITLES_FRESH = timedelta(seconds=30)
NOT_WITHDRAWN = {"$ne": "withdrawn"}
Titles = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SeasonTitles:
    """The titles of a season with their innovations, asked for at most every half minute: whoever
    types asks much more often, and a season has thousands.
    """

    view: Collection
    now: Callable[[], datetime]
    _known: dict[str, tuple[datetime, Titles]] = field(
        init=False, default_factory=dict[str, tuple[datetime, Titles]]
    )

    async def of(self, season_id: str) -> Titles:
        at, known = self._known.get(season_id, (None, ()))
        if at is not None and abs(self.now() - at) <= TITLES_FRESH:
            return known
        where = {"season_id": season_id, "state": NOT_WITHDRAWN}
        by = ("innovation_id", "title")
        groups = await self.view.grouped(where, by, at_most=MOST_TITLES)
        found = tuple((str(key), str(title)) for key, title in (each.values for each in groups))
        self._known[season_id] = (self.now(), found)
        return found


class Neighbourhood:
    """Looks in the read models: what was said a moment ago may not be shown yet."""

    def __init__(
        self,
        view: Collection,
        contents: Contents,
        agencies: Agencies,
        now: Callable[[], datetime],
    ) -> None:
        self._view = view
        self._titles = SeasonTitles(view, now)
        self._contents = contents
        self._agencies = agencies

    async def of(
        self, access: Access, content: InnovationContent, readings: Mapping[str, Reading]
    ) -> tuple[Neighbour, ...]:
        """Without the innovation itself and its other editions."""
        own = frozenset(item.content.sha256 for item in content.evidence.values())
        near = await self._near(own, readings)
        kin = _kin(content)
        others = {
            "_id": {"$nin": kin},
            "training": content.drafted.training,
            "state": NOT_WITHDRAWN,
        }
        digests = sorted(own | near.keys())
        sharing = await self._view.page({**others, "digests": {"$in": digests}}, limit=MAX_PAGE)
        found: dict[str, Document] = {each["_id"]: each for each in sharing.items}
        found |= await self._alike(content, others, kin)
        chosen = sorted(found)[:MOST_NEIGHBOURS]
        return tuple([await self._neighbour(access, found[each], own, near) for each in chosen])

    async def _near(
        self, own: frozenset[str], readings: Mapping[str, Reading]
    ) -> dict[str, frozenset[str]]:
        """Digests of others' files, with those of ours that they nearly repeat."""
        near: dict[str, frozenset[str]] = {}
        for digest, reading in sorted(readings.items()):
            alike = await self._contents.near(Content(digest, reading.text, reading.pages))
            for other, _ in alike:
                if other not in own:
                    near[other] = near.get(other, frozenset()) | {digest}
        return near

    async def _alike(
        self, content: InnovationContent, others: Mapping[str, Any], kin: list[str]
    ) -> dict[str, Document]:
        """Of this season: those with the same title now, or with a similar one a moment ago."""
        season_id, mine = content.drafted.season_id, content.profile.title
        same = {**others, "season_id": season_id, "title_key": title_key(mine)}
        page = await self._view.page(same, limit=MOST_NEIGHBOURS)
        titles = await self._titles.of(season_id)
        similar = [key for key, title in titles if is_similar_title(mine, title)]
        wanted = [key for key in sorted(similar) if key not in kin]
        found = await self._view.get_many(wanted[:MOST_NEIGHBOURS])
        return found | {each["_id"]: each for each in page.items}

    async def _neighbour(
        self,
        access: Access,
        document: Document,
        own: frozenset[str],
        near: Mapping[str, frozenset[str]],
    ) -> Neighbour:
        digests = frozenset(document["digests"])
        return Neighbour(
            innovation_id=document["_id"],
            title=document["title"],
            is_visible=await self._may_see(access, tuple(document["agency_path"])),
            same_files=digests & own,
            near_files=frozenset[str]().union(*(near.get(each, frozenset()) for each in digests)),
        )

    async def _may_see(self, access: Access, agency_path: tuple[str, ...]) -> bool:
        if access.may(Thing(agency_path)):
            return True
        return access.may(await thing_of(self._agencies, agency_path))


def _kin(content: InnovationContent) -> list[str]:
    drafted, successor = content.drafted, content.successor
    later = () if successor is None else (successor.successor_id,)
    return sorted({drafted.innovation_id, *drafted.lineage, *later})
