"""Who was given which document, over HTTP: straight from the history, not from an index."""

import json
from collections.abc import Awaitable, Callable, Iterator, Sequence
from typing import Any, cast

from fastapi import APIRouter, Response

from services.audit.api.events import EventItem
from services.audit.searching import LABELS, Asked, Index, entry_of
from shared.errors import NotFound
from shared.events.base import Digest
from shared.history.envelope import Message
from shared.http import Answer, Doors

ACCESS = tuple(label for label in LABELS if label.endswith(".access"))
SOURCES = (
    *("EvidenceDeclared", "EvidenceAccepted", "InnovationDrafted", "DoubtFiled"),
    "DocumentIssued",
)
"""Facts that say where a document came from."""

MessagesOn = Callable[[str], Awaitable[Sequence[Message]]]


class Opening(Answer):
    """One look at the document: `how` it was given, for which innovation (`about`), by which
    service; `agency` and `roles` are the reader's, as their token said. A second look within a
    quarter of an hour is no new one.
    """

    sequence: int
    id: str
    by: str
    at: str
    service: str
    how: str
    about: str
    agency: str | None
    roles: tuple[str, ...]


class Readers(Answer):
    """`openings` in the order of the history; `sources` say who declared or accepted it."""

    sha256: str
    openings: tuple[Opening, ...]
    sources: tuple[EventItem, ...]


def routes(doors: Doors, index: Index, messages_on: MessagesOn) -> APIRouter:
    """`messages_on` a subject answers all that was said there."""
    router = APIRouter(prefix="/documents", tags=["documents"])

    @router.get(
        "/{sha256}/readers", name="read_readers", dependencies=[doors.reads("read_readers")]
    )
    async def read_readers(sha256: Digest, response: Response) -> Readers:
        found = await index.all(Asked(about=(f"document:{sha256}",), facts=SOURCES))
        response.headers["Inda-Sequence"] = str(found.position)
        heard = [
            message
            for label in ACCESS
            for message in await messages_on(f"inda.v1.{label}.{sha256}")
        ]
        openings = tuple(sorted(_openings(heard), key=lambda each: each.sequence))
        if not openings and not found.items:
            raise NotFound("document_unknown", f"The history names no document {sha256}.")
        sources = tuple(map(EventItem.of, found.items))
        return Readers(sha256=sha256, openings=openings, sources=sources)

    return router


def _openings(messages: Sequence[Message]) -> Iterator[Opening]:
    """Also of facts that this build cannot read: somebody opened it, that is what counts."""
    for message in messages:
        entry, body = entry_of(message), _body(message)
        agency = body.get("agency")
        yield Opening(
            sequence=entry.sequence,
            id=entry.id,
            by=entry.by,
            at=entry.at,
            service=entry.service,
            how=str(body.get("how", "")),
            about=str(body.get("about", "")),
            agency=None if agency is None else str(agency),
            roles=tuple(map(str, body.get("roles") or ())),
        )


def _body(message: Message) -> dict[str, Any]:
    try:
        found = json.loads(message.body)
    except ValueError:
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}
