"""Objections and doubts that nobody answered: the clock closes them when nobody else did."""

from datetime import datetime

from pydantic import TypeAdapter

from services.awards.reactions import on_time_run_out
from shared.events.base import Utc
from shared.service import Tick, Ticked
from shared.views import Collection, Order

AT_ONCE = 100
_UTC = TypeAdapter[datetime](Utc)


def lapses(view: Collection) -> Tick:
    """Finds the competitions where something is due; what lapses is decided on the facts."""

    async def tick(at: datetime) -> list[Ticked]:
        due = {"lapses_at": {"$lte": _UTC.dump_python(at, mode="json")}}
        page = await view.page(due, order=Order("lapses_at"), limit=AT_ONCE, only=("lapses_at",))
        return [
            Ticked(on_time_run_out(each["_id"], at), _UTC.validate_python(each["lapses_at"]))
            for each in page.items
        ]

    return tick
