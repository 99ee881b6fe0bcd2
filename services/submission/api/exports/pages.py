"""Everything that a filter matches, a page at a time: the memory holds one page."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from services.submission.api.exports.shapes import InnovationForm, form_of
from services.submission.projections.innovations import InnovationView
from shared.editions import Edition
from shared.projector import bare
from shared.views import Collection, Order

PAGE = 100
NEWEST_FIRST = Order("drafted_at", descending=True)
EditionOf = Callable[[str], Edition]


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where innovations are read, with the names of their agencies."""

    innovations: Collection
    agencies: Collection
    edition_of: EditionOf

    async def pages(self, where: Mapping[str, Any]) -> AsyncIterator[tuple[InnovationView, ...]]:
        """All that matches now, each as it is when its page is read; none is a page as well."""
        keys = await self.innovations.keys(where, order=NEWEST_FIRST)
        for first in range(0, max(len(keys), 1), PAGE):
            some = keys[first : first + PAGE]
            found = await self.innovations.get_many(some)
            documents = (found[key] for key in some if key in found)
            yield tuple(InnovationView.model_validate(bare(each)) for each in documents)

    async def forms(self, views: Sequence[InnovationView]) -> list[InnovationForm]:
        names = await self._names({view.agency_id for view in views})
        return [form_of(view, self.edition_of(view.edition_id), names) for view in views]

    async def _names(self, codes: set[str]) -> dict[str, str]:
        found = await self.agencies.get_many(sorted(codes))
        return {code: str(document["name"]) for code, document in found.items()}


async def primed(pages: AsyncIterator[Any]) -> AsyncIterator[Any]:
    """The same, with the first already read: what cannot be answered is a problem, not a stream
    that breaks off.
    """
    first = await anext(pages)

    async def again() -> AsyncIterator[Any]:
        yield first
        async for page in pages:
            yield page

    return again()
