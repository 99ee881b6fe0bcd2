"""What may be tried on a region, as JSON: the same for the API and for `inda calc simulate`."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from services.scoring.domain.simulation import Add, Change, Remove, SetGovernmentRow, Step, Worth
from shared.events.base import GovernmentIndicator, Indicator, Key, Level
from shared.http import Body

MOST_OF_A_KIND = 20
MOST_ALIKE = 100
Maturity = Annotated[Decimal, Field(ge=0, le=1000, max_digits=20, decimal_places=10)]
Affair = Annotated[str, Field(pattern=r"^[a-z0-9_]{1,64}$")]


class Addition(Body):
    """`count` innovations alike: with this maturity, or with these levels (others are 0)."""

    maturity: Maturity | None = None
    levels: dict[Indicator, Level] | None = None
    affair: Affair | None = None
    count: Annotated[int, Field(ge=1, le=MOST_ALIKE)] = 1


class Alteration(Body):
    """Another maturity, or other levels; those left out stay as they were verified."""

    innovation_id: Key
    maturity: Maturity | None = None
    levels: dict[Indicator, Level] | None = None


class Changes(Body):
    """`government_aspect` are rows of it with their new levels."""

    government_aspect: Annotated[
        dict[GovernmentIndicator, Level], Field(max_length=60, default_factory=dict)
    ]
    added: Annotated[tuple[Addition, ...], Field(max_length=MOST_OF_A_KIND)] = ()
    changed: Annotated[tuple[Alteration, ...], Field(max_length=MOST_OF_A_KIND)] = ()
    removed: Annotated[tuple[Key, ...], Field(max_length=MOST_OF_A_KIND)] = ()


def steps_of(changes: Changes) -> tuple[Step, ...]:
    """In the order of the fields of `Changes`; additions are named `+1`, `+2`, ..."""
    return tuple(_steps(changes))


def _steps(changes: Changes) -> Iterator[Step]:
    for indicator, level in changes.government_aspect.items():
        yield SetGovernmentRow(indicator, level)
    for place, each in enumerate(changes.added, start=1):
        yield Add(f"+{place}", Worth(each.maturity, each.levels), each.affair, each.count)
    for each in changes.changed:
        yield Change(each.innovation_id, Worth(each.maturity, each.levels))
    for innovation_id in changes.removed:
        yield Remove(innovation_id)
