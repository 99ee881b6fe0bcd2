"""One small document a fact: what an auditor searches by. Pure."""

import json
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, Final, cast

from pydantic import BaseModel, ConfigDict

from services.audit.searching.naming import named_in, storable
from shared.events.catalogue import AGGREGATES
from shared.history.envelope import Message

REVISION: Final = 1
"""Bump it when an entry is made otherwise and its fields do not change."""

DIGITS: Final = 16
LONGEST: Final = 200
FACTS: Final = {fact.ce_type: fact.__name__ for aggregate in AGGREGATES for fact in aggregate.facts}
"""The names of all facts that this build knows, by their types."""

SERVICES: Final = tuple(dict.fromkeys(aggregate.service for aggregate in AGGREGATES))
LABELS: Final = tuple(aggregate.label for aggregate in AGGREGATES)


class Entry(BaseModel):
    """A fact without its body. `by` and `at` are empty where the body does not tell them.

    `about` are the things and people that it names (`services.audit.searching.naming`); `sha256`
    is the document of a fact that says that one was opened.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    sequence: int
    id: str
    subject: str
    service: str
    aggregate: str
    key: str
    fact: str
    ce_type: str
    aggregate_version: int
    by: str
    at: str
    command_id: str
    correlation_id: str
    causation_id: str | None
    about: tuple[str, ...]
    sha256: str | None


def collection_of(created: str) -> str:
    """Where the entries of the stream made at that moment lie, as this build makes them."""
    schema = json.dumps(Entry.model_json_schema(), sort_keys=True)
    layout = sha256(f"{REVISION}/{schema}".encode()).hexdigest()
    return f"facts_{layout[:8]}_{sha256(created.encode()).hexdigest()[:8]}"


def key_of(sequence: int) -> str:
    """The `_id` of an entry: sorted as text it is sorted by sequence."""
    return f"{sequence:0{DIGITS}d}"


def entry_of(message: Message) -> Entry:
    """Of whatever is stored there: what nobody can read is told by its envelope alone."""
    headers = message.headers
    parts = (message.subject.split(".") + [""] * 5)[:5]
    service, aggregate, key = parts[2:]
    body = _body(message.body)
    ce_type = _text(headers.get("ce-type"))
    digest = body.get("sha256") if aggregate == "access" else None
    return Entry(
        sequence=message.sequence,
        id=_text(headers.get("ce-id")),
        subject=_text(message.subject),
        service=_text(service),
        aggregate=_text(aggregate),
        key=_text(key),
        fact=FACTS.get(ce_type) or _named(ce_type),
        ce_type=ce_type,
        aggregate_version=_number(headers.get("ce-aggregateversion")),
        by=_text(body.get("by")),
        at=_moment(body.get("at")) or _moment(headers.get("ce-time")),
        command_id=_text(headers.get("ce-commandid")),
        correlation_id=_text(headers.get("ce-correlationid")),
        causation_id=_text(headers.get("ce-causationid")) or None,
        about=named_in(f"{service}.{aggregate}", _text(key), body),
        sha256=_text(digest) or None,
    )


def document_of(entry: Entry) -> dict[str, Any]:
    """What is stored. The same fact always makes the same, so that its version never changes."""
    return {**entry.model_dump(mode="json"), "_id": key_of(entry.sequence), "version": 1}


def _body(content: bytes) -> dict[str, object]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return cast("dict[str, object]", found) if isinstance(found, dict) else {}


def _text(value: object) -> str:
    return storable(value[:LONGEST]) if isinstance(value, str) else ""


def _number(text: str | None) -> int:
    is_number = text is not None and text.isascii() and text.isdigit() and len(text) < DIGITS
    return int(text or 0) if is_number else 0


def _moment(value: object) -> str:
    """As facts write moments, so that text sorts as time; empty for what is none."""
    try:
        found = datetime.fromisoformat(str(value))
        return moment_text(found) if found.tzinfo else ""
    except (ValueError, OverflowError):
        return ""


def moment_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _named(ce_type: str) -> str:
    """Such as `EvidenceOpened` of `inda.awards.evidence-opened.v1`; the type if it is another."""
    parts = ce_type.split(".")
    return "".join(each.title() for each in parts[2].split("-")) if len(parts) > 2 else ce_type
