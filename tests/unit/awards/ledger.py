"""A fund with one allocation in every state it can be in, and the commands that move it."""

from datetime import date

from services.awards.domain.fund import (
    Approve,
    Hold,
    Pay,
    Release,
    Return,
    Reverse,
    decider,
)
from shared.events.awards import Recipient
from tests.builders.awards import (
    AT,
    CHAIR,
    MEMBER,
    TREASURER,
    allocate,
    happened,
    line,
    register_fund,
)

TABLE = "2024-r1"
DIGEST = "d" * 64
PAYEE = Recipient(recipient_id="payee-1", kind="person", taxed_as="person")
TAXED = line(
    recipient=PAYEE,
    tax_rupiah=250_000,
    net_rupiah=4_750_000,
    tax_rule="PPh 21",
    tax_table=TABLE,
    tax_digest=DIGEST,
)
PAID_ON = date(2026, 9, 1)

APPROVE = Approve(by=MEMBER, at=AT, agency=None, agency_path=(), allocation_id="alloc-1")
HOLD = Hold(by=TREASURER, at=AT, allocation_id="alloc-1", reason="Rekening diperiksa")
RELEASE = Release(by=CHAIR, at=AT, allocation_id="alloc-1", reason="Rekening benar")
PAY = Pay(by=TREASURER, at=AT, allocation_id="alloc-1", reference="SP2D-7", paid_on=PAID_ON)
RETURN = Return(
    by=TREASURER,
    at=AT,
    allocation_id="alloc-1",
    reference="STS-3",
    returned_on=PAID_ON,
    reason="Rekening ditolak bank",
)
REVERSE = Reverse(by=CHAIR, at=AT, allocation_id="alloc-1", reason="Salah sumber dana")

REGISTERED = happened(decider, register_fund())
ALLOCATED = happened(decider, allocate(line()), before=REGISTERED)
APPROVED = happened(decider, APPROVE, before=ALLOCATED)
HELD = happened(decider, HOLD, before=ALLOCATED)
HELD_APPROVED = happened(decider, HOLD, before=APPROVED)
PAID = happened(decider, PAY, before=APPROVED)
RETURNED = happened(decider, RETURN, before=PAID)
REVERSED = happened(decider, REVERSE, before=ALLOCATED)
