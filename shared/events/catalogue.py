"""All aggregates of all services, and how a stored body becomes a fact again."""

from typing import Any

from pydantic import ValidationError

from shared.events import awards, scoring, submission, verification
from shared.events.base import Aggregate, Fact

AGGREGATES: tuple[Aggregate[Any], ...] = (
    *submission.AGGREGATES,
    *verification.AGGREGATES,
    *scoring.AGGREGATES,
    *awards.AGGREGATES,
)

_BY_TYPE: dict[str, type[Fact]] = {
    fact.ce_type: fact for aggregate in AGGREGATES for fact in aggregate.facts
}
_BY_LABEL = {aggregate.label: aggregate for aggregate in AGGREGATES}


class UnknownFact(ValueError):
    """A type or body that this build cannot read."""


def fact_of(ce_type: str, body: bytes) -> Fact:
    """The fact in a stored body. Raises `UnknownFact`."""
    kind = _BY_TYPE.get(ce_type)
    if kind is None:
        raise UnknownFact(f"This build does not know the fact {ce_type}.")
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise UnknownFact(f"The body of a {ce_type} cannot be read: {error}") from error


def aggregate_of(subject: str) -> Aggregate[Any]:
    """The aggregate that a subject belongs to. Raises `UnknownFact`."""
    parts = subject.split(".")
    found = _BY_LABEL.get(".".join(parts[2:4])) if len(parts) == 5 else None
    if found is None:
        raise UnknownFact(f"No aggregate speaks on the subject {subject}.")
    return found
