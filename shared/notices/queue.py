"""Deliveries that wait, in a collection that every replica works through: at least once each."""

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from shared.notices.deliveries import Claimed, End, Outcome, Parcel, next_try
from shared.views import Collection, Document, Order, Page

MOST_ATTEMPTS_KEPT = 30
SOONEST = Order("due")
NEWEST = Order("created_at", descending=True)


class Queue:
    """One document a delivery, with its log. All methods may raise `Unavailable`.

    What was in vain is tried again after each of `schedule` in seconds, and then no more.

    Who claims a delivery has it for `lease_seconds`; a sender that dies is followed by another
    then, so that a subscriber may get the same notice twice, under the same id.
    """

    def __init__(
        self,
        deliveries: Collection,
        now: Callable[[], datetime],
        *,
        schedule: tuple[float, ...],
        lease_seconds: float = 60.0,
    ) -> None:
        self._deliveries = deliveries
        self._now = now
        self._schedule = schedule
        self._lease_seconds = lease_seconds

    async def prepare(self) -> None:
        """The indexes of what is asked here."""
        await self._deliveries.index("state", "due")
        await self._deliveries.index("channel", "subscriber", "created_at")

    async def add(self, parcel: Parcel) -> None:
        """Waits to be sent from now on, unless it is here already, sent or not."""
        at = written(self._now())
        await self._deliveries.put_newer(
            [
                {
                    "_id": parcel.id,
                    "version": 1,
                    "notice_id": parcel.notice_id,
                    "channel": parcel.channel,
                    "subscriber": parcel.subscriber,
                    "kind": parcel.kind,
                    "content": dict(parcel.content),
                    "state": "waiting",
                    "created_at": at,
                    "due": at,
                    "lease": None,
                    "tries": 0,
                    "attempts": [],
                }
            ]
        )

    async def claim(self) -> Claimed | None:
        """The one that is due longest, now ours; its lease is over when it is due again."""
        at = self._now()
        lease = secrets.token_hex(8)
        found = await self._deliveries.change(
            {"state": "waiting", "due": {"$lte": written(at)}},
            {"lease": lease, "due": written(at + timedelta(seconds=self._lease_seconds))},
            order=SOONEST,
        )
        return None if found is None else _claimed(found, lease)

    async def close(self, claimed: Claimed, began: datetime, outcome: Outcome) -> bool:
        """Writes down how it went and what comes next; False if it was not ours any more."""
        at = self._now()
        attempt = {
            "at": written(began),
            "status": outcome.status,
            "milliseconds": round((at - began).total_seconds() * 1000),
            "error": outcome.error,
            "answer": outcome.answer,
        }
        values = {
            "lease": None,
            "tries": claimed.tries + 1,
            "attempts": [*claimed.attempts, attempt][-MOST_ATTEMPTS_KEPT:],
            **self._what_next(claimed, at, outcome.end),
        }
        ours = {"_id": claimed.parcel.id, "lease": claimed.lease}
        return await self._deliveries.change(ours, values) is not None

    def _what_next(self, claimed: Claimed, at: datetime, end: End) -> dict[str, Any]:
        if end is End.DELIVERED:
            return {"state": "delivered", "due": None}
        if end is End.GONE:
            return {"state": "cancelled", "due": None}
        again = next_try(claimed, at, self._schedule)
        if again is None:
            return {"state": "failed", "due": None}
        return {"due": written(again)}

    async def retry(self, delivery_id: str) -> Document | None:
        """Due at once, with all its tries anew, unless it is being sent; as it is then, if any."""
        again = {"state": "waiting", "due": written(self._now()), "tries": 0}
        changed = await self._deliveries.change({"_id": delivery_id, "lease": None}, again)
        return changed or await self._deliveries.get(delivery_id)

    async def get(self, delivery_id: str) -> Document | None:
        return await self._deliveries.get(delivery_id)

    async def page(self, channel: str, subscriber: str, cursor: str | None, limit: int) -> Page:
        """What was and will be sent to one subscriber, newest first."""
        whose = {"channel": channel, "subscriber": subscriber}
        return await self._deliveries.page(whose, order=NEWEST, cursor=cursor, limit=limit)


def _claimed(found: Document, lease: str) -> Claimed:
    parcel = Parcel(
        notice_id=found["notice_id"],
        channel=found["channel"],
        subscriber=found["subscriber"],
        kind=found["kind"],
        content=found["content"],
    )
    return Claimed(parcel, lease, found["tries"], tuple(found["attempts"]))


def written(moment: datetime) -> str:
    """As moments are stored: text that sorts as time."""
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
