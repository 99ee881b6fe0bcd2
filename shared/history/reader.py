"""The whole stream in order, without a gap: what projections rebuild from and auditors replay."""

import json
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Any

from nats.aio.subscription import Subscription

from shared.errors import Unavailable
from shared.history.connection import Connection
from shared.history.envelope import Message, plain_headers
from shared.history.names import STREAM
from shared.history.wire import CONNECTION_TROUBLE, Wire, silence_told

BATCH = 1000
EVERYTHING = "inda.v1.>"


class Gap(Exception):
    """The stream lacks a sequence that it must have."""


async def last_sequence(connection: Connection) -> int:
    """The sequence of the last fact in the stream, from its leader."""
    info = await stream_info(connection)
    return int(info["state"]["last_seq"])


async def stream_info(connection: Connection) -> dict[str, Any]:
    """What the server says of the stream. Raises `Unavailable`."""
    with silence_told():
        answer = await connection.client.request(
            f"{connection.prefix}.STREAM.INFO.{STREAM}", b"", timeout=5
        )
    told = json.loads(answer.data)
    if "error" in told:
        raise Unavailable("history_unavailable", f"No history: {told['error']['description']}.")
    return told


async def read_all(
    connection: Connection, first: int, last: int, subject: str = EVERYTHING
) -> AsyncIterator[Message]:
    """Messages `first`..`last` in order. Reading every subject, a gap raises `Gap`."""
    expected = first
    async for message in _in_order(connection, first, last, subject):
        if subject == EVERYTHING and message.sequence != expected:
            raise Gap(f"The stream lacks sequence {expected}.")
        yield message
        expected = message.sequence + 1
    if subject == EVERYTHING and expected <= last:
        raise Gap(f"The stream lacks sequence {expected}.")


async def _in_order(
    connection: Connection, first: int, last: int, subject: str
) -> AsyncIterator[Message]:
    """What any replica has, in batches; where one says that it has no more, the leader is asked."""
    with silence_told():
        inbox = connection.client.new_inbox()
        subscription = await connection.client.subscribe(
            inbox, pending_msgs_limit=-1, pending_bytes_limit=-1
        )
    try:
        while first <= last:
            before = first
            await _ask(connection, subject, first, inbox)
            async for message in _until_end(subscription):
                first = message.sequence + 1
                if message.sequence <= last:
                    yield message
            if first == before:
                missed = await Wire(connection).last_or_at({"seq": first, "next_by_subj": subject})
                if missed is None or missed.sequence > last:
                    return
                first = missed.sequence + 1
                yield missed
    finally:
        with suppress(*CONNECTION_TROUBLE):
            await subscription.unsubscribe()


async def _ask(connection: Connection, subject: str, first: int, inbox: str) -> None:
    question = {"seq": first, "batch": BATCH, "next_by_subj": subject}
    with silence_told():
        await connection.client.publish(
            f"{connection.prefix}.DIRECT.GET.{STREAM}", json.dumps(question).encode(), reply=inbox
        )


async def _until_end(subscription: Subscription) -> AsyncIterator[Message]:
    while True:
        with silence_told():
            answer = await subscription.next_msg(timeout=5)
        headers = plain_headers(answer.headers)
        if "Status" in headers:
            return
        yield Message(headers["Nats-Subject"], int(headers["Nats-Sequence"]), headers, answer.data)
