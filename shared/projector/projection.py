"""What a read model is: whose facts, folded how, kept where."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Generic, Protocol, TypeVar

from pydantic import BaseModel

from shared.events.base import Aggregate, Recorded

ViewT = TypeVar("ViewT", bound=BaseModel)
Document = dict[str, Any]


@dataclass(frozen=True)
class Projection(Generic[ViewT]):
    """A read model: its name, whose facts it folds, how, and the fields its lists sort by.

    Bump `revision` when `fold` changes and the view's fields do not. Where `step` and `settled` are
    given, `fold` is one after the other: a step leaves out what follows from the rest of the view,
    and of many events in a row only the last has to be settled.
    """

    name: str
    aggregate: Aggregate[Any]
    view: type[ViewT]
    fold: Callable[[ViewT | None, Recorded[Any]], ViewT]
    indexes: tuple[tuple[str, ...], ...] = ()
    revision: int = 1
    step: Callable[[ViewT | None, Recorded[Any]], ViewT] | None = None
    settled: Callable[[ViewT], ViewT] | None = None

    @property
    def collection(self) -> str:
        """Where this build keeps it: another schema is another collection, built anew."""
        schema = json.dumps(self.view.model_json_schema(), sort_keys=True)
        digest = sha256(f"{self.revision}/{schema}".encode()).hexdigest()
        return f"{self.name}_{digest[:8]}"

    def document(self, before: Document | None, *events: Recorded[Any]) -> Document:
        """The document after one or more events that follow it."""
        view = None if before is None else self.view.model_validate(bare(before))
        *earlier, last = events or (None,)
        if last is None:
            raise ValueError("Without an event there is no document after it.")
        for event in earlier:
            view = self.stepped(view, event)
        # Of a view that is not settled `fold` may take for done what was left out.
        view = self.whole(self.stepped(view, last)) if earlier else self.fold(view, last)
        return {
            **view.model_dump(mode="json"),
            "_id": last.key,
            "version": last.version,
            "sequence": last.sequence,
        }

    def stepped(self, view: ViewT | None, event: Recorded[Any]) -> ViewT:
        """The view after an event, which may have to be settled before it is shown."""
        return self.fold(view, event) if self.step is None else self.step(view, event)

    def whole(self, view: ViewT) -> ViewT:
        """The view as it is shown, after any number of steps."""
        return view if self.settled is None else self.settled(view)


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
