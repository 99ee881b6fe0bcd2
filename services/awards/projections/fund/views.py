"""A fund and its allocations as they are shown. Pure."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.events.awards import Recipient
from shared.events.base import Utc

AllocationState = Literal["allocated", "approved", "held", "paid", "returned", "reversed"]


class Shown(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Act(Shown):
    """Who did it, and when."""

    by: str
    at: Utc


class Payment(Act):
    """`reference` is the disbursement order's (SP2D)."""

    reference: str
    paid_on: date


class Because(Act):
    """`reason` is why it was held, released, or reversed."""

    reason: str


class GivenBack(Because):
    """`reference` is that of the treasury's receipt (STS)."""

    reference: str
    returned_on: date


class AllocationView(Shown):
    """`amount_rupiah` is gross. `net_rupiah` is what the recipient keeps after `tax_rupiah`.

    `held` and `released` are the last of their kind.
    """

    allocation_id: str
    state: AllocationState
    competition_id: str
    results_version: int
    category: str
    rank: int
    label: str
    innovation_id: str
    agency_id: str
    agency_path: tuple[str, ...]
    recipient: Recipient | None
    amount_rupiah: int
    tax_rupiah: int
    net_rupiah: int
    tax_rule: str
    tax_table: str | None
    tax_digest: str | None
    uncapped_rupiah: int | None
    in_kind: str
    allocated: Act
    approved: Act | None = None
    held: Because | None = None
    released: Because | None = None
    paid: Payment | None = None
    returned: GivenBack | None = None
    reversed: Because | None = None


class FundView(Shown):
    """All sums in whole rupiah, gross; `available_rupiah` = ceiling - allocated.

    `held_rupiah`, `paid_rupiah` and, of the latter, `paid_tax_rupiah` are parts of what is
    allocated; `returned_rupiah` was paid and came back.
    """

    fund_id: str
    name: str
    source_kind: Literal["apbd", "sponsor"]
    account_code: str
    fiscal_year: int
    cut_off: date | None
    ceiling_rupiah: int
    allocated_rupiah: int
    available_rupiah: int
    held_rupiah: int
    paid_rupiah: int
    paid_tax_rupiah: int
    returned_rupiah: int
    registered: Act
    allocations: tuple[AllocationView, ...]
