"""What every fact is made of, and where it is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Self, TypeVar, get_args

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
)


def in_utc(moment: datetime) -> datetime:
    return moment if moment.tzinfo is UTC else moment.astimezone(UTC)


def _written(moment: datetime) -> str:
    return in_utc(moment).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _plain(number: Decimal) -> str:
    return f"{number:f}"


Utc = Annotated[AwareDatetime, AfterValidator(in_utc), PlainSerializer(_written, when_used="json")]
"""An aware moment, kept in UTC, always written with microseconds so that text sorts as time."""

Score = Annotated[Decimal, PlainSerializer(_plain, when_used="json")]
"""A decimal, written as a string without exponent."""

Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?$", max_length=64)
]
"""A name that people give: `2026`, `hss-dinkes`. One token of a subject."""

Key = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,130}$")]
"""The id of an aggregate: a code, a UUID, or two of them joined by `_`."""

Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 in lower-case hexadecimal."""

Indicator = Annotated[str, StringConstraints(pattern=r"^SID-(0[1-9]|1[0-9]|20)$")]
GovernmentIndicator = Annotated[str, StringConstraints(pattern=r"^SPD-[0-9]{2}[a-z]?$")]
Level = Annotated[int, Field(ge=0, le=3)]
Rupiah = Annotated[int, Field(ge=0, le=2**53 - 1)]
"""Whole rupiah; beyond 2^53 - 1 canonical JSON has no exact number (RFC 8785)."""

PersonId = Annotated[str, StringConstraints(min_length=1, max_length=128)]
Path = tuple[Code, ...]
"""Agency codes from the root of the tree down to the agency itself."""


class Part(BaseModel):
    """What is never changed in place. Its copies share what they do not replace."""

    def model_copy(self, *, update: Mapping[str, Any] | None = None, deep: bool = False) -> Self:
        """As the model's own, which copies piece by piece: a replay makes many."""
        if deep or self.__pydantic_extra__ or self.__pydantic_private__:
            return super().model_copy(update=update, deep=deep)
        changed = update or {}
        copied = object.__new__(type(self))
        object.__setattr__(copied, "__dict__", {**self.__dict__, **changed})
        object.__setattr__(
            copied, "__pydantic_fields_set__", self.__pydantic_fields_set__ | changed.keys()
        )
        object.__setattr__(copied, "__pydantic_extra__", self.__pydantic_extra__)
        object.__setattr__(copied, "__pydantic_private__", None)
        return copied


class Value(Part):
    """A part of a fact. Unknown fields are ignored, so that an older reader survives."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Fact(Value):
    """Something that happened, said once and never edited.

    `by` is the stable id of the person (or `system:<service>`), `at` the moment of the command.
    """

    ce_type: ClassVar[str]

    by: PersonId
    at: Utc


FactT = TypeVar("FactT", bound=Fact)
FactT_co = TypeVar("FactT_co", bound=Fact, covariant=True)


def facts_of(union: Any) -> tuple[type[Any], ...]:
    """The members of a union of facts, in the order in which they are written."""
    return get_args(union) or (union,)


@dataclass(frozen=True)
class Aggregate(Generic[FactT_co]):
    """A kind of thing with a history of its own, and the facts it may say."""

    service: str
    name: str
    facts: tuple[type[FactT_co], ...]

    def subject(self, key: str) -> str:
        return f"inda.v1.{self.service}.{self.name}.{key}"

    @property
    def subjects(self) -> str:
        return f"inda.v1.{self.service}.{self.name}.*"

    @property
    def label(self) -> str:
        return f"{self.service}.{self.name}"


@dataclass(frozen=True)
class Recorded(Generic[FactT_co]):
    """A fact as the stream holds it. All but `fact` is the envelope."""

    fact: FactT_co
    id: str
    subject: str
    sequence: int
    version: int
    command_id: str
    command_digest: str
    correlation_id: str
    causation_id: str | None
    traceparent: str | None

    @property
    def key(self) -> str:
        return self.subject.rsplit(".", 1)[1]
