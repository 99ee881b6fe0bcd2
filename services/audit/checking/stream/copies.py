"""The copies of the stream, one a node, each read where it lies.

A direct get is answered by any replica, wherever one is connected. A consumer with a single replica
lives on one node and reads that node's copy; the server chooses which node, so that some are made
until every node has one. Whoever may not make consumers reads the stream as one.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, suppress
from typing import Any, Protocol

import nats.errors
from nats.aio.msg import Msg

from shared.errors import Unavailable
from shared.history import Connection
from shared.history.envelope import Message, plain_headers
from shared.history.names import STREAM
from shared.history.reader import read_batches
from shared.history.wire import CONNECTION_TROUBLE, silence_told

EVERY_SUBJECT = "inda.v1.*.*.*"
"""Not the subject under which the reader itself stops at a gap."""
BATCH = 1000
TRIES_A_NODE = 15
SILENT_SECONDS = 5.0
SILENCES = 3
"""So many questions may stay open, such as those that the server puts to a node that is away."""
LOOKS_AGAIN, PAUSE_SECONDS = 10, 0.5
IDLE_NANOSECONDS = 60_000_000_000


class Copy(Protocol):
    """`node` is empty where nobody knows whose copy it is."""

    @property
    def node(self) -> str: ...
    def messages(self, last: int) -> AsyncGenerator[Sequence[Message]]:
        """All up to `last` in order; what the copy lacks is left out. Raises `Unavailable`."""
        ...


class AnyCopy:
    """Whatever the servers answer."""

    node = ""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def messages(self, last: int) -> AsyncGenerator[Sequence[Message]]:
        return read_batches(self._connection, 1, last, EVERY_SUBJECT)


class NodeCopy:
    """What one node has on its disk, through a consumer that lives there."""

    def __init__(self, admin: Connection, node: str, consumer: str) -> None:
        self.node = node
        self._admin = admin
        self._consumer = consumer
        self._inbox = admin.client.new_inbox()
        self._batch: list[Message] = []
        self._is_over = asyncio.Event()

    async def messages(self, last: int) -> AsyncGenerator[Sequence[Message]]:
        with silence_told():
            subscription = await self._admin.client.subscribe(
                self._inbox, cb=self._hear, pending_msgs_limit=-1, pending_bytes_limit=-1
            )
        reached, looks = 0, 0
        try:
            while reached < last and looks < LOOKS_AGAIN:
                batch = await self._next()
                if batch:
                    reached, looks = batch[-1].sequence, 0
                    yield [each for each in batch if each.sequence <= last]
                    continue
                # A follower may not have the newest facts yet.
                looks += 1
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            with suppress(*CONNECTION_TROUBLE, nats.errors.BadSubscriptionError):
                await subscription.unsubscribe()

    async def _next(self) -> Sequence[Message]:
        self._batch = []
        self._is_over.clear()
        with silence_told():
            await self._admin.client.publish(
                f"{self._admin.prefix}.CONSUMER.MSG.NEXT.{STREAM}.{self._consumer}",
                json.dumps({"batch": BATCH, "no_wait": True}).encode(),
                reply=self._inbox,
            )
            while not self._is_over.is_set():
                known = len(self._batch)
                try:
                    async with asyncio.timeout(SILENT_SECONDS):
                        await self._is_over.wait()
                except TimeoutError:
                    if len(self._batch) == known:
                        raise
        return self._batch

    async def _hear(self, message: Msg) -> None:
        headers = plain_headers(message.headers)
        if "Status" in headers:
            self._is_over.set()
            return
        sequence = message.metadata.sequence.stream
        self._batch.append(Message(message.subject, sequence, headers, message.data))
        if len(self._batch) == BATCH:
            self._is_over.set()


def nodes_of(info: dict[str, Any]) -> tuple[str, ...]:
    """The nodes that hold a copy, as the stream's leader names them; () where it is no cluster."""
    cluster: dict[str, Any] = info.get("cluster") or {}
    others = [str(each["name"]) for each in cluster.get("replicas") or ()]
    return tuple(sorted([str(cluster["leader"]), *others])) if others else ()


async def copies_of(
    admin: Connection, nodes: Sequence[str], open_: AsyncExitStack
) -> tuple[NodeCopy, ...]:
    """A copy of every node that answers, by name. What was made is deleted on leaving."""
    found: dict[str, NodeCopy] = {}
    silences = 0
    for number in range(TRIES_A_NODE * len(nodes)):
        if len(found) == len(nodes) or silences == SILENCES:
            break
        consumer = f"fsck-{admin.client.new_inbox().rpartition('.')[2]}-{number}"
        try:
            node = await _made(admin, consumer)
        except Unavailable:
            silences += 1
            continue
        if node in nodes and node not in found:
            found[node] = NodeCopy(admin, node, consumer)
            open_.push_async_callback(_delete, admin, consumer)
        else:
            await _delete(admin, consumer)
    return tuple(found[node] for node in sorted(found))


async def _made(admin: Connection, consumer: str) -> str:
    """Where the server has put a consumer of a single replica."""
    wanted = {
        "name": consumer,
        "ack_policy": "none",
        "deliver_policy": "all",
        "replay_policy": "instant",
        "num_replicas": 1,
        "mem_storage": True,
        "inactive_threshold": IDLE_NANOSECONDS,
    }
    question = {"stream_name": STREAM, "config": wanted, "action": "create"}
    with silence_told():
        answer = await admin.client.request(
            f"{admin.prefix}.CONSUMER.CREATE.{STREAM}.{consumer}",
            json.dumps(question).encode(),
            timeout=SILENT_SECONDS,
        )
    told: dict[str, Any] = json.loads(answer.data)
    if "error" in told:
        reason = told["error"].get("description", "no reason given")
        raise Unavailable("history_unavailable", f"NATS makes no consumer: {reason}.")
    cluster: dict[str, Any] = told.get("cluster") or {}
    return str(cluster.get("leader", ""))


async def _delete(admin: Connection, consumer: str) -> None:
    """One that stays behind is deleted by the server when nobody has used it for a minute."""
    with suppress(*CONNECTION_TROUBLE):
        await admin.client.request(
            f"{admin.prefix}.CONSUMER.DELETE.{STREAM}.{consumer}", b"", timeout=SILENT_SECONDS
        )
