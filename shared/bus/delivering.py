"""How reactions are delivered: one fact at a time, again until it is done or hopeless."""

from collections.abc import Awaitable, Callable
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from faststream.nats.security import NatsNKey
from nats.aio.msg import Msg

from shared.errors import Unavailable
from shared.events.base import Recorded
from shared.events.catalogue import UnknownFact
from shared.history.envelope import Message, plain_headers, recorded
from shared.history.names import PREFIX, STREAM

log = structlog.get_logger("bus")

RETRY_SECONDS = 1.0
RECONNECT_FOR_EVER = -1
TRIES_OF_A_SURPRISE = 10
React = Callable[[Recorded[Any]], Awaitable[object]]
Park = Callable[[Message, Exception], Awaitable[None]]


def broker(
    servers: tuple[str, ...], service: str, seed: str | None, closed: Callable[[], None]
) -> NatsBroker:
    """A FastStream broker in the service's own account; `closed` when it is gone for good."""

    async def on_closed() -> None:
        closed()

    async def on_error(error: Exception) -> None:
        log.warning("nats error", service=service, error=str(error))

    return NatsBroker(
        list(servers),
        name=f"inda-{service}-reactions",
        security=None if seed is None else NatsNKey.from_seed(seed),
        inbox_prefix=f"_INBOX_{service}".encode(),
        js_options={"prefix": PREFIX},
        max_reconnect_attempts=RECONNECT_FOR_EVER,
        reconnect_time_wait=1,
        closed_cb=on_closed,
        error_cb=on_error,
        apply_types=False,
        graceful_timeout=5,
        logger=None,
    )


def on_facts(to: NatsBroker, service: str, react: React, park: Park) -> None:
    """Delivers what the service reacts to, one fact at a time, until `react` has returned.

    `Unavailable` brings the fact again for ever; anything else unexpected brings it again up to
    `TRIES_OF_A_SURPRISE` times. What cannot be read, or surprises that often, is parked.
    """

    async def whole(message: NatsMessage) -> Any:
        # Without apply_types a handler is given what its decoder answers, and nothing else.
        return message

    @to.subscriber(
        f"inda.v1.*.*.{service}-reactions",
        stream=JStream(STREAM, declare=False),
        durable=f"{service}-reactions",
        pull_sub=PullSub(1, timeout=5),
        inbox_prefix=f"_INBOX_{service}.".encode(),
        ack_policy=AckPolicy.MANUAL,
        decoder=whole,
    )
    async def react_to(message: NatsMessage) -> None:
        raw = message.raw_message
        stored = Message(
            raw.subject, raw.metadata.sequence.stream, plain_headers(raw.headers), raw.data
        )
        try:
            await react(recorded(stored))
        except Unavailable as error:
            log.warning("reaction postponed", service=service, reason=str(error))
            await message.nack(delay=RETRY_SECONDS)
            return
        except Exception as error:
            log.exception("reaction failed", service=service, sequence=stored.sequence)
            if not _is_hopeless(error, raw):
                await message.nack(delay=RETRY_SECONDS)
                return
            await park(stored, error)
        await message.ack()


def _is_hopeless(error: Exception, raw: Msg) -> bool:
    return isinstance(error, UnknownFact) or raw.metadata.num_delivered >= TRIES_OF_A_SURPRISE
