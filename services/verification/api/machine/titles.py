"""The titles under review, and those that are nearly the same."""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from rapidfuzz import fuzz, process

from shared.findings.names import SIMILAR_RATIO, plain_words
from shared.views import Collection

MOST_TITLES = 100_000
TITLES_FRESH = timedelta(seconds=60)
IN_REVIEW = {"round": {"$gt": 0}, "state": {"$ne": "withdrawn"}}
Titles = Mapping[str, str]


@dataclass
class KnownTitles:
    """Asked for at most every minute: no index finds words in another order.

    What came in since then is found by its files, its letters and the very same title.
    """

    view: Collection
    now: Callable[[], datetime]
    _at: datetime | None = field(init=False, default=None)
    _known: Titles = field(init=False, default_factory=dict[str, str])

    async def like(self, title: str, most: int) -> dict[str, float]:
        """The dossiers whose titles are nearly this one and not the very same, with how much,
        from 0 to 1; the most alike first.
        """
        titles = await self._all()
        return await asyncio.to_thread(similar_titles, title, titles, most)

    async def _all(self) -> Titles:
        if self._at is not None and abs(self.now() - self._at) <= TITLES_FRESH:
            return self._known
        at = self.now()
        found = await self.view.grouped(IN_REVIEW, ("dossier_id", "title"), at_most=MOST_TITLES)
        told = [(str(key), str(title)) for key, title in (each.values for each in found)]
        self._known = await asyncio.to_thread(plain_titles, told)
        self._at = at
        return self._known


def plain_titles(titles: Iterable[tuple[str, str]]) -> Titles:
    return {key: plain_words(title) for key, title in titles}


def similar_titles(title: str, titles: Titles, most: int) -> dict[str, float]:
    """By the rule of `shared.findings`, which examines the few that are found here once more."""
    mine = plain_words(title)
    found = process.extract(
        mine, titles, scorer=fuzz.token_sort_ratio, score_cutoff=SIMILAR_RATIO, limit=None
    )
    alike = [(key, round(score / 100, 4)) for plain, score, key in found if plain != mine]
    return dict(sorted(alike, key=lambda pair: (-pair[1], pair[0]))[:most])
