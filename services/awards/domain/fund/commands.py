"""What a fund can be told. `by` is a person's id; `at` the moment, aware."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFund:
    by: str
    at: datetime
    fund_id: str
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What one place in determined results receives from a fund. Gross, whole rupiah."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocate:
    """All lines or none."""

    by: str
    at: datetime
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approve:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    allocation_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """`reference` is the disbursement order's (SP2D)."""

    by: str
    at: datetime
    allocation_id: str
    reference: str
    paid_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Reverse:
    by: str
    at: datetime
    allocation_id: str
    reason: str


Command = RegisterFund | Allocate | Approve | Pay | Reverse
