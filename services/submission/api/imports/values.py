"""What a cell may hold, whatever kind of file it came from. Pure."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it is written in a sheet; `epoch` is where its serial dates begin."""

    value: Decimal
    epoch: datetime


@dataclass(frozen=True, slots=True)
class Broken:
    """An error such as #REF!, or a number or date that there is not."""

    text: str


Value = str | bool | Number | datetime | Broken
