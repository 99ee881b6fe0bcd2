"""What may be tried on a region, and the region it is tried on. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, assert_never

Kind = Literal["government_row", "added", "changed", "removed"]
Levels = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Innovation:
    """One of the region; `levels` are its verified ones, None where only its maturity is known."""

    maturity: Decimal
    main_affair: str | None
    counts: bool = True
    levels: Levels | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A region before or after the steps.

    `aspect_levels` are those of the government aspect, None where only its sum is known.
    """

    aspect: Decimal
    aspect_levels: Levels | None
    innovations: Mapping[str, Innovation]


@dataclass(frozen=True, slots=True)
class Worth:
    """A maturity as it is, or the levels that make it; exactly one of the two."""

    maturity: Decimal | None = None
    levels: Levels | None = None


@dataclass(frozen=True, slots=True)
class SetGovernmentRow:
    kind: ClassVar[Kind] = "government_row"

    indicator: str
    level: int


@dataclass(frozen=True, slots=True)
class Add:
    """`count` innovations alike; `name` is what the effect of this step is told by."""

    kind: ClassVar[Kind] = "added"

    name: str
    worth: Worth
    main_affair: str | None
    count: int = 1


@dataclass(frozen=True, slots=True)
class Change:
    """Levels left out stay as they were verified."""

    kind: ClassVar[Kind] = "changed"

    innovation_id: str
    worth: Worth


@dataclass(frozen=True, slots=True)
class Remove:
    kind: ClassVar[Kind] = "removed"

    innovation_id: str


Step = SetGovernmentRow | Add | Change | Remove


def subject_of(step: Step) -> str:
    match step:
        case SetGovernmentRow():
            return step.indicator
        case Add():
            return step.name
        case Change() | Remove():
            return step.innovation_id
        case _:
            assert_never(step)
