"""Works through the queue in every replica, a few deliveries at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

import structlog

from shared.errors import Unavailable
from shared.notices.deliveries import Claimed, End, Outcome, Parcel
from shared.notices.queue import Queue

log = structlog.get_logger("notices")

LANES = 4
IDLE_SECONDS = 1.0
TROUBLE_SECONDS = 2.0

Send = Callable[[Parcel], Awaitable[Outcome]]


class Courier:
    """Gives each delivery that is due to the sender of its channel."""

    def __init__(
        self,
        queue: Queue,
        senders: Mapping[str, Send],
        now: Callable[[], datetime],
        *,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._queue = queue
        self._senders = senders
        self._now = now
        self._idle_seconds = idle_seconds

    async def keep_sending(self) -> None:
        """Works until cancelled. A receiver that is slow holds up one lane of several."""
        async with asyncio.TaskGroup() as lanes:
            for _ in range(LANES):
                lanes.create_task(self._lane())

    async def _lane(self) -> None:
        while True:
            try:
                if not await self.send_one():
                    await asyncio.sleep(self._idle_seconds)
            except Unavailable as error:
                log.warning("deliveries postponed", reason=str(error))
                await asyncio.sleep(TROUBLE_SECONDS)
            except Exception:
                # A lane that has died would leave every notice lying.
                log.exception("delivery stumbled")
                await asyncio.sleep(TROUBLE_SECONDS)

    async def send_one(self) -> bool:
        """Sends what is due longest and logs it; False if nothing is due. Raises `Unavailable`."""
        claimed = await self._queue.claim()
        if claimed is None:
            return False
        began = self._now()
        outcome = await self._sent(claimed)
        if not await self._queue.close(claimed, began, outcome):
            log.warning("lease of a delivery was lost", delivery=claimed.parcel.id)
        return True

    async def _sent(self, claimed: Claimed) -> Outcome:
        parcel = claimed.parcel
        try:
            outcome = await self._senders[parcel.channel](parcel)
        except Unavailable:
            raise
        except Exception as error:
            # What one receiver provokes is written into its log and hinders no other.
            log.exception("sender failed", delivery=parcel.id, channel=parcel.channel)
            return Outcome(End.AGAIN, error=type(error).__name__)
        log.info(
            "delivery tried",
            delivery=parcel.id,
            channel=parcel.channel,
            end=outcome.end.value,
            status=outcome.status,
            error=outcome.error,
        )
        return outcome
