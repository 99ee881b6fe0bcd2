"""Asks a time-stamping authority for a stamp over the newest checkpoint, seldom, and keeps it."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta

import httpx
import structlog
from cryptography.x509 import Certificate

from services.audit.witnessing.faults import BrokenStamp, OddClock, StampRefused
from services.audit.witnessing.heard import Heard, Newest
from services.audit.witnessing.outsiders import Backoff, posted
from services.audit.witnessing.protocol import ODD_CLOCK
from services.audit.witnessing.shapes import FaultTold, TimestampsTold, fault_after
from services.audit.witnessing.stamps import Stamp, decoded_stamp, question_of, stamp_of
from shared.errors import DomainError
from shared.transparency import LOG, Amiss, Checkpoint, Overwritten, Shelf

log = structlog.get_logger("timestamps")
FOLDER = f"{LOG}timestamps/"
ENDING = ".tsr"
QUERY, REPLY = "application/timestamp-query", "application/timestamp-reply"
EVERY = timedelta(hours=1)


def timestamp_path(size: int) -> str:
    return f"{FOLDER}{size:012d}{ENDING}"


class Timestamps:
    """At most one stamp every `every`, however many processes ask. An empty `url` asks nobody.

    `now` is the process's clock.
    """

    def __init__(
        self,
        shelf: Shelf,
        url: str,
        roots: Sequence[Certificate],
        now: Callable[[], datetime],
        *,
        every: timedelta = EVERY,
        backoff: Backoff | None = None,
    ) -> None:
        self._shelf = shelf
        self._url = url
        self._roots = tuple(roots)
        self._now = now
        self._every = every
        self._backoff = backoff or Backoff()
        self._newest = Newest()
        self._size: int | None = None
        self._at: datetime | None = None
        self._fault: FaultTold | None = None

    @property
    def is_needed(self) -> bool:
        return bool(self._url)

    def hear(self, checkpoint: Checkpoint, note: str) -> None:
        """A checkpoint was signed, by this process or another."""
        self._newest.hear(checkpoint, note)

    def told(self) -> TimestampsTold:
        return TimestampsTold(
            url=self._url,
            every_seconds=int(self._every.total_seconds()),
            size=self._size,
            at=self._at,
            fault=self._fault,
        )

    async def work(self) -> None:
        """Goes on until it is cancelled; without an authority there is nothing to do."""
        if not self._url:
            return
        failures = 0
        async with httpx.AsyncClient() as http:
            while True:
                try:
                    await self._next(http)
                except (Amiss, DomainError) as error:
                    self._failed(error.code, str(error))
                except Exception as error:
                    log.exception("no time stamp")
                    self._failed("timestamp_not_asked", f"It failed: {type(error).__name__}.")
                else:
                    failures, self._fault = 0, None
                    continue
                failures += 1
                await asyncio.sleep(self._backoff.after(failures))

    async def _next(self, http: httpx.AsyncClient) -> None:
        """Returns with one stamp more, this process's or another's."""
        await asyncio.to_thread(self._remember)
        wait = timedelta() if self._at is None else self._at + self._every - self._now()
        if wait > timedelta():
            await asyncio.sleep(wait.total_seconds())
            await asyncio.to_thread(self._remember)
            if self._at is not None and self._now() - self._at < self._every:
                return
        heard = await self._newest.after(-1 if self._size is None else self._size)
        await self._stamp(http, heard)

    def _remember(self) -> None:
        """The newest stamp that is kept, whoever asked for it."""
        path = max(self._shelf.listed(FOLDER), default=None)
        content = None if path is None else self._shelf.get(path)
        if path is None or content is None:
            return
        try:
            self._at = decoded_stamp(content).tst_info.gen_time
        except (BrokenStamp, StampRefused) as error:
            raise BrokenStamp(f"{path} is no time stamp any more.", path) from error
        self._size = int(path.removeprefix(FOLDER).removesuffix(ENDING))

    async def _stamp(self, http: httpx.AsyncClient, heard: Heard) -> None:
        question = question_of(heard.checkpoint.body)
        got = await posted(http, self._url, question.as_bytes(), {"Content-Type": QUERY})
        if got.status != 200 or got.media_type != REPLY:
            raise StampRefused(f"{self._url} answers with status {got.status} and no time stamp.")
        stamp = stamp_of(got.body, heard.checkpoint.body, self._roots, question.nonce)
        self._require_now(stamp)
        await asyncio.to_thread(self._keep, heard.checkpoint.size, got.body)
        self._size, self._at = heard.checkpoint.size, stamp.at

    def _keep(self, size: int, answer: bytes) -> None:
        with suppress(Overwritten):
            self._shelf.put(timestamp_path(size), answer)

    def _require_now(self, stamp: Stamp) -> None:
        if abs(stamp.at - self._now()) > ODD_CLOCK:
            raise OddClock(f"{stamp.authority} stamps {stamp.at.isoformat()}, which is not now.")

    def _failed(self, code: str, sentence: str) -> None:
        """Logged once for each kind of fault that goes on."""
        fault = fault_after(self._fault, code, sentence, self._now())
        if self._fault is None or self._fault.code != code:
            log.warning("no time stamp", code=code, reason=sentence)
        self._fault = fault
