"""Search over HTTP: facts by who, when, what and what they name; and one fact as it is stored."""

from base64 import b64encode
from collections.abc import Awaitable, Callable
from datetime import datetime
from hashlib import sha256
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query, Response
from pydantic import AfterValidator, AwareDatetime

from services.audit.searching import FACTS, KINDS, LABELS, SERVICES, Asked, Entry, Found, Index
from shared.errors import Invalid, NotFound
from shared.events.base import Key, PersonId, in_utc
from shared.history.envelope import Message
from shared.http import Answer, Doors
from shared.transparency import business_headers, leaf_hash, leaf_of
from shared.views import MAX_PAGE

Order = Literal["asc", "desc"]
Sequence = Annotated[int, Path(ge=1, lt=10**15)]
Cursor = Annotated[
    str | None, Query(max_length=20, description="The `next_cursor` of the page before.")
]
Limit = Annotated[int, Query(ge=1, le=MAX_PAGE)]
FACT_HELP = "The name of a fact, `EvidenceOpened`, or its type, `inda.awards.evidence-opened.v1`."
ABOUT_HELP = "What the fact names, as `<kind>:<id>`: `innovation:...`, `fund:apbd-2026`."
AGGREGATES = frozenset(label.partition(".")[2] for label in LABELS)
StoredAt = Callable[[int], Awaitable[Message | None]]


def _in_calendar(moment: datetime) -> datetime:
    """Near either end of the calendar a moment may have no name in UTC."""
    try:
        return in_utc(moment)
    except OverflowError as error:
        raise ValueError("The moment lies outside of the calendar") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_calendar)]


class EventItem(Answer):
    """A fact without its body. `version` is its place in its aggregate; `about` is what it names,
    `<kind>:*` where it names more of a kind than are listed. `by` and `at` are empty where the
    stored body does not tell them.
    """

    sequence: int
    id: str
    subject: str
    version: int
    by: str
    at: str
    fact: str
    ce_type: str
    command_id: str
    correlation_id: str
    causation_id: str | None
    about: tuple[str, ...]

    @classmethod
    def of(cls, entry: Entry) -> "EventItem":
        told = entry.model_dump(exclude={"aggregate_version"})
        return cls(**told, version=entry.aggregate_version)


class EventList(Answer):
    """`up_to` is the sequence up to which the history was searched; it may be behind
    `last_sequence` while the index is being built.
    """

    items: tuple[EventItem, ...]
    next_cursor: str | None
    up_to: int
    last_sequence: int


class StoredEvent(Answer):
    """A fact as it is stored: `body` is text, or `body_base64` where it is no UTF-8.

    `leaf` is the log's entry of it, `leaf_hash` its RFC 6962 hash; `proof` is the path of the
    proof that the entry is in the log.
    """

    sequence: int
    subject: str
    headers: dict[str, str]
    body: str | None
    body_base64: str | None
    body_sha256: str
    leaf: str
    leaf_hash: str
    proof: str


def listed(found: Found, response: Response) -> EventList:
    response.headers["Inda-Sequence"] = str(found.position)
    return EventList(
        items=tuple(map(EventItem.of, found.items)),
        next_cursor=found.next_cursor,
        up_to=found.position,
        last_sequence=found.last,
    )


def routes(doors: Doors, index: Index, stored_at: StoredAt) -> APIRouter:
    """`stored_at` a sequence answers what the stream has there."""
    router = APIRouter(prefix="/events", tags=["events"])

    @router.get("", name="search_events", dependencies=[doors.reads("search_events")])
    async def search_events(
        response: Response,
        by: Annotated[PersonId | None, Query(description="Who did it.")] = None,
        since: Annotated[Moment | None, Query(alias="from")] = None,
        until: Annotated[Moment | None, Query(alias="to", description="Not included.")] = None,
        fact: Annotated[
            str | None, Query(min_length=1, max_length=100, description=FACT_HELP)
        ] = None,
        service: Annotated[str | None, Query(max_length=40)] = None,
        aggregate: Annotated[str | None, Query(max_length=40)] = None,
        key: Key | None = None,
        about: Annotated[str | None, Query(max_length=200, description=ABOUT_HELP)] = None,
        order: Order = "asc",
        cursor: Cursor = None,
        limit: Limit = 50,
    ) -> EventList:
        """Facts that fit everything given, in the order of the history."""
        _check_span(since, until)
        asked = Asked(
            by=by,
            since=since,
            until=until,
            facts=() if fact is None else (_fact(fact),),
            service=None if service is None else _service(service),
            aggregate=None if aggregate is None else _aggregate(aggregate),
            key=key,
            about=() if about is None else (_about(about),),
            is_newest_first=order == "desc",
        )
        return listed(await index.page(asked, cursor, limit), response)

    @router.get(
        "/by-id/{event_id}", name="read_event_by_id", dependencies=[doors.reads("read_event")]
    )
    async def read_event_by_id(event_id: Annotated[str, Path(max_length=100)]) -> StoredEvent:
        sequence = await index.sequence_of(event_id)
        found = None if sequence is None else await stored_at(sequence)
        if found is None:
            raise NotFound("event_unknown", f"The history has no event {event_id}.")
        return _told(found)

    @router.get("/{sequence}", name="read_event", dependencies=[doors.reads("read_event")])
    async def read_event(sequence: Sequence) -> StoredEvent:
        found = await stored_at(sequence)
        if found is None:
            raise NotFound("event_unknown", f"The history has nothing at sequence {sequence}.")
        return _told(found)

    return router


def _told(message: Message) -> StoredEvent:
    leaf = leaf_of(message)
    try:
        text = message.body.decode()
    except UnicodeDecodeError:
        text = None
    return StoredEvent(
        sequence=message.sequence,
        subject=message.subject,
        headers=business_headers(message.headers),
        body=text,
        body_base64=b64encode(message.body).decode() if text is None else None,
        body_sha256=sha256(message.body).hexdigest(),
        leaf=leaf.decode(),
        leaf_hash=leaf_hash(leaf).hex(),
        proof=f"/log/proofs/{message.sequence}",
    )


def _check_span(since: datetime | None, until: datetime | None) -> None:
    if since is not None and until is not None and since >= until:
        raise Invalid("span_empty", "`from` must be earlier than `to`.")


def _fact(text: str) -> str:
    known = FACTS.get(text, text)
    if known not in FACTS.values():
        raise Invalid("fact_unknown", f"No fact is called {text}.", fact=text)
    return known


def _service(text: str) -> str:
    if text not in SERVICES:
        names = ", ".join(SERVICES)
        raise Invalid("service_unknown", f"Facts are said by {names}.", service=text)
    return text


def _aggregate(text: str) -> str:
    if text not in AGGREGATES:
        names = ", ".join(sorted(AGGREGATES))
        raise Invalid("aggregate_unknown", f"The aggregates are {names}.", aggregate=text)
    return text


def _about(text: str) -> str:
    kind, _, key = text.partition(":")
    if kind not in KINDS or not key:
        names = ", ".join(KINDS)
        raise Invalid("about_unknown", f"Write <kind>:<id>; the kinds are {names}.", about=text)
    return text
