"""The stream of the log's checkpoints: whoever appends behind the last one has won."""

from dataclasses import dataclass

import nats.errors
from nats.js import errors as js_errors

from shared.errors import Unavailable
from shared.history.connection import Connection
from shared.history.envelope import Message
from shared.history.names import CHECKPOINT_SUBJECT, CHECKPOINTS
from shared.history.publishing import CONFLICT, Conflict
from shared.history.wire import CONNECTION_TROUBLE, REQUEST_SECONDS, Wire

STREAM_CREATED = "Inda-Stream-Created"


@dataclass(frozen=True, slots=True)
class StoredNote:
    """A signed note and its place. `stream_created` is when the stream of facts was made that it
    was signed over, as its server told it; empty where nobody knows.
    """

    sequence: int
    note: str
    stream_created: str


class Checkpoints:
    """All that were signed, in order, without gaps: nothing is ever deleted there."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._wire = Wire(connection, CHECKPOINTS)

    async def last(self) -> StoredNote | None:
        """From the stream's leader; None while there is none. Raises `Unavailable`."""
        found = await self._wire.last_or_at({"last_by_subj": CHECKPOINT_SUBJECT})
        return None if found is None else _stored(found)

    async def at(self, sequence: int) -> StoredNote | None:
        """Raises `Unavailable`."""
        found = await self._wire.last_or_at({"seq": sequence})
        return None if found is None else _stored(found)

    async def append(self, note: str, behind: int, stream_created: str) -> StoredNote:
        """Right behind the sequence `behind`, 0 for the first.

        Raises `Conflict` where somebody else was faster: nothing was written. Raises `Unavailable`
        where it is not known whether it was: the last one tells.
        """
        if not self._connection.is_connected:
            # The client would keep it and send it later.
            raise _unclear("not connected")
        headers = {
            "Nats-Expected-Last-Subject-Sequence": str(behind),
            STREAM_CREATED: stream_created,
        }
        try:
            ack = await self._connection.jetstream.publish(
                CHECKPOINT_SUBJECT,
                note.encode(),
                stream=CHECKPOINTS,
                headers=headers,
                timeout=REQUEST_SECONDS,
            )
        except js_errors.APIError as error:
            if error.err_code in CONFLICT:
                raise Conflict(CHECKPOINT_SUBJECT) from error
            raise _unclear(str(error.err_code)) from error
        except (*CONNECTION_TROUBLE, nats.errors.Error) as error:
            raise _unclear(type(error).__name__) from error
        return StoredNote(ack.seq, note, stream_created)


def _stored(message: Message) -> StoredNote:
    created = message.headers.get(STREAM_CREATED, "")
    return StoredNote(message.sequence, message.body.decode(errors="replace"), created)


def _unclear(reason: str) -> Unavailable:
    return Unavailable(
        "checkpoints_unavailable", "The stream of checkpoints does not answer.", reason=reason
    )
