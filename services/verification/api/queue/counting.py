"""How far the work in the queue is: dossiers by state, and "12 of 45"."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from services.verification.api.queue.asking import Filters, Reader, not_held, queue_of, together
from services.verification.projections import DossierStatus
from shared.http import Answer
from shared.views import Collection

DONE: tuple[DossierStatus, ...] = ("verified", "rejected")


class Counts(Answer):
    """`dossiers_done` of `total` are verified or rejected; of `claimed` indicators in all of them
    `decided` have a verdict, those that wait for a second look not counted. `mine` are held by the
    person now. A state that no dossier is in is left out.
    """

    states: Mapping[DossierStatus, int]
    total: int
    overdue: int
    mine: int
    dossiers_done: int
    claimed: int
    decided: int


async def counted(queue: Collection, reader: Reader, filters: Filters, review: timedelta) -> Counts:
    """Of the dossiers that a list with these filters would show."""
    where = queue_of(reader, filters, review)
    ended = together(where, {"state": {"$in": ["in_review"]}}, not_held(reader.now))
    groups, idle, overdue, mine = await asyncio.gather(
        queue.grouped(where, ["state"], totals=("claimed_count", "decided_count")),
        queue.count(ended),
        queue.count(queue_of(reader, replace(filters, overdue=True), review)),
        queue.count(queue_of(reader, replace(filters, mine=True), review)),
    )
    states = {group.values[0]: group.count for group in groups}
    return Counts(
        states=as_of_now(states, idle if filters.state in (None, "open") else 0),
        total=sum(states.values()),
        overdue=overdue,
        mine=mine,
        dossiers_done=sum(states.get(state, 0) for state in DONE),
        claimed=sum(group.totals[0] for group in groups),
        decided=sum(group.totals[1] for group in groups),
    )


def as_of_now(states: Mapping[DossierStatus, int], idle: int) -> Mapping[DossierStatus, int]:
    """Dossiers whose lease has run out, `idle` of those in review, are open again."""
    told: dict[DossierStatus, int] = {
        **states,
        "open": states.get("open", 0) + idle,
        "in_review": states.get("in_review", 0) - idle,
    }
    return {state: count for state, count in sorted(told.items()) if count > 0}
