"""The money of the script: funds, who receives, who allocates, holds, agrees and pays."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from shared.events.awards import Prize, TaxedAs


@dataclass(frozen=True, slots=True)
class FundPlan:
    fund_id: str
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: int
    cut_off: date | None


@dataclass(frozen=True, slots=True)
class PayeePlan:
    """Who receives money, by an id that tells nothing; all else stays out of the history."""

    payee_id: str
    name: str
    tax_id: str
    bank: str
    account_number: str
    account_holder: str


@dataclass(frozen=True, slots=True)
class RecipientPlan:
    """A person who receives `parts` of the sum of all parts."""

    payee: PayeePlan
    taxed_as: TaxedAs
    parts: int


@dataclass(frozen=True, slots=True)
class ScenarioPlan:
    """Other prize tables, by category, that are weighed before the decree; nothing comes of them.

    `fits` says whether every fund bears them where all places are taken.
    """

    name: str
    prizes: Mapping[str, tuple[Prize, ...]]
    fits: bool


@dataclass(frozen=True, slots=True)
class HoldPlan:
    """The first allocation of each fund is held, is not approved meanwhile, and is released."""

    held_by: str
    reason: str
    released_by: str
    release: str


@dataclass(frozen=True, slots=True)
class MoneyPlan:
    """People are usernames. Who allocates never approves.

    Each payment is made with `payment_reference` and a number, each thing in kind handed over with
    `handover_reference` and a number.
    """

    funds: tuple[FundPlan, ...]
    tax_table: str
    confirmed_because: str
    scenarios: tuple[ScenarioPlan, ...]
    allocated_by: str
    approved_by: str
    hold: HoldPlan
    payment_reference: str
    handover_reference: str
