"""A source of uang pembinaan and what is set aside of it."""

from datetime import date
from typing import ClassVar, Literal

from shared.events.awards.entry import Recipient
from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Key,
    Path,
    Rupiah,
    facts_of,
)


class FundRegistered(Fact):
    """A source of uang pembinaan with its ceiling (pagu) in whole rupiah.

    `cut_off` is the last day on which the treasury takes payment orders of the fiscal year.
    """

    ce_type: ClassVar[str] = "inda.awards.fund-registered.v1"

    fund_id: Code
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    ceiling_rupiah: Rupiah
    cut_off: date | None = None


class MoneyAllocated(Fact):
    """Uang pembinaan set aside for one recipient of one place in determined results.

    `amount_rupiah` is gross, `tax_rupiah` withheld of it (`tax_rule` of `tax_table` says why),
    `net_rupiah` what is left; whole rupiah. `uncapped_rupiah` is the gross before a cap cut it.
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
    recipient: Recipient | None = None
    tax_rupiah: Rupiah = 0
    net_rupiah: Rupiah | None = None
    tax_rule: str = ""
    tax_table: str | None = None
    tax_digest: Digest | None = None
    uncapped_rupiah: Rupiah | None = None


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


class AllocationHeld(Fact):
    """Nothing is paid until it is released."""

    ce_type: ClassVar[str] = "inda.awards.allocation-held.v1"

    fund_id: Code
    allocation_id: Key
    reason: str


class AllocationReleased(Fact):
    ce_type: ClassVar[str] = "inda.awards.allocation-released.v1"

    fund_id: Code
    allocation_id: Key
    reason: str


class AllocationReturned(Fact):
    """Paid money that came back to the treasury, by the reference of its receipt (STS).

    The whole gross amount is free again; the payment stays in the history.
    """

    ce_type: ClassVar[str] = "inda.awards.allocation-returned.v1"

    fund_id: Code
    allocation_id: Key
    amount_rupiah: Rupiah
    reference: str
    returned_on: date
    reason: str
    allocated_rupiah: Rupiah


class AllocationReversed(Fact):
    """A reversing entry: the amount is free again. The allocation itself stays in the history."""

    ce_type: ClassVar[str] = "inda.awards.allocation-reversed.v1"

    fund_id: Code
    allocation_id: Key
    amount_rupiah: Rupiah
    reason: str
    allocated_rupiah: Rupiah


FundEvent = (
    FundRegistered
    | MoneyAllocated
    | AllocationApproved
    | AllocationHeld
    | AllocationReleased
    | AllocationPaid
    | AllocationReturned
    | AllocationReversed
)
FUND = Aggregate[FundEvent]("awards", "fund", facts_of(FundEvent))
