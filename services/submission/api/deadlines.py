"""Submissions whose files had time to come in: the clock completes them when nobody else did."""

from datetime import datetime, timedelta

from pydantic import TypeAdapter

from services.submission.projections.innovations import InnovationView
from services.submission.reactions import on_time_run_out
from shared.events.base import Utc
from shared.projector import bare
from shared.service import Tick, Ticked
from shared.views import Collection, Order

AT_ONCE = 100
_UTC = TypeAdapter[datetime](Utc)


def run_out(view: Collection, wait: timedelta) -> Tick:
    """Finds the submissions whose files could come in until a moment that has passed.

    It lies `wait` back, so that an intake of the last moment, which takes its time, is not
    overtaken. Whether the submission is completed is decided on the facts.
    """

    async def tick(at: datetime) -> list[Ticked]:
        late = {"has_pending": True, "complete_by": {"$lt": stored(at - wait)}}
        page = await view.page(late, order=Order("complete_by"), limit=AT_ONCE)
        shown = [InnovationView.model_validate(bare(each)) for each in page.items]
        return [
            Ticked(on_time_run_out(each.innovation_id, each.round, at), each.complete_by)
            for each in shown
            if each.complete_by is not None
        ]

    return tick


def stored(moment: datetime) -> str:
    """A moment as the read model writes it."""
    return _UTC.dump_python(moment, mode="json")
