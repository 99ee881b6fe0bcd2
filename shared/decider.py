"""A decision as two pure functions: decide what happened, evolve what is true."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Generic, TypeVar

CommandT = TypeVar("CommandT")
StateT = TypeVar("StateT")
FactT = TypeVar("FactT")


@dataclass(frozen=True)
class Decider(Generic[CommandT, StateT, FactT]):
    """`decide` returns the facts, `[]` meaning already so, or raises a `DomainError`.

    `evolve` never refuses and never computes: a recorded fact is true.
    """

    initial: StateT
    decide: Callable[[CommandT, StateT], Sequence[FactT]]
    evolve: Callable[[StateT, FactT], StateT]

    def replay(self, facts: Iterable[FactT], start: StateT | None = None) -> StateT:
        return reduce(self.evolve, facts, self.initial if start is None else start)
