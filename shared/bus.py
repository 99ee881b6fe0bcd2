"""The stream, its consumers, who may say what, and how reactions are delivered.

The only NATS settings. `plan` and `apply` bring a server to them; no service ever changes them.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.nats import JStream, NatsBroker, NatsMessage, PullSub
from faststream.nats.security import NatsNKey
from nats.aio.client import Client
from nats.aio.msg import Msg

from shared.errors import Unavailable
from shared.events.base import Recorded
from shared.events.catalogue import UnknownFact
from shared.history.envelope import Message, plain_headers, recorded
from shared.history.names import ADMIN_PREFIX, PREFIX, STREAM, SUBJECTS
from shared.history.wire import CONNECTION_TROUBLE

log = structlog.get_logger("bus")

SERVICES = ("submission", "verification", "scoring", "awards", "audit")
RETRY_SECONDS = 1.0
RECONNECT_FOR_EVER = -1
TRIES_OF_A_SURPRISE = 10
NOT_FOUND = 404

_HEARS: dict[str, tuple[str, ...]] = {
    "submission-views": (
        "submission.season",
        "submission.agency",
        "submission.innovation",
        "submission.replication",
    ),
    "submission-reactions": ("verification.dossier",),
    "verification-views": (
        "verification.dossier",
        "verification.verifier",
        "verification.quality",
        "submission.agency",
    ),
    "verification-reactions": ("submission.innovation", "awards.competition"),
    "verification-notices": ("verification.dossier",),
    "scoring-views": ("scoring.scorecard", "scoring.region", "scoring.panel"),
    "scoring-reactions": ("verification.dossier", "scoring.scorecard", "awards.competition"),
    "awards-views": ("awards.competition", "awards.fund", "scoring.scorecard"),
    "awards-reactions": ("scoring.scorecard", "scoring.panel", "awards.competition"),
}


def durables(service: str) -> tuple[str, ...]:
    """The durable consumers of a service: for its read models, its reactions, its notices."""
    return tuple(name for name in _HEARS if name.startswith(f"{service}-"))


def hears(durable: str) -> tuple[str, ...]:
    """The aggregates, as `service.name`, whose facts a consumer is given; () if there is none."""
    return _HEARS.get(durable, ())


def subjects_may_publish(service: str) -> tuple[str, ...]:
    """The facts a service may say; the auditor says none."""
    return () if service == "audit" else (f"inda.v1.{service}.*.*",)


def stream_settings(replicas: int) -> dict[str, Any]:
    """The stream: nothing expires, nothing is deleted, a full disk refuses (design section 3)."""
    return {
        "name": STREAM,
        "subjects": [SUBJECTS],
        "storage": "file",
        "retention": "limits",
        "discard": "new",
        "max_msgs": -1,
        "max_msgs_per_subject": -1,
        "max_bytes": -1,
        "max_age": 0,
        "max_msg_size": 256 * 1024,
        "duplicate_window": 120_000_000_000,
        "num_replicas": replicas,
        "deny_delete": True,
        "deny_purge": True,
        "allow_direct": True,
        "allow_atomic": True,
        "allow_rollup_hdrs": False,
        "allow_msg_ttl": False,
    }


def consumer_settings(durable: str, replicas: int) -> dict[str, Any]:
    return {
        "durable_name": durable,
        "filter_subjects": [f"inda.v1.{label}.*" for label in _HEARS[durable]],
        "ack_policy": "explicit",
        "deliver_policy": "all",
        "replay_policy": "instant",
        "ack_wait": 30_000_000_000,
        "max_deliver": -1,
        "max_ack_pending": 2_000,
        "max_waiting": 128,
        "num_replicas": replicas,
    }


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the server and these settings. `kind` is create or update."""

    kind: str
    what: str
    difference: dict[str, tuple[object, object]]


async def plan(admin: Client, replicas: int) -> list[Change]:
    """What `apply` would change. Raises `Unavailable` when the server does not answer."""
    changes: list[Change] = []
    stream = await _ask(admin, f"STREAM.INFO.{STREAM}", {})
    changes += _compared("stream", stream, stream_settings(replicas))
    for durable in _HEARS:
        found = await _ask(admin, f"CONSUMER.INFO.{STREAM}.{durable}", {})
        changes += _compared(f"consumer {durable}", found, consumer_settings(durable, replicas))
    return changes


def _compared(what: str, found: dict[str, Any], wanted: dict[str, Any]) -> list[Change]:
    if "error" in found:
        if found["error"].get("code") != NOT_FOUND:
            # A cluster without a leader yet must not look like one without a stream.
            _must(found, what)
        return [Change("create", what, {})]
    config = found["config"]
    empty: tuple[object, ...] = (None, 0, False, "")
    difference: dict[str, tuple[object, object]] = {
        name: (config.get(name), value)
        for name, value in wanted.items()
        if config.get(name) != value and not (config.get(name) in empty and value in empty)
    }
    return [Change("update", what, difference)] if difference else []


async def apply(admin: Client, replicas: int) -> list[Change]:
    """Creates or updates the stream and every consumer; what is as it should be stays untouched."""
    changes = await plan(admin, replicas)
    for change in changes:
        if change.what == "stream":
            await _change_stream(admin, change, replicas)
        else:
            await _change_consumer(admin, change, replicas)
    return changes


async def _change_stream(admin: Client, change: Change, replicas: int) -> None:
    verb = change.kind.upper()
    _must(await _ask(admin, f"STREAM.{verb}.{STREAM}", stream_settings(replicas)), change.what)


async def _change_consumer(admin: Client, change: Change, replicas: int) -> None:
    durable = change.what.removeprefix("consumer ")
    wanted = {
        "stream_name": STREAM,
        "config": consumer_settings(durable, replicas),
        "action": change.kind,
    }
    _must(await _ask(admin, f"CONSUMER.CREATE.{STREAM}.{durable}", wanted), change.what)


def _must(answer: dict[str, Any], what: str) -> None:
    if "error" in answer:
        reason = answer["error"].get("description", "no reason given")
        raise Unavailable("bus_refused", f"NATS refused the {what}: {reason}.")


async def _ask(admin: Client, verb: str, body: dict[str, Any]) -> dict[str, Any]:
    try:
        question = json.dumps(body).encode()
        answer = await admin.request(f"{ADMIN_PREFIX}.{verb}", question, timeout=10)
    except CONNECTION_TROUBLE as error:
        raise Unavailable("bus_unavailable", f"NATS does not answer to {verb}.") from error
    return json.loads(answer.data)


# --- reactions ----------------------------------------------------------------------------

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
