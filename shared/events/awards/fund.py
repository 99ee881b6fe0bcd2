"""A source of uang pembinaan and what is set aside of it."""

from datetime import date
from typing import ClassVar, Literal

from shared.events.base import (
    Aggregate,
    Code,
    Fact,
    Key,
    Path,
    Rupiah,
    facts_of,
)


class FundRegistered(Fact):
    """A source of uang pembinaan with its ceiling (pagu) in whole rupiah."""

    ce_type: ClassVar[str] = "inda.awards.fund-registered.v1"

    fund_id: Code
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: Rupiah


class MoneyAllocated(Fact):
    """Uang pembinaan set aside for one place in determined results. Gross, whole rupiah.

    `allocated_rupiah` is the fund's sum of living allocations after this one.
    """

    ce_type: ClassVar[str] = "inda.awards.money-allocated.v1"

    fund_id: Code
    allocation_id: Key
    competition_id: Code
    results_version: int
    category: Code
    rank: int
    label: str
    innovation_id: Key
    agency_id: Code
    agency_path: Path
    amount_rupiah: Rupiah
    in_kind: str
    allocated_rupiah: Rupiah


class AllocationApproved(Fact):
    """A second person, never the one who allocated, agrees.

    `by_agency` is the agency in the token of that person; None for people from outside.
    """

    ce_type: ClassVar[str] = "inda.awards.allocation-approved.v1"

    fund_id: Code
    allocation_id: Key
    by_agency: Code | None = None


class AllocationPaid(Fact):
    """Paid by the treasurer, with the reference of the disbursement order (SP2D)."""

    ce_type: ClassVar[str] = "inda.awards.allocation-paid.v1"

    fund_id: Code
    allocation_id: Key
    reference: str
    paid_on: date


class AllocationReversed(Fact):
    """A reversing entry: the amount is free again. The allocation itself stays in the history."""

    ce_type: ClassVar[str] = "inda.awards.allocation-reversed.v1"

    fund_id: Code
    allocation_id: Key
    amount_rupiah: Rupiah
    reason: str
    allocated_rupiah: Rupiah


FundEvent = (
    FundRegistered | MoneyAllocated | AllocationApproved | AllocationPaid | AllocationReversed
)
FUND = Aggregate[FundEvent]("awards", "fund", facts_of(FundEvent))
