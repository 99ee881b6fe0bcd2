"""What may happen to a source of uang pembinaan, and what is true of it after. Pure.

Never over the ceiling, never an edit: money that is free again is a reversing entry.
"""

from typing import assert_never

from services.awards.domain.fund.allocating import allocate, line_of
from services.awards.domain.fund.commands import (
    Allocate,
    Approve,
    Command,
    Hold,
    Line,
    Pay,
    RegisterFund,
    Release,
    Return,
    Reverse,
)
from services.awards.domain.fund.moving import approve, hold, release, reverse
from services.awards.domain.fund.paying import give_back, pay
from services.awards.domain.fund.registering import register
from services.awards.domain.fund.states import Fund, Missing, State, balances, evolve
from shared.decider import Decider
from shared.errors import NotFound
from shared.events.awards import FundEvent


def decide(command: Command, state: State) -> list[FundEvent]:
    if isinstance(command, RegisterFund):
        return register(command, state)
    known = _known(state)
    match command:
        case Allocate():
            return allocate(command, known)
        case Approve():
            return approve(command, known)
        case Hold():
            return hold(command, known)
        case Release():
            return release(command, known)
        case Pay():
            return pay(command, known)
        case Return():
            return give_back(command, known)
        case Reverse():
            return reverse(command, known)
        case _:
            assert_never(command)


def _known(state: State) -> Fund:
    if isinstance(state, Missing):
        raise NotFound("fund_unknown", "There is no such fund.")
    return state


decider = Decider[Command, State, FundEvent](Missing(), decide, evolve)

__all__ = [
    "Allocate",
    "Approve",
    "Command",
    "Hold",
    "Line",
    "Pay",
    "RegisterFund",
    "Release",
    "Return",
    "Reverse",
    "State",
    "balances",
    "decider",
    "line_of",
]
