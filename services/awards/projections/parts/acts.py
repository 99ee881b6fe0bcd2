"""Who did something, when, and where the history says so. Pure."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from shared.events.base import Fact, Recorded, Utc


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Act(Part):
    """Who did it, and when."""

    by: str
    at: Utc


class Proven(Act):
    """An act that the public may look up: its fact's id and place in the history."""

    event_id: str
    event_sequence: int


def act(fact: Fact) -> Act:
    return Act(by=fact.by, at=fact.at)


def proven(event: Recorded[Any]) -> Proven:
    fact: Fact = event.fact
    return Proven(by=fact.by, at=fact.at, event_id=event.id, event_sequence=event.sequence)
