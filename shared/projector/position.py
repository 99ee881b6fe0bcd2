"""How far the read models of a durable consumer are."""

import asyncio

import nats.errors
from nats.js import errors as js_errors
from nats.js.api import ConsumerInfo

from shared.errors import Unavailable
from shared.history import Connection
from shared.history.names import STREAM, SUBJECTS
from shared.history.reader import last_sequence
from shared.history.wire import Wire


class Position:
    """Asks the stream and the consumer; both methods may raise `Unavailable`."""

    def __init__(self, connection: Connection, durable: str) -> None:
        self._connection = connection
        self._durable = durable

    async def now(self) -> int:
        """The stream sequence up to which every fact of this consumer is written."""
        # Asked first: a fact stored between the two answers must not count as shown.
        last = await last_sequence(self._connection)
        consumer = await self._consumer()
        floor = consumer.ack_floor.stream_seq if consumer.ack_floor else 0
        if floor >= last or consumer.num_pending or consumer.num_ack_pending:
            return min(floor, last)
        # A consumer may not have seen yet what its stream has, so "nothing pending" is no proof.
        return last if await self._last_heard(consumer) <= floor else floor

    async def _consumer(self) -> ConsumerInfo:
        try:
            return await self._connection.jetstream.consumer_info(STREAM, self._durable)
        except (nats.errors.Error, js_errors.Error, TimeoutError) as error:
            raise Unavailable("history_unavailable", "The history does not answer.") from error

    async def _last_heard(self, consumer: ConsumerInfo) -> int:
        """The sequence of the last fact in the stream that this consumer is for."""
        wire = Wire(self._connection)
        filters = consumer.config.filter_subjects or [SUBJECTS]
        found = [await wire.last_or_at({"last_by_subj": each}) for each in filters]
        return max((message.sequence for message in found if message is not None), default=0)

    async def reached(self, sequence: int, seconds: float = 5.0) -> bool:
        """Waits until the read models show `sequence`; False if they do not in time."""
        end = asyncio.get_running_loop().time() + seconds
        pause = 0.002
        while await self.now() < sequence:
            if asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.1)
        return True
