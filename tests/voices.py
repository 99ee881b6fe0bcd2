"""Other services' voices: facts appended as they would, through their own accounts."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any, TypeVar
from uuid import uuid4

from deploy.local.stack import Addresses
from shared.events.base import Aggregate, Fact
from shared.history import HistoryLog, connect
from shared.history.envelope import Trace


class Voice:
    """Says facts as another service does."""

    def __init__(self, history: HistoryLog) -> None:
        self.history = history

    async def say(self, aggregate: Aggregate[Any], aggregate_key: str, fact: Fact) -> int:
        """The sequence at which the fact is stored."""
        subject = aggregate.subject(aggregate_key)
        tail = await self.history.tail(subject)
        trace = Trace(str(uuid4()), "", str(uuid4()), None, None)
        (stored,) = await self.history.append(subject, [fact], tail, trace)
        return stored.sequence


VoiceT = TypeVar("VoiceT", bound=Voice)


@asynccontextmanager
async def speaking_as(kind: type[VoiceT], at: Addresses, service: str) -> AsyncGenerator[VoiceT]:
    servers = tuple(at.nats_url.split(","))
    connection = await connect(servers, service, at.nats_seeds[service])
    try:
        yield kind(HistoryLog(connection))
    finally:
        await connection.close()
