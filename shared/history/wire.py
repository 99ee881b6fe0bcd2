"""Reads of the stream as the broker answers them: one message from the leader, or many at once."""

import json
from base64 import b64decode
from collections.abc import AsyncIterator, Generator
from contextlib import contextmanager, suppress
from typing import Any

import nats.errors
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.js import errors as js_errors

from shared.errors import Unavailable
from shared.events.base import Recorded
from shared.history.connection import Connection
from shared.history.envelope import Message, plain_headers, recorded
from shared.history.names import STREAM

REQUEST_SECONDS = 2.0
NO_MESSAGE = 10037
DIRECT_BATCH = 500

CONNECTION_TROUBLE = (
    nats.errors.TimeoutError,
    TimeoutError,
    nats.errors.NoRespondersError,
    js_errors.NoStreamResponseError,
    js_errors.ServiceUnavailableError,
    nats.errors.ConnectionClosedError,
    nats.errors.ConnectionReconnectingError,
    nats.errors.OutboundBufferLimitError,
    nats.errors.StaleConnectionError,
    nats.errors.ConnectionDrainingError,
)


class Wire:
    """The two ways to read: fresh from the leader, or fast from any replica."""

    def __init__(self, connection: Connection, stream: str = STREAM) -> None:
        self._client = connection.client
        self._prefix = connection.prefix
        self._stream = stream

    async def last_or_at(self, question: dict[str, Any]) -> Message | None:
        """One message from the leader, or None. Raises `Unavailable` if it does not answer."""
        with silence_told():
            answer = await self._client.request(
                f"{self._prefix}.STREAM.MSG.GET.{self._stream}",
                json.dumps(question).encode(),
                timeout=REQUEST_SECONDS,
            )
        told: dict[str, Any] = json.loads(answer.data)
        if "error" in told:
            if told["error"].get("err_code") == NO_MESSAGE:
                return None
            # The client's own `from_error` does not give an error, it raises one.
            raise _silent(js_errors.APIError(**told["error"]))
        return _stored_message(told["message"])

    async def direct(self, subject: str, first: int, last: int) -> AsyncIterator[Recorded[Any]]:
        """The facts of a subject by batched direct gets; may end early on a follower that lags."""
        with silence_told():
            inbox = self._client.new_inbox()
            subscription = await self._client.subscribe(inbox)
        try:
            while first <= last:
                await self._ask_direct(subject, first, inbox)
                got = 0
                while (message := await _next_direct(subscription)) is not None:
                    got += 1
                    first = message.sequence + 1
                    if message.sequence <= last:
                        yield recorded(message)
                if got == 0:
                    return
        finally:
            with suppress(*CONNECTION_TROUBLE):
                await subscription.unsubscribe()

    async def _ask_direct(self, subject: str, first: int, inbox: str) -> None:
        question = {"seq": first, "batch": DIRECT_BATCH, "next_by_subj": subject}
        with silence_told():
            await self._client.publish(
                f"{self._prefix}.DIRECT.GET.{self._stream}",
                json.dumps(question).encode(),
                reply=inbox,
            )


@contextmanager
def silence_told() -> Generator[None]:
    """Trouble with the connection becomes `Unavailable`."""
    try:
        yield
    except CONNECTION_TROUBLE as error:
        raise _silent(error) from error


def _silent(error: Exception) -> Unavailable:
    return Unavailable(
        "history_unavailable", "The history does not answer.", reason=type(error).__name__
    )


async def _next_direct(subscription: Subscription) -> Message | None:
    """The next message of a batched direct get, None at its end."""
    with silence_told():
        answer: Msg = await subscription.next_msg(timeout=REQUEST_SECONDS)
    headers = plain_headers(answer.headers)
    if "Status" in headers:
        return None
    return Message(headers["Nats-Subject"], int(headers["Nats-Sequence"]), headers, answer.data)


def _stored_message(told: dict[str, Any]) -> Message:
    raw = b64decode(told.get("hdrs", ""))
    headers: dict[str, str] = {}
    for line in raw.decode().split("\r\n")[1:]:
        name, _, value = line.partition(":")
        if value:
            headers[name] = value.strip()
    return Message(told["subject"], int(told["seq"]), headers, b64decode(told.get("data", "")))
