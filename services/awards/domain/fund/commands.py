"""What a fund can be told. `by` is a person's id; `at` the moment, aware."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from shared.events.awards import Recipient


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFund:
    """`cut_off` is the last day on which the treasury takes payment orders; None: year's end."""

    by: str
    at: datetime
    fund_id: str
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: int
    cut_off: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one recipient of one place in determined results receives from a fund.

    `amount_rupiah` is gross; None for `net_rupiah` means all of it. The rest as in the fact.
    """

    allocation_id: str
    competition_id: str
    results_version: int
    category: str
    rank: int
    label: str
    innovation_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    amount_rupiah: int
    in_kind: str
    recipient: Recipient | None = None
    tax_rupiah: int = 0
    net_rupiah: int | None = None
    tax_rule: str = ""
    tax_table: str | None = None
    tax_digest: str | None = None
    uncapped_rupiah: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate:
    """All lines or none. `adopted_tables` are the digests of the adopted tables of taxes."""

    by: str
    at: datetime
    lines: tuple[Line, ...]
    adopted_tables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    allocation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    by: str
    at: datetime
    allocation_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    by: str
    at: datetime
    allocation_id: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """`reference` is the disbursement order's (SP2D).

    The tables of taxes are told by their digests: `confirmed_tables` are those that the treasurer
    confirmed, `tables_in_force` those that hold on `paid_on`.
    """

    by: str
    at: datetime
    allocation_id: str
    reference: str
    paid_on: date
    confirmed_tables: tuple[str, ...] = ()
    tables_in_force: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """Paid money came back; `reference` is that of the receipt of the treasury (STS)."""

    by: str
    at: datetime
    allocation_id: str
    reference: str
    returned_on: date
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse:
    by: str
    at: datetime
    allocation_id: str
    reason: str


Command = RegisterFund | Allocate | Approve | Hold | Release | Pay | Return | Reverse
