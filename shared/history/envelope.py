"""A fact on the wire: CloudEvents 1.0 in binary mode over NATS headers, JSON body."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1
from typing import Any, cast
from uuid import UUID

from shared.events.base import Fact, Recorded
from shared.events.catalogue import UnknownFact, fact_of

_RECORDED = cast("type[Recorded[Any]]", Recorded)
NAMESPACE = UUID("5d1c1f0e-6f0b-5c0e-9a51-1d0a1da0c0de")
_VARIANT = {f"{each:x}": f"{each & 3 | 8:x}" for each in range(16)}


@dataclass(frozen=True, slots=True)
class Trace:
    """What the envelope says of a fact's cause. `digest` is that of the request it answers."""

    command_id: str
    digest: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message as it came from the broker."""

    subject: str
    sequence: int
    headers: Mapping[str, str]
    body: bytes


def event_id(command: str, subject: str, ordinal: int) -> str:
    """The same cause on the same aggregate makes the same event, however often it is retried."""
    return name_based(NAMESPACE, f"{command}/{subject}/{ordinal}")


def name_based(namespace: UUID, name: str) -> str:
    """What `str(uuid5(namespace, name))` is (RFC 9562, version 5), without the object between."""
    digest = sha1(namespace.bytes + name.encode(), usedforsecurity=False).hexdigest()
    variant = _VARIANT[digest[16]]
    return f"{digest[:8]}-{digest[8:12]}-5{digest[13:16]}-{variant}{digest[17:20]}-{digest[20:32]}"


def headers_of(
    fact: Fact, subject: str, version: int, ordinal: int, trace: Trace
) -> dict[str, str]:
    _, _, service, aggregate, key = subject.split(".")
    headers = {
        "ce-specversion": "1.0",
        "ce-id": event_id(trace.command_id, subject, ordinal),
        "ce-type": fact.ce_type,
        "ce-source": f"/inda/{service}",
        "ce-subject": f"{aggregate}/{key}",
        "ce-time": fact.at.isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "content-type": "application/json",
        "ce-aggregateversion": str(version),
        "ce-commandid": trace.command_id,
        "ce-commanddigest": trace.digest,
        "ce-correlationid": trace.correlation_id,
    }
    if trace.causation_id is not None:
        headers["ce-causationid"] = trace.causation_id
    if trace.traceparent is not None:
        headers["ce-traceparent"] = trace.traceparent
    return headers


def recorded(message: Message) -> Recorded[Any]:
    """The fact and envelope in a stored message. Raises `UnknownFact`."""
    headers = message.headers
    fact = fact_of(headers.get("ce-type", ""), message.body)
    try:
        id_, version = headers["ce-id"], int(headers["ce-aggregateversion"])
    except (KeyError, ValueError) as error:
        raise UnknownFact(f"The envelope of a {fact.ce_type} is broken: {error}.") from error
    event = object.__new__(_RECORDED)
    # What a frozen dataclass sets one by one is set at once: this is done for every fact there is.
    vars(event).update(
        fact=fact,
        id=id_,
        subject=message.subject,
        sequence=message.sequence,
        version=version,
        command_id=headers.get("ce-commandid", ""),
        command_digest=headers.get("ce-commanddigest", ""),
        correlation_id=headers.get("ce-correlationid", ""),
        causation_id=headers.get("ce-causationid"),
        traceparent=headers.get("ce-traceparent"),
    )
    return event


def plain_headers(headers: object) -> dict[str, str]:
    """nats-py gives None, a dict, or an email message's items; here it is always a dict."""
    return dict(cast("Mapping[str, str]", headers)) if headers else {}
