"""The stream as one service sees it: the tail of an aggregate, its facts, and the one append."""

import asyncio
import random
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from shared.errors import Refused, Unavailable
from shared.events.base import Fact, Recorded
from shared.history.connection import Connection
from shared.history.envelope import Trace, event_id, recorded
from shared.history.publishing import (
    LARGEST_BATCH,
    NOTHING,
    Append,
    Conflict,
    Publisher,
    Said,
    Tail,
    Unclear,
)
from shared.history.wire import Wire

DEADLINE_SECONDS = 20.0


class Patience:
    """A deadline and a growing, jittered pause before the next try.

    The pause stays short after a conflict: somebody went on, so the next try may succeed, and
    long pauses would starve the slower of many writers.
    """

    def __init__(self, seconds: float = DEADLINE_SECONDS) -> None:
        self._end = asyncio.get_running_loop().time() + seconds
        self._pause = 0.01

    async def lock(self, turn: asyncio.Lock) -> None:
        """Acquires it. Raises `Unavailable` past the deadline."""
        try:
            async with asyncio.timeout_at(self._end):
                await turn.acquire()
        except TimeoutError as error:
            raise _too_late("queue") from error

    async def wait(self, why: str, longest_seconds: float = 1.0) -> None:
        """Raises `Unavailable` past the deadline."""
        if asyncio.get_running_loop().time() > self._end:
            raise _too_late(why)
        await asyncio.sleep(min(self._pause, longest_seconds) * (0.5 + random.random()))
        self._pause = min(self._pause * 2, 1.0)


def _too_late(why: str) -> Unavailable:
    return Unavailable(
        "history_unavailable",
        "The history could not be written in time. Send the same request again.",
        reason=why,
    )


class HistoryLog:
    """Reads and appends for one service. All methods may raise `Unavailable`."""

    def __init__(self, connection: Connection, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._wire = Wire(connection)
        self._publisher = Publisher(connection)
        self._deadline_seconds = deadline_seconds

    def patience(self) -> Patience:
        return Patience(self._deadline_seconds)

    async def tail(self, subject: str) -> Tail:
        """The aggregate's last fact, from the stream's leader, so that it is read-after-write."""
        message = await self._wire.last_or_at({"last_by_subj": subject})
        if message is None:
            return NOTHING
        last = recorded(message)
        return Tail(last.sequence, last.version, last)

    async def facts(self, subject: str, after: int = 0) -> list[Recorded[Any]]:
        """All facts of an aggregate behind `after`, up to the leader's tail."""
        tail = await self.tail(subject)
        if tail.sequence <= after or tail.last is None:
            return []
        found = [fact async for fact in self._wire.direct(subject, after + 1, tail.sequence)]
        while found == [] or found[-1].sequence < tail.sequence:
            # A follower that lags answers a direct get with less: walk the rest on the leader.
            position = found[-1].sequence if found else after
            message = await self._wire.last_or_at({"seq": position + 1, "next_by_subj": subject})
            if message is None:
                break
            found.append(recorded(message))
        return found

    async def fact(self, sequence: int) -> Recorded[Any] | None:
        """The fact at a sequence of the stream."""
        message = await self._wire.last_or_at({"seq": sequence})
        return None if message is None else recorded(message)

    async def facts_in_time(
        self, subject: str, after: int, patience: Patience
    ) -> list[Recorded[Any]]:
        """As `facts`, asked again until they are answered or the patience ends."""
        while True:
            try:
                return await self.facts(subject, after)
            except Unavailable as trouble:
                await patience.wait(str(trouble.params.get("reason", trouble.code)))

    async def append(
        self,
        subject: str,
        facts: Sequence[Fact],
        tail: Tail,
        trace: Trace,
        patience: Patience | None = None,
    ) -> list[Recorded[Any]]:
        """Stores the facts, all or none, right behind `tail`, and answers what is stored there.

        That may be what the same command stored earlier, if its digest is the same. Raises
        `Conflict` when they cannot be stored behind `tail` (read the tail: it may hold them
        already), `Invalid` when they are too large, `Unavailable` when the outcome could not be
        found out in time.
        """
        patience = patience or self.patience()
        append = Append(subject, tail, (Said(tuple(facts), trace),))
        while True:
            try:
                return _as_recorded(append, await self._publisher.publish([append]))
            except Unclear as answer:
                stored = await self._look_for(subject, tail, trace, patience)
                if stored:
                    return stored
                await patience.wait(str(answer))

    async def append_together(
        self, appends: Sequence[Append], patience: Patience | None = None
    ) -> list[list[Recorded[Any]]]:
        """Stores the facts of several aggregates, each behind its tail, all or none.

        Raises `Refused` for more than one batch holds, and `Conflict` when they cannot be stored
        or may be there already: read the tails and decide again. Else as `append`.
        """
        patience = patience or self.patience()
        check_batch(sum(map(len, appends)))
        last = appends[-1]
        while True:
            try:
                sequence = await self._publisher.publish(appends)
                return _each_recorded(appends, sequence)
            except Unclear as answer:
                # All is there or nothing is, so that one subject tells of every other.
                if await self.facts_in_time(last.subject, last.tail.sequence, patience):
                    raise Conflict from answer
                await patience.wait(str(answer))

    async def _look_for(
        self, subject: str, tail: Tail, trace: Trace, patience: Patience
    ) -> list[Recorded[Any]]:
        """Our facts if they are there, `[]` if they may still be written; else `Conflict`."""
        behind = await self.facts_in_time(subject, tail.sequence, patience)
        ours = list(takewhile(lambda event: event.command_id == trace.command_id, behind))
        if behind and (not ours or ours[0].command_digest != trace.digest):
            # Whatever stands right behind the tail now, ours can no longer be.
            raise Conflict
        return ours


def check_batch(facts: int) -> None:
    """Raises `Refused` for more facts than can be stored as one."""
    if facts > LARGEST_BATCH:
        raise Refused(
            "batch_too_large",
            f"This makes {facts} facts; {LARGEST_BATCH} can be stored as one. Do it row by row.",
            facts=facts,
            allowed=LARGEST_BATCH,
        )


def _each_recorded(appends: Sequence[Append], sequence: int) -> list[list[Recorded[Any]]]:
    """A batch takes consecutive sequences, the last of which is `sequence`."""
    stored: list[list[Recorded[Any]]] = []
    behind = sum(map(len, appends))
    for append in appends:
        behind -= len(append)
        stored.append(_as_recorded(append, sequence - behind))
    return stored


def _as_recorded(append: Append, sequence: int) -> list[Recorded[Any]]:
    placed = [
        (said.trace, ordinal, fact)
        for said in append.said
        for ordinal, fact in enumerate(said.facts)
    ]
    first = sequence - len(placed) + 1
    return [
        Recorded(
            fact=fact,
            id=event_id(trace.command_id, append.subject, ordinal),
            subject=append.subject,
            sequence=first + place,
            version=append.tail.version + 1 + place,
            command_id=trace.command_id,
            command_digest=trace.digest,
            correlation_id=trace.correlation_id,
            causation_id=trace.causation_id,
            traceparent=trace.traceparent,
        )
        for place, (trace, ordinal, fact) in enumerate(placed)
    ]


__all__ = [
    "NOTHING",
    "Append",
    "Conflict",
    "HistoryLog",
    "Patience",
    "Said",
    "Tail",
    "Unclear",
    "check_batch",
]
