"""Facts of a durable consumer, each given to one function until it has returned."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import nats.errors
import structlog
from nats.aio.msg import Msg
from nats.js import errors as js_errors

from shared.errors import Unavailable
from shared.events.base import Recorded
from shared.history import Connection
from shared.history.envelope import Message, plain_headers, recorded
from shared.history.names import STREAM

log = structlog.get_logger("notices")

BATCH = 32
QUIET_SECONDS = 5.0
BEHIND_SECONDS = 0.5
AGAIN_SECONDS = 1.0
LATER_SECONDS = 30.0

Take = Callable[[Recorded[Any]], Awaitable[None]]


async def keep_hearing(connection: Connection, durable: str, take: Take) -> None:
    """Works until cancelled. What `take` raises brings the fact again: at once where something is
    `Unavailable`, later where it was a surprise, and the others go on meanwhile.
    """
    consumer = await connection.jetstream.pull_subscribe_bind(durable=durable, stream=STREAM)
    try:
        while True:
            try:
                batch = await consumer.fetch(BATCH, timeout=QUIET_SECONDS)
            except (nats.errors.TimeoutError, TimeoutError):
                continue
            except (nats.errors.Error, js_errors.Error) as error:
                log.warning("fetch failed", durable=durable, error=str(error))
                await asyncio.sleep(AGAIN_SECONDS)
                continue
            # People wait for what they have just done to be shown; nobody waits for a notice of it.
            await asyncio.sleep(BEHIND_SECONDS)
            await _each(batch, take)
    finally:
        await consumer.unsubscribe()


async def _each(batch: Sequence[Msg], take: Take) -> None:
    """In order. Who is stopped in the middle gives the rest back: nobody waits for `ack_wait`."""
    left = list(batch)
    try:
        while left:
            await _one(left[0], take)
            left.pop(0)
    finally:
        for each in left:
            await each.nak(delay=AGAIN_SECONDS)


async def _one(raw: Msg, take: Take) -> None:
    sequence = raw.metadata.sequence.stream
    try:
        await take(recorded(Message(raw.subject, sequence, plain_headers(raw.headers), raw.data)))
    except Unavailable as error:
        log.warning("notice postponed", reason=str(error), sequence=sequence)
        await raw.nak(delay=AGAIN_SECONDS)
    except Exception:
        # Also a fact that only a newer build can read: during an update another replica can.
        log.exception("fact not heard", sequence=sequence)
        await raw.nak(delay=LATER_SECONDS)
    else:
        await raw.ack()
