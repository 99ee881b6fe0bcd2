"""Whether a table of taxes is the organiser's own, and whether its treasurer agrees. Pure.

The committee adopts a table, the treasurer confirms it; neither is ever taken back. Another table
takes its place by its own dates.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from shared.decider import Decider
from shared.errors import Refused
from shared.events.awards import TaxEvent, TaxTableAdopted, TaxTableConfirmed


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptTaxTable:
    """`digest` is that of the table's content; it holds from `valid_from` to `valid_to`."""

    by: str
    at: datetime
    table_id: str
    digest: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmTaxTable:
    by: str
    at: datetime
    digest: str
    note: str


Command = AdoptTaxTable | ConfirmTaxTable


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody adopted it."""


@dataclass(frozen=True, slots=True)
class Adopted:
    adopted: TaxTableAdopted


@dataclass(frozen=True, slots=True)
class Confirmed:
    adopted: TaxTableAdopted
    confirmed: TaxTableConfirmed


State = Missing | Adopted | Confirmed


def decide(command: Command, state: State) -> list[TaxEvent]:
    match command:
        case AdoptTaxTable():
            return _adopt(command, state)
        case ConfirmTaxTable():
            return _confirm(command, state)
        case _:
            assert_never(command)


def _adopt(command: AdoptTaxTable, state: State) -> list[TaxEvent]:
    if not isinstance(state, Missing):
        _require_same(command.digest, state.adopted)
        return []
    return [
        TaxTableAdopted(
            by=command.by,
            at=command.at,
            table_id=command.table_id,
            table_digest=command.digest,
            valid_from=command.valid_from,
            valid_to=command.valid_to,
        )
    ]


def _confirm(command: ConfirmTaxTable, state: State) -> list[TaxEvent]:
    if isinstance(state, Missing):
        raise Refused(
            "tax_table_not_adopted", "The committee adopts a table before it is confirmed."
        )
    _require_same(command.digest, state.adopted)
    if isinstance(state, Confirmed):
        return []
    if command.by == state.adopted.by:
        raise Refused("second_person_needed", "Who adopted the table does not confirm it.")
    return [
        TaxTableConfirmed(
            by=command.by,
            at=command.at,
            table_id=state.adopted.table_id,
            table_digest=command.digest,
            note=command.note,
        )
    ]


def _require_same(digest: str, adopted: TaxTableAdopted) -> None:
    if digest != adopted.table_digest:
        raise Refused(
            "tax_table_differs",
            "A table of this name was adopted with another content.",
            table_id=adopted.table_id,
            adopted_digest=adopted.table_digest,
        )


def evolve(state: State, fact: TaxEvent) -> State:
    match fact:
        case TaxTableAdopted():
            return Adopted(fact)
        case TaxTableConfirmed():
            return state if isinstance(state, Missing) else Confirmed(state.adopted, fact)
        case _:
            assert_never(fact)


def adopted_digests(states: Iterable[State]) -> tuple[str, ...]:
    """The digests of the tables that the committee adopted."""
    return tuple(each.adopted.table_digest for each in states if not isinstance(each, Missing))


def confirmed_digests(states: Iterable[State]) -> tuple[str, ...]:
    """The digests of the tables that the treasurer confirmed."""
    return tuple(each.adopted.table_digest for each in states if isinstance(each, Confirmed))


def digests_in_force(states: Iterable[State], day: date) -> tuple[str, ...]:
    """The digest of the adopted table that holds on the day: of several the one that began last.

    So a table without an end ends where the committee adopts the next.
    """
    holding = [
        each.adopted
        for each in states
        if not isinstance(each, Missing) and _holds(each.adopted, day)
    ]
    newest = max(holding, key=lambda each: (each.valid_from, each.table_id), default=None)
    return () if newest is None else (newest.table_digest,)


def _holds(adopted: TaxTableAdopted, day: date) -> bool:
    return adopted.valid_from <= day and (adopted.valid_to is None or day <= adopted.valid_to)


decider = Decider[Command, State, TaxEvent](Missing(), decide, evolve)
