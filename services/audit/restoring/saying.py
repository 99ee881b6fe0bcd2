"""Says facts of an archive once more, each by the service that said it, at the same sequence."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from nats.aio.msg import Msg

from shared.errors import Refused, Unavailable
from shared.history import Connection
from shared.history.envelope import Message
from shared.history.names import STREAM
from shared.history.publishing import CONFLICT
from shared.history.wire import CONNECTION_TROUBLE
from shared.transparency import business_headers

ON_THEIR_WAY = 256
ANSWER_SECONDS = 20.0


async def say(messages: Sequence[Message], voices: Mapping[str, Connection]) -> None:
    """All of them in order, right behind what the stream holds.

    Those of one service go together; the next service speaks when they are stored. Raises
    `Refused` when somebody else writes meanwhile, `Unavailable` when not all were answered: what
    was stored is stored.
    """
    for service, run in groupby(messages, key=_speaker):
        voice = voices.get(service)
        if voice is None:
            raise Refused(
                "service_unknown", f"Nobody may say facts of {service!a}.", service=service
            )
        await _said(tuple(run), voice)


def _speaker(message: Message) -> str:
    parts = message.subject.split(".")
    return parts[2] if len(parts) == 5 else message.subject


async def _said(run: Sequence[Message], voice: Connection) -> None:
    answers = _Answers(voice)
    try:
        await answers.begin()
        for place in range(0, len(run), ON_THEIR_WAY):
            await answers.to(run[place : place + ON_THEIR_WAY])
    except CONNECTION_TROUBLE as error:
        raise _silent(type(error).__name__) from error
    finally:
        await answers.end()


class _Answers:
    """What the stream says to facts that were sent without waiting for the one before."""

    def __init__(self, voice: Connection) -> None:
        self._client = voice.client
        self._inbox = voice.client.new_inbox()
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}

    async def begin(self) -> None:
        self._subscription = await self._client.subscribe(f"{self._inbox}.*", cb=self._hear)

    async def end(self) -> None:
        for each in self._waiting.values():
            each.cancel()
        if self._client.is_connected:
            await self._subscription.unsubscribe()

    async def to(self, messages: Sequence[Message]) -> None:
        loop = asyncio.get_running_loop()
        self._waiting = {each.sequence: loop.create_future() for each in messages}
        for each in messages:
            headers = {
                **business_headers(each.headers),
                "Nats-Msg-Id": each.headers.get("ce-id", ""),
                "Nats-Expected-Stream": STREAM,
                "Nats-Expected-Last-Sequence": str(each.sequence - 1),
            }
            reply = f"{self._inbox}.{each.sequence}"
            await self._client.publish(each.subject, each.body, reply=reply, headers=headers)
        for sequence, answer in self._waiting.items():
            async with asyncio.timeout(ANSWER_SECONDS):
                _check(sequence, await answer)

    async def _hear(self, message: Msg) -> None:
        waiting = self._waiting.get(int(message.subject.rpartition(".")[2]))
        if waiting is not None and not waiting.done():
            waiting.set_result(json.loads(message.data) if message.data else {})


def _check(sequence: int, answer: dict[str, Any]) -> None:
    error = answer.get("error")
    if not answer or (error is not None and error.get("code", 500) >= 500):
        raise _silent("no answer" if error is None else str(error.get("description")))
    if answer.get("duplicate"):
        raise Refused(
            "fact_doubled", f"Fact {sequence} has the id of an earlier one.", sequence=sequence
        )
    is_conflict = error is not None and error.get("err_code") in CONFLICT
    if is_conflict or answer.get("seq", sequence) != sequence:
        raise Refused(
            "history_written",
            f"Something else than fact {sequence} was written meanwhile: stop the services, and"
            " restore into an empty stream.",
            sequence=sequence,
        )
    if error is not None:
        raise Refused(
            "fact_refused",
            f"The stream refused fact {sequence}: {error.get('description')}.",
            sequence=sequence,
        )


def _silent(reason: str) -> Unavailable:
    return Unavailable(
        "history_unavailable",
        "NATS did not answer for every fact; restore again, and it goes on from there.",
        reason=reason,
    )
