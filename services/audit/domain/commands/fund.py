"""The commands behind the facts of funds, and of the tables by which they are taxed. Pure."""

from collections.abc import Sequence

from services.audit.domain.owing import still_owed
from services.audit.domain.world import World
from services.awards.domain import fund, taxation
from services.awards.domain.fund import line_of
from services.awards.domain.taxation import (
    adopted_digests,
    confirmed_digests,
    digests_in_force,
)
from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
    FundRegistered,
    MoneyAllocated,
    TaxTableAdopted,
    TaxTableConfirmed,
)
from shared.events.base import Fact


def fund_command(facts: Sequence[Fact], before: fund.State, world: World) -> fund.Command | None:
    match facts:
        case [FundRegistered() as fact]:
            return _register(fact)
        case [MoneyAllocated() as first, *_]:
            return _allocate(first, facts, before, world)
        case [AllocationApproved() as fact]:
            return fund.Approve(
                by=fact.by,
                at=fact.at,
                agency=fact.by_agency,
                agency_path=world.path_of(fact.by_agency),
                allocation_id=fact.allocation_id,
            )
        case [AllocationHeld() as fact]:
            return fund.Hold(
                by=fact.by, at=fact.at, allocation_id=fact.allocation_id, reason=fact.reason
            )
        case [AllocationReleased() as fact]:
            return fund.Release(
                by=fact.by, at=fact.at, allocation_id=fact.allocation_id, reason=fact.reason
            )
        case [AllocationReversed() as fact]:
            return fund.Reverse(
                by=fact.by, at=fact.at, allocation_id=fact.allocation_id, reason=fact.reason
            )
        case _:
            return _on_payment(facts, world)


def _on_payment(facts: Sequence[Fact], world: World) -> fund.Command | None:
    match facts:
        case [AllocationPaid() as fact]:
            tables = world.taxations()
            return fund.Pay(
                by=fact.by,
                at=fact.at,
                allocation_id=fact.allocation_id,
                reference=fact.reference,
                paid_on=fact.paid_on,
                confirmed_tables=confirmed_digests(tables),
                tables_in_force=digests_in_force(tables, fact.paid_on),
            )
        case [AllocationReturned() as fact]:
            return fund.Return(
                by=fact.by,
                at=fact.at,
                allocation_id=fact.allocation_id,
                reference=fact.reference,
                returned_on=fact.returned_on,
                reason=fact.reason,
            )
        case _:
            return None


def _register(fact: FundRegistered) -> fund.RegisterFund:
    return fund.RegisterFund(
        by=fact.by,
        at=fact.at,
        fund_id=fact.fund_id,
        name=fact.name,
        source_kind=fact.source_kind,
        account_code=fact.account_code,
        fiscal_year=fact.fiscal_year,
        ceiling_rupiah=fact.ceiling_rupiah,
        cut_off=fact.cut_off,
    )


def _allocate(
    first: MoneyAllocated, facts: Sequence[Fact], before: fund.State, world: World
) -> fund.Allocate | None:
    """The whole of what was asked: with the new lines came those that the fund held already."""
    new = [fact for fact in facts if isinstance(fact, MoneyAllocated)]
    if len(new) != len(facts):
        return None
    return fund.Allocate(
        by=first.by,
        at=first.at,
        lines=(*map(line_of, new), *still_owed(new, before, world)),
        adopted_tables=adopted_digests(world.taxations()),
    )


def tax_command(
    facts: Sequence[Fact], before: taxation.State, world: World
) -> taxation.Command | None:
    """A table is adopted as this build holds it. Raises `OtherEdition`."""
    match facts:
        case [TaxTableAdopted() as fact]:
            table = world.tax_table(fact.table_id, fact.table_digest)
            return taxation.AdoptTaxTable(
                by=fact.by,
                at=fact.at,
                table_id=table.id,
                digest=table.digest,
                valid_from=table.valid_from,
                valid_to=table.valid_to,
            )
        case [TaxTableConfirmed() as fact]:
            return taxation.ConfirmTaxTable(
                by=fact.by, at=fact.at, digest=fact.table_digest, note=fact.note
            )
        case _:
            return None
