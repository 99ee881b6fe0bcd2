"""Messages into documents: gaps are filled, the poisoned are parked, all others flow."""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import structlog

from shared.errors import Unavailable
from shared.events.base import Recorded
from shared.events.catalogue import UnknownFact
from shared.history import HistoryLog
from shared.history.envelope import Message, recorded
from shared.projector.projection import Document, Fault, Projection, Store, fault_document

log = structlog.get_logger("projector")


class Folding:
    """Folds into stores by the projection's name; the version of a document guards it."""

    def __init__(
        self,
        history: HistoryLog,
        projections: Sequence[Projection[Any]],
        stores: Mapping[str, Store],
        faults: Store,
    ) -> None:
        self._history = history
        self._projections = tuple(projections)
        self._stores = stores
        self._faults = faults

    async def project(self, messages: Iterable[Message]) -> None:
        """Writes what these messages lead to, in whatever order they came. Raises `Unavailable`."""
        by_subject: dict[str, list[Message]] = defaultdict(list)
        for message in messages:
            by_subject[message.subject].append(message)
        folding = [
            self._fold(projection, mine)
            for projection in self._projections
            if (mine := _concerning(projection, by_subject))
        ]
        # Each has a collection of its own: side by side, and all of them to their end.
        for trouble in await asyncio.gather(*folding, return_exceptions=True):
            if trouble is not None:
                raise trouble

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
            return projection.document(before, *events) if events else None
        except Unavailable:
            raise
        except Exception as error:
            # Any fault of one aggregate parks that aggregate and lets the rest flow.
            await self._park(projection, subject, messages[-1].sequence, error)
            return None

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
        events = await self._history.facts(subject)
        if not events:
            return True
        document = projection.document(None, *events)
        return await self._stores[projection.name].put_unless_newer(document)


def _concerning(
    projection: Projection[Any], by_subject: Mapping[str, Sequence[Message]]
) -> dict[str, Sequence[Message]]:
    head = projection.aggregate.subjects[:-1]
    return {subject: found for subject, found in by_subject.items() if subject.startswith(head)}
