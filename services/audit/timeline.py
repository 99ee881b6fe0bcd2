"""The facts of one aggregate in order: who said what, when, and because of what."""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.errors import NotFound
from shared.events.base import Recorded, Utc
from shared.events.catalogue import AGGREGATES
from shared.history.handler import KEY


class TimelineEntry(BaseModel):
    """One fact. `causation_id` is the id of the fact that made a service say it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sequence: int
    version: int
    fact: str
    by: str
    at: Utc
    id: str
    command_id: str
    causation_id: str | None
    body: dict[str, Any]


def subject_of(service: str, aggregate: str, key: str) -> str:
    """Raises `NotFound` for what can be no aggregate."""
    for known in AGGREGATES:
        if (known.service, known.name) == (service, aggregate) and KEY.fullmatch(key):
            return known.subject(key)
    raise NotFound("aggregate_unknown", f"There are no facts of {service} {aggregate} {key}.")


def subjects_named(text: str) -> tuple[str, ...]:
    """The subjects that a person may mean by a subject, `service.aggregate.key`, or a key."""
    parts = text.removeprefix("inda.v1.").split(".")
    if len(parts) == 3:
        return (subject_of(*parts),)
    if len(parts) != 1 or not KEY.fullmatch(text):
        raise NotFound("aggregate_unknown", f"{text} names no aggregate.")
    return tuple(known.subject(text) for known in AGGREGATES)


def timeline(events: Sequence[Recorded[Any]]) -> tuple[TimelineEntry, ...]:
    return tuple(
        TimelineEntry(
            sequence=event.sequence,
            version=event.version,
            fact=type(event.fact).__name__,
            by=event.fact.by,
            at=event.fact.at,
            id=event.id,
            command_id=event.command_id,
            causation_id=event.causation_id,
            body=event.fact.model_dump(mode="json", exclude={"by", "at"}),
        )
        for event in events
    )
