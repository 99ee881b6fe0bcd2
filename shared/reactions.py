"""What a reaction asks for: commands to aggregates of its own service, as plain values."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from shared.events.base import Aggregate

CommandT_co = TypeVar("CommandT_co", covariant=True)


@dataclass(frozen=True)
class To(Generic[CommandT_co]):
    """Give `command` to the aggregate under `key`; `name` is the reaction's, part of its id."""

    name: str
    aggregate: Aggregate[Any]
    key: str
    command: CommandT_co
