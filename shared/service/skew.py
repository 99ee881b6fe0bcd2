"""Whether this host's clock may date facts: held against the broker's, again and again."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import structlog

from shared.errors import Unavailable
from shared.history import Connection
from shared.history.reader import stream_info

log = structlog.get_logger("clock")

CHECK_SECONDS = 30.0
TOLERATED = timedelta(seconds=5)
Clock = Callable[[], datetime]


class Skew:
    """The difference between `wall`, the host's own clock, and the broker's, as last measured.

    It is nothing while the broker's moment lies within the question and its answer: a slow answer
    alone never makes a clock wrong.
    """

    def __init__(self, broker_time: Callable[[], Awaitable[datetime]], wall: Clock) -> None:
        self._broker_time = broker_time
        self._wall = wall
        self.ahead = timedelta(0)

    @property
    def is_skewed(self) -> bool:
        return abs(self.ahead) > TOLERATED

    async def measure(self) -> None:
        """Without an answer the last measurement holds."""
        before = self._wall()
        try:
            there = await self._broker_time()
        except Unavailable as error:
            log.info("clock not compared", reason=str(error))
            return
        was_skewed, self.ahead = self.is_skewed, _ahead(before, self._wall(), there)
        if self.is_skewed != was_skewed:
            log.warning("clock compared", skewed=self.is_skewed, seconds=self._seconds)

    async def keep_measuring(self) -> None:
        """Works until cancelled."""
        while True:
            await asyncio.sleep(CHECK_SECONDS)
            await self.measure()

    def guarded(self, now: Clock) -> Clock:
        """`now`, or `Unavailable` while the host's clock is off: nothing is dated by it then."""

        def trusted() -> datetime:
            if self.is_skewed:
                raise self._refusal()
            return now()

        return trusted

    def _refusal(self) -> Unavailable:
        way = "ahead of" if self.ahead > timedelta(0) else "behind"
        return Unavailable(
            "clock_skewed",
            f"This server's clock is {abs(self._seconds)} seconds {way} the history's, so nothing"
            " can be dated. Nothing was written; tell whoever runs the servers to set the clock,"
            " and send the same request again.",
            seconds_ahead=self._seconds,
        )

    @property
    def _seconds(self) -> int:
        return round(self.ahead.total_seconds())


def clock_of(connection: Connection) -> Callable[[], Awaitable[datetime]]:
    """The clock of the broker that leads the stream."""

    async def told() -> datetime:
        return datetime.fromisoformat(str((await stream_info(connection))["ts"]))

    return told


def _ahead(before: datetime, after: datetime, there: datetime) -> timedelta:
    if there < before:
        return before - there
    return min(after - there, timedelta(0))
