"""Why a command is given, and the ids that follow from it: the same cause makes the same ids."""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import rfc8785

from shared.events.base import Recorded
from shared.history.envelope import NAMESPACE, Trace, name_based


def derived_id(*parts: str) -> str:
    """An id that the same parts always give: for new aggregates, leases, allocations."""
    return name_based(NAMESPACE, "\x1f".join(parts))


def command_id(actor: str, route: str, idempotency_key: str) -> str:
    """The id of a person's command: the same key on the same route is the same command."""
    return derived_id("command", actor, route, idempotency_key)


def digest_of(body: object) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of a request."""
    return sha256(rfc8785.dumps(json.loads(json.dumps(body)))).hexdigest()


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a command is given. `expected_version` is the caller's `If-Match`, if any."""

    command_id: str
    digest: str = ""
    correlation_id: str = ""
    causation_id: str | None = None
    traceparent: str | None = None
    expected_version: int | None = None

    @classmethod
    def of(cls, event: Recorded[Any], reaction: str, target: str) -> "Cause":
        """The cause of a reaction's command: the same event makes the same command."""
        return cls(
            command_id=derived_id("reaction", event.id, reaction, target),
            correlation_id=event.correlation_id,
            causation_id=event.id,
            traceparent=event.traceparent,
        )

    @property
    def trace(self) -> Trace:
        return Trace(
            self.command_id,
            self.digest,
            self.correlation_id or self.command_id,
            self.causation_id,
            self.traceparent,
        )
