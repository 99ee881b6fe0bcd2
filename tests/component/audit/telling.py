"""Histories that deciders made, put into a real stream: the same facts at the same sequences."""

import json
from collections.abc import Sequence
from contextlib import AsyncExitStack

from nats.aio.client import Client

from deploy.local.stack import Addresses
from shared.events.base import Fact
from shared.history import derived_id
from shared.history.envelope import Message, Trace, headers_of
from shared.history.names import STREAM
from tests.servers import nats_client


async def tell(addresses: Addresses, messages: Sequence[Message]) -> None:
    """Into an empty stream, or behind what is there; each fact by the service that says such."""
    async with AsyncExitStack() as open_:
        clients: dict[str, Client] = {}
        for message in messages:
            service = message.subject.split(".")[2]
            if service not in clients:
                said = nats_client(addresses, service)
                clients[service] = await open_.enter_async_context(said)
            publish = clients[service].jetstream().publish
            headers = dict(message.headers)
            done = await publish(message.subject, message.body, stream=STREAM, headers=headers)
            assert done.seq == message.sequence


def stored(sequence: int, subject: str, fact: Fact, version: int = 1) -> Message:
    """A fact as its service would have stored it."""
    trace = Trace(derived_id("told", subject, str(sequence)), "0" * 64, "", None, None)
    headers = headers_of(fact, subject, version, 0, trace)
    return Message(subject, sequence, headers, fact.model_dump_json().encode())


def unreadable(sequence: int) -> Message:
    """What no build can read: another type, and a body that names things all the same."""
    body = {"by": "somebody", "innovation_id": "inov-1", "strange": [1, 2.5, None]}
    headers = {
        "ce-id": f"unreadable-{sequence}",
        "ce-type": "inda.submission.never-heard-of.v9",
        "ce-time": "2026-05-01T00:00:00Z",
        "ce-aggregateversion": "1",
        "content-type": "application/json",
    }
    subject = f"inda.v1.submission.replication.strange-{sequence}"
    return Message(subject, sequence, headers, json.dumps(body).encode())
