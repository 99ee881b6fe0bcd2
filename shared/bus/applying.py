"""What a server has against what it should have, and how it gets there."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any

from nats.aio.client import Client

from shared.bus.settings import (
    DURABLES,
    checkpoints_settings,
    consumer_settings,
    stream_settings,
)
from shared.errors import Unavailable
from shared.history.names import ADMIN_PREFIX, CHECKPOINTS, STREAM
from shared.history.wire import CONNECTION_TROUBLE

NOT_FOUND = 404
AGAIN_SECONDS = 0.3
_STREAMS = {
    "stream": (STREAM, stream_settings),
    "stream of checkpoints": (CHECKPOINTS, checkpoints_settings),
}
"""By what they are called in a change: the name on the server, and the settings."""


@dataclass(frozen=True, slots=True)
class Change:
    """One difference between the server and these settings. `kind` is create or update."""

    kind: str
    what: str
    difference: dict[str, tuple[object, object]]


async def plan(admin: Client, replicas: int) -> list[Change]:
    """What `apply` would change. Raises `Unavailable` when the server does not answer."""
    changes: list[Change] = []
    for what, (stream, settings) in _STREAMS.items():
        found = await _ask(admin, f"STREAM.INFO.{stream}", {})
        changes += _compared(what, found, settings(replicas))
    for durable in DURABLES:
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
    """Creates or updates streams and consumers; what is as it should be stays untouched."""
    changes = await plan(admin, replicas)
    for change in changes:
        if change.what in _STREAMS:
            await _change_stream(admin, change, replicas)
        else:
            await _change_consumer(admin, change, replicas)
    return changes


async def apply_in_time(admin: Client, replicas: int, seconds: float) -> list[Change]:
    """As `apply`, tried again while the server refuses: a young cluster has no room at first.

    Raises `Unavailable` when it still does after so many seconds.
    """
    end = asyncio.get_running_loop().time() + seconds
    while True:
        try:
            return await apply(admin, replicas)
        except Unavailable:
            if asyncio.get_running_loop().time() > end:
                raise
            await asyncio.sleep(AGAIN_SECONDS)


async def _change_stream(admin: Client, change: Change, replicas: int) -> None:
    verb = change.kind.upper()
    stream, settings = _STREAMS[change.what]
    _must(await _ask(admin, f"STREAM.{verb}.{stream}", settings(replicas)), change.what)


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
