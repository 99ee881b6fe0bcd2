"""Facts into read models: each document is the latest fold of one aggregate, guarded by version."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar

import nats.errors
import structlog
from nats.aio.msg import Msg
from nats.js import errors as js_errors
from nats.js.api import ConsumerInfo
from pydantic import BaseModel

from shared.errors import Unavailable
from shared.events.base import Aggregate, Recorded
from shared.events.catalogue import UnknownFact
from shared.history import Connection, HistoryLog, read_all
from shared.history.envelope import Message, plain_headers, recorded
from shared.history.names import STREAM, SUBJECTS
from shared.history.reader import last_sequence, stream_info
from shared.history.wire import Wire

log = structlog.get_logger("projector")

ViewT = TypeVar("ViewT", bound=BaseModel)
Document = dict[str, Any]
BATCH = 256
QUIET_SECONDS = 5.0
RETRY_SECONDS = 1.0


@dataclass(frozen=True)
class Projection(Generic[ViewT]):
    """A read model: its name, whose facts it folds, how, and the fields its lists sort by.

    Bump `revision` when `fold` changes and the view's fields do not.
    """

    name: str
    aggregate: Aggregate[Any]
    view: type[ViewT]
    fold: Callable[[ViewT | None, Recorded[Any]], ViewT]
    indexes: tuple[tuple[str, ...], ...] = ()
    revision: int = 1

    @property
    def collection(self) -> str:
        """Where this build keeps it: another schema is another collection, built anew."""
        schema = json.dumps(self.view.model_json_schema(), sort_keys=True)
        digest = sha256(f"{self.revision}/{schema}".encode()).hexdigest()
        return f"{self.name}_{digest[:8]}"

    def document(self, before: Document | None, event: Recorded[Any]) -> Document:
        view = None if before is None else self.view.model_validate(bare(before))
        after = self.fold(view, event)
        return {
            **after.model_dump(mode="json"),
            "_id": event.key,
            "version": event.version,
            "sequence": event.sequence,
        }


def bare(document: Mapping[str, Any]) -> Document:
    """The view alone, without what the projector adds."""
    return {k: v for k, v in document.items() if k not in ("_id", "version", "sequence")}


class Store(Protocol):
    """Where documents are kept; `shared.views.Collection` is one."""

    async def index(self, *fields: str) -> None: ...
    async def get(self, key: str) -> Document | None: ...
    async def get_many(self, keys: Sequence[str]) -> dict[str, Document]: ...
    async def put_newer(self, documents: Sequence[Document]) -> None: ...
    async def put(self, document: Document) -> None: ...
    async def put_unless_newer(self, document: Document) -> bool: ...
    async def all(self, where: Mapping[str, Any] | None = None) -> list[Document]: ...
    async def delete(self, key: str) -> None: ...


class Incarnation(Exception):
    """The read models belong to another history than the one that is there."""


@dataclass(frozen=True, slots=True)
class Fault:
    """An aggregate or reaction that could not go on, and why."""

    key: str
    subject: str
    sequence: int
    reason: str


def fault_document(kind: str, fault: Fault) -> Document:
    return {
        "_id": fault.key,
        "kind": kind,
        "subject": fault.subject,
        "at_sequence": fault.sequence,
        "reason": fault.reason,
    }


class Projector:
    """Keeps the read models of one service up to date from its durable consumer."""

    def __init__(
        self,
        connection: Connection,
        history: HistoryLog,
        durable: str,
        projections: Sequence[Projection[Any]],
        store: Callable[[str], Store],
        *,
        written: Callable[[int], None] = lambda count: None,
    ) -> None:
        self._connection = connection
        self._history = history
        self._durable = durable
        self._projections = tuple(projections)
        self._stores = {p.name: store(p.collection) for p in projections}
        self._meta = store("meta")
        self._faults = store("faults")
        self._written = written

    async def prepare(self) -> None:
        """Checks the history's incarnation, builds what this build does not have yet, and tries
        again what an earlier build had to park.

        Raises `Incarnation` or `Unavailable`.
        """
        await self._check_incarnation()
        for projection in self._projections:
            await self._build(projection)
        for fault in await self._faults.all({"kind": "view"}):
            _, name, subject = fault["_id"].split(":", 2)
            await self.rebuild(name, subject.rsplit(".", 1)[1])

    async def _check_incarnation(self) -> None:
        created = str((await stream_info(self._connection))["created"])
        known = await self._meta.get("stream")
        if known is None:
            await self._meta.put({"_id": "stream", "created": created})
        elif known["created"] != created:
            raise Incarnation(
                f"The history was made at {created}, the read models were built from one made at"
                f" {known['created']}. Drop this service's database and start again."
            )

    async def _build(self, projection: Projection[Any]) -> None:
        store = self._stores[projection.name]
        if await self._meta.get(projection.collection) is not None:
            return
        for fields in projection.indexes:
            await store.index(*fields)
        last = await last_sequence(self._connection)
        pending: list[Message] = []
        async for message in read_all(self._connection, 1, last, projection.aggregate.subjects):
            pending.append(message)
            if len(pending) == BATCH:
                await self._project(pending)
                pending = []
        await self._project(pending)
        await self._meta.put({"_id": projection.collection, "built_to": last})

    async def run(self) -> None:
        """Works until cancelled. Raises `js_errors.NotFoundError` when the consumer is gone."""
        consumer = await self._connection.jetstream.pull_subscribe_bind(
            durable=self._durable, stream=STREAM
        )
        try:
            while True:
                try:
                    batch = await consumer.fetch(BATCH, timeout=QUIET_SECONDS)
                except (nats.errors.TimeoutError, TimeoutError):
                    continue
                except (nats.errors.Error, js_errors.Error) as error:
                    log.warning("fetch failed", durable=self._durable, error=str(error))
                    await self._still_there()
                    await asyncio.sleep(RETRY_SECONDS)
                    continue
                await self._take(batch)
        finally:
            await consumer.unsubscribe()

    async def _still_there(self) -> None:
        try:
            await self._connection.jetstream.consumer_info(STREAM, self._durable)
        except js_errors.NotFoundError:
            raise
        except (nats.errors.Error, js_errors.Error, TimeoutError):
            return

    async def _take(self, batch: Sequence[Msg]) -> None:
        try:
            await self._project([_message(each) for each in batch])
        except Unavailable as error:
            log.warning("read models away", durable=self._durable, reason=str(error))
            await self._give_back(batch)
            return
        except BaseException:
            # Stopped in the middle, or a fault of ours: nobody should wait for `ack_wait`.
            await self._give_back(batch)
            raise
        for each in batch:
            await each.ack()
        self._written(len(batch))

    @staticmethod
    async def _give_back(batch: Sequence[Msg]) -> None:
        for each in batch:
            await each.nak(delay=RETRY_SECONDS)

    async def _project(self, messages: Iterable[Message]) -> None:
        by_subject: dict[str, list[Message]] = defaultdict(list)
        for message in messages:
            by_subject[message.subject].append(message)
        for projection in self._projections:
            head = projection.aggregate.subjects[:-1]
            mine = {s: found for s, found in by_subject.items() if s.startswith(head)}
            if mine:
                await self._fold(projection, mine)

    async def _fold(
        self, projection: Projection[Any], by_subject: Mapping[str, Sequence[Message]]
    ) -> None:
        store = self._stores[projection.name]
        known = await store.get_many([subject.rsplit(".", 1)[1] for subject in by_subject])
        documents: list[Document] = []
        for subject, messages in by_subject.items():
            before = known.get(subject.rsplit(".", 1)[1])
            after = await self._folded(projection, subject, before, messages)
            if after is not None:
                documents.append(after)
        await self._store(projection, documents)

    async def _store(self, projection: Projection[Any], documents: Sequence[Document]) -> None:
        store = self._stores[projection.name]
        try:
            await store.put_newer(documents)
        except Unavailable:
            raise
        except Exception:
            # One document that cannot be stored must not hold up the others.
            for document in documents:
                await self._store_or_park(projection, document)

    async def _store_or_park(self, projection: Projection[Any], document: Document) -> None:
        try:
            await self._stores[projection.name].put_newer([document])
        except Unavailable:
            raise
        except Exception as error:
            subject = projection.aggregate.subject(document["_id"])
            await self._park(projection, subject, document["sequence"], error)

    async def _folded(
        self,
        projection: Projection[Any],
        subject: str,
        before: Document | None,
        messages: Sequence[Message],
    ) -> Document | None:
        """The document after these messages; None if they change nothing or cannot be folded."""
        try:
            events = [recorded(message) for message in messages]
            events = await self._without_gap(subject, before, events)
            document = before
            for event in events:
                document = projection.document(document, event)
        except Unavailable:
            raise
        except Exception as error:
            # Any fault of one aggregate parks that aggregate and lets the rest flow.
            await self._park(projection, subject, messages[-1].sequence, error)
            return None
        return None if document is before else document

    async def _without_gap(
        self, subject: str, before: Document | None, events: Sequence[Recorded[Any]]
    ) -> list[Recorded[Any]]:
        version = 0 if before is None else int(before["version"])
        new = sorted(
            {event.version: event for event in events if event.version > version}.values(),
            key=lambda event: event.version,
        )
        if [event.version for event in new] == list(range(version + 1, version + 1 + len(new))):
            return new
        return await self._history.facts(subject, 0 if before is None else int(before["sequence"]))

    async def _park(
        self, projection: Projection[Any], subject: str, sequence: int, error: Exception
    ) -> None:
        reason = (
            str(error) if isinstance(error, UnknownFact) else f"{type(error).__name__}: {error}"
        )
        log.error("aggregate parked", view=projection.name, sequence=sequence, reason=reason[:500])
        fault = Fault(f"view:{projection.name}:{subject}", subject, sequence, reason)
        await self._faults.put(fault_document("view", fault))

    async def rebuild(self, name: str, key: str) -> bool:
        """Folds one aggregate again from its first fact; True if it is no longer parked.

        A view that this build does not have stays as it is: False.
        """
        projection = next((each for each in self._projections if each.name == name), None)
        if projection is None:
            return False
        subject = projection.aggregate.subject(key)
        try:
            # While a new fact is folded beside us, what is there may be newer: begin again.
            while not await self._folded_anew(projection, subject):
                continue
        except Unavailable:
            raise
        except Exception as error:
            await self._park(projection, subject, 0, error)
            return False
        await self._faults.delete(f"view:{name}:{subject}")
        return True

    async def _folded_anew(self, projection: Projection[Any], subject: str) -> bool:
        document: Document | None = None
        for event in await self._history.facts(subject):
            document = projection.document(document, event)
        if document is None:
            return True
        return await self._stores[projection.name].put_unless_newer(document)

    async def position(self) -> int:
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
        while await self.position() < sequence:
            if asyncio.get_running_loop().time() > end:
                return False
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.1)
        return True


def _message(raw: Msg) -> Message:
    return Message(raw.subject, raw.metadata.sequence.stream, plain_headers(raw.headers), raw.data)
