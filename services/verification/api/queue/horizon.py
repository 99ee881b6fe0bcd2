"""The beginning of a list, without asking for all that lies behind it."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from pydantic import TypeAdapter

from services.verification.api.queue.asking import Where, stored, together
from shared.events.base import Utc
from shared.views import Collection, Order, Page

SORTED: Final = Order("waiting_since")
MOST_REMEMBERED: Final = 500
ENOUGH_TO_CHOOSE: Final = 10
_UTC = TypeAdapter[datetime](Utc)


@dataclass(frozen=True, slots=True)
class Horizon:
    """Remembers for each list how far its beginning reached, and asks no further next time.

    Some servers look at all that matches before they sort. Nothing beyond what was reached can
    come before it, so what is found within is the beginning, unless it is not `enough`: then
    everything is asked for. `beyond` says from the first and the last found how far to look.
    """

    queue: Collection
    order: Order
    enough: Callable[[Page], bool]
    beyond: Callable[[str, str], str]
    _reached: OrderedDict[Hashable, str] = field(default_factory=OrderedDict[Hashable, str])

    async def first(self, asked: Hashable, where: Where, limit: int) -> Page:
        """The beginning of what `where` matches; `asked` says which list this is."""
        reached = self._reached.get(asked)
        if reached is not None:
            near = together({self.order.field: {"$lte": reached}}, where)
            page = await self.queue.page(near, order=self.order, limit=limit)
            if self.enough(page):
                return page
        page = await self.queue.page(where, order=self.order, limit=limit)
        self._remember(asked, page)
        return page

    def _remember(self, asked: Hashable, page: Page) -> None:
        self._reached.pop(asked, None)
        if page.next_cursor is None:
            return
        first, last = (page.items[place][self.order.field] for place in (0, -1))
        self._reached[asked] = self.beyond(first, last)
        while len(self._reached) > MOST_REMEMBERED:
            self._reached.popitem(last=False)


def of_lists(queue: Collection) -> Horizon:
    """Lists by age: whole pages with more behind them, also when some have left them."""
    return Horizon(queue, SORTED, lambda page: page.next_cursor is not None, _a_third_further)


def of_turns(queue: Collection) -> Horizon:
    """By whose turn it is: some to choose from. The best come first, so the rest can wait."""
    return Horizon(
        queue,
        Order("turn"),
        lambda page: len(page.items) >= ENOUGH_TO_CHOOSE,
        lambda first, last: last,
    )


def _a_third_further(first: str, last: str) -> str:
    began, ended = map(_UTC.validate_python, (first, last))
    return stored(ended + (ended - began) / 3)
