"""Says facts to the broker once, and tells a no from a silence. Knows nothing of retries."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4  # noqa: TID251 - a batch's id means nothing once it is answered

import nats.errors
from nats.aio.msg import Msg
from nats.js import errors as js_errors

from shared.errors import DomainError, Invalid, Unavailable
from shared.events.base import Fact, Recorded
from shared.history.connection import Connection
from shared.history.envelope import Trace, headers_of
from shared.history.names import STREAM
from shared.history.wire import CONNECTION_TROUBLE, REQUEST_SECONDS

CONFLICT = {10071, 10164}  # wrong last sequence: one node, cluster
UNCLEAR = {10158, 10210, 10176}  # id in flight, too many batches in flight, batch abandoned
TOO_LARGE = {10054, 10199}  # message over the stream's limit, batch over the server's
LARGEST_BATCH = 1000
"""Messages that the server takes in one atomic batch."""
SECONDS_PER_MESSAGE = 0.01
"""How much longer the answer to a batch may take: the server writes all of it first."""


class Conflict(Exception):
    """Nothing was written and nothing will be: the tail moved. Decide again."""


class Unclear(Exception):
    """The broker did not say whether the append was stored."""


@dataclass(frozen=True, slots=True)
class Tail:
    """The last fact of an aggregate: `sequence` 0 and `version` 0 while there is none."""

    sequence: int
    version: int
    last: Recorded[Any] | None = None


NOTHING = Tail(0, 0)


@dataclass(frozen=True, slots=True)
class Said:
    """What one command led to."""

    facts: tuple[Fact, ...]
    trace: Trace


@dataclass(frozen=True, slots=True)
class Append:
    """What commands, one after the other, say of one aggregate right behind its `tail`."""

    subject: str
    tail: Tail
    said: tuple[Said, ...]

    def __len__(self) -> int:
        return sum(len(each.facts) for each in self.said)

    def messages(self) -> Iterator[tuple[str, dict[str, str], bytes]]:
        """Subject, headers and body of each; the first carries the expected tail."""
        version = self.tail.version
        for said in self.said:
            for ordinal, fact in enumerate(said.facts):
                version += 1
                headers = headers_of(fact, self.subject, version, ordinal, said.trace)
                if version == self.tail.version + 1:
                    headers["Nats-Expected-Last-Subject-Sequence"] = str(self.tail.sequence)
                yield self.subject, headers, fact.model_dump_json().encode()


class Publisher:
    """The one publish there is: it always carries the expected tail of the aggregate."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._client = connection.client
        self._js = connection.jetstream

    async def publish(self, appends: Sequence[Append]) -> int:
        """The sequence of the last fact. Raises `Conflict` or `Unclear`."""
        messages = [message for append in appends for message in append.messages()]
        if not self._connection.is_connected:
            # The client would keep it and send it later, when the caller has long had its 503.
            raise Unclear("not connected")
        try:
            if len(messages) == 1:
                return await self._publish_one(*messages[0])
            return await self._publish_batch(messages)
        except js_errors.APIError as error:
            raise self._meaning(error) from error
        except nats.errors.MaxPayloadError as error:
            raise too_large() from error
        except CONNECTION_TROUBLE as error:
            raise Unclear(type(error).__name__) from error

    @staticmethod
    def _meaning(error: js_errors.APIError) -> Exception:
        if error.err_code in CONFLICT:
            return Conflict(str(error.err_code))
        if error.err_code in UNCLEAR or (error.code or 500) >= 500:
            return Unclear(f"{error.err_code} {error.description}")
        if error.err_code in TOO_LARGE:
            return too_large()
        return Unavailable("history_refused", f"The history refused the fact: {error.description}.")

    async def _publish_one(self, subject: str, headers: dict[str, str], body: bytes) -> int:
        headers["Nats-Msg-Id"] = headers["ce-id"]
        ack = await self._js.publish(
            subject, body, stream=STREAM, headers=headers, timeout=REQUEST_SECONDS
        )
        if ack.duplicate:
            # The duplicate window knows ids, not subjects: believe it only if it is really there.
            raise Unclear("duplicate")
        return ack.seq

    async def _publish_batch(self, messages: Sequence[tuple[str, dict[str, str], bytes]]) -> int:
        """An atomic batch: stored whole with the commit, or not at all."""
        batch = uuid4().hex
        last = len(messages)
        patience = REQUEST_SECONDS + last * SECONDS_PER_MESSAGE
        sequence = 0
        for number, (subject, headers, body) in enumerate(messages, start=1):
            headers |= {"Nats-Batch-Id": batch, "Nats-Batch-Sequence": str(number)}
            if number == last:
                headers["Nats-Batch-Commit"] = "1"
            if number in (1, last):
                answer = await self._client.request(
                    subject, body, headers=headers, timeout=patience
                )
                sequence = self._batch_answer(answer)
            else:
                await self._client.publish(subject, body, headers=headers)
        return sequence

    @staticmethod
    def _batch_answer(answer: Msg) -> int:
        if not answer.data:
            return 0
        told: dict[str, Any] = json.loads(answer.data)
        if "error" in told:
            raise js_errors.APIError(**told["error"])
        return int(told["seq"])


def too_large() -> DomainError:
    return Invalid("fact_too_large", "This is too large to be written into the history.")
