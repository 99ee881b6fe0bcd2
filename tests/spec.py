"""Given these facts, when this command, then those facts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

import pytest

from shared.decider import Decider
from shared.errors import DomainError

CommandT = TypeVar("CommandT")
StateT = TypeVar("StateT")
FactT = TypeVar("FactT")


@dataclass(frozen=True)
class When(Generic[FactT]):
    run: Callable[[], Sequence[FactT]]

    def then(self, *expected: FactT) -> None:
        assert tuple(self.run()) == expected

    def nothing(self) -> None:
        """It is already so."""
        assert tuple(self.run()) == ()

    def refused(self, code: str) -> None:
        with pytest.raises(DomainError) as caught:
            self.run()
        assert caught.value.code == code


@dataclass(frozen=True)
class Given(Generic[CommandT, StateT, FactT]):
    decider: Decider[CommandT, StateT, FactT]
    history: tuple[FactT, ...]

    def when(self, command: CommandT) -> When[FactT]:
        return When(lambda: self.decider.decide(command, self.decider.replay(self.history)))

    def after(self, *more: FactT) -> "Given[CommandT, StateT, FactT]":
        return Given(self.decider, (*self.history, *more))


def given(
    decider: Decider[CommandT, StateT, FactT], *history: FactT
) -> Given[CommandT, StateT, FactT]:
    return Given(decider, history)
