"""Examples of money that waits or comes back, and of the tables by which it is taxed."""

from datetime import date

from shared.events.awards import (
    FUND,
    TAX,
    AllocationHeld,
    AllocationReleased,
    AllocationReturned,
    TaxTableAdopted,
    TaxTableConfirmed,
)
from tests.contract.examples import base
from tests.contract.examples.base import Example, on

FUND_ID = "apbd-2026"
ALLOCATION = "a-kia-2026-puskesmas-3"
TABLE = "2024-r1"
FUND_FACTS = (
    AllocationHeld(
        by=base.TREASURER,
        at=on(10, 7),
        fund_id=FUND_ID,
        allocation_id=ALLOCATION,
        reason="Nama pemilik rekening berbeda dari nama penerima.",
    ),
    AllocationReleased(
        by=base.COMMITTEE,
        at=on(10, 8),
        fund_id=FUND_ID,
        allocation_id=ALLOCATION,
        reason="Buku rekening sudah diperbaiki.",
    ),
    AllocationReturned(
        by=base.TREASURER,
        at=on(10, 14),
        fund_id=FUND_ID,
        allocation_id=ALLOCATION,
        amount_rupiah=10_000_000,
        reference="STS 00218/2026",
        returned_on=date(2026, 10, 13),
        reason="Retur: rekening sudah ditutup.",
        allocated_rupiah=25_000_000,
    ),
)
TAX_FACTS = (
    TaxTableAdopted(
        by=base.COMMITTEE,
        at=on(7, 19),
        table_id=TABLE,
        table_digest=base.EDITION,
        valid_from=date(2024, 1, 1),
        valid_to=None,
    ),
    TaxTableConfirmed(
        by=base.TREASURER,
        at=on(9, 24),
        table_id=TABLE,
        table_digest=base.EDITION,
        note="Sesuai nota dinas 900/118/BPKAD.",
    ),
)
EXAMPLES = (
    *(Example(FUND, FUND_ID, version, fact) for version, fact in enumerate(FUND_FACTS, 6)),
    *(Example(TAX, TABLE, version, fact) for version, fact in enumerate(TAX_FACTS, 1)),
)
