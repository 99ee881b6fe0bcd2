"""What a fund warns of as its year runs out, its ledger, and allocations that are made again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from services.awards.api.allocations import renewed
from services.awards.api.cut_offs import warnings_of
from services.awards.api.ledgers import LedgerEntry, entries_of
from services.awards.domain.fund import Command, balances, decider
from services.awards.domain.fund.states import Fund
from services.awards.projections import FundView
from services.awards.projections.fund import fold
from shared.events.awards import FundEvent
from tests.builders.awards import AT, CHAIR, TREASURER, allocate, happened, line, register_fund
from tests.unit.awards.folding import as_recorded, folded
from tests.unit.awards.ledger import (
    ALLOCATED,
    APPROVE,
    APPROVED,
    HELD,
    HOLD,
    PAID,
    PAY,
    RELEASE,
    RETURNED,
    REVERSE,
    REVERSED,
)

CUT_OFF = date(2026, 12, 15)
REGISTERED = happened(decider, register_fund(cut_off=CUT_OFF))
OTHER = line("alloc-2", 1_000_000, label="Bonus")


def shown(*commands: Command) -> FundView:
    view = folded(fold, happened(decider, *commands, before=REGISTERED))
    assert view is not None
    return view


def codes(view: FundView, today: date) -> list[str]:
    return [each.code for each in warnings_of(view, today, "id")]


def test_thirty_days_before_the_cut_off_a_fund_begins_to_warn() -> None:
    view = shown(allocate(line()), APPROVE)
    assert codes(view, date(2026, 11, 14)) == []
    assert codes(view, date(2026, 11, 15)) == ["cut_off_near"]
    assert codes(view, CUT_OFF) == ["cut_off_near"]
    assert codes(view, date(2026, 12, 16)) == ["cut_off_over"]
    assert codes(view, date(2027, 1, 1)) == ["fiscal_year_over"]


def test_a_fund_without_a_cut_off_warns_before_the_end_of_its_year() -> None:
    view = folded(fold, ALLOCATED)
    assert view is not None
    assert codes(view, date(2026, 11, 30)) == []
    assert codes(view, date(2026, 12, 1)) == ["cut_off_near", "unapproved_near_cut_off"]


def test_warnings_say_what_is_to_be_done_and_for_how_much() -> None:
    view = shown(allocate(line(), OTHER), HOLD)
    today = date(2026, 12, 5)
    assert [(each.sentence, each.params) for each in warnings_of(view, today, "id")] == [
        (
            "Batas akhir pengajuan pembayaran 15 Desember 2026, 10 hari lagi;"
            " 2 alokasi belum dibayar.",
            {"cut_off": "2026-12-15", "days": 10, "count": 2, "rupiah": 6_000_000},
        ),
        (
            "1 alokasi belum disetujui orang kedua.",
            {"cut_off": "2026-12-15", "count": 1, "rupiah": 1_000_000},
        ),
        (
            "1 alokasi masih ditahan.",
            {"cut_off": "2026-12-15", "count": 1, "rupiah": 5_000_000},
        ),
    ]
    assert warnings_of(view, date(2027, 1, 1), "en")[0].sentence == (
        "Fiscal year 2026 is over; 2 allocations that are not paid can only be reversed."
    )


def test_a_fund_with_nothing_left_to_do_is_quiet() -> None:
    emptied = shown(allocate(line(amount_rupiah=10_000_000)), APPROVE, PAY)
    assert codes(emptied, CUT_OFF) == []
    idle = shown()
    assert codes(idle, CUT_OFF) == ["cut_off_near"]
    assert codes(idle, date(2026, 12, 16)) == []


# --- the ledger ---------------------------------------------------------------------------


def booked(facts: Sequence[FundEvent]) -> list[tuple[str, int, int, int, int, int]]:
    recorded = [as_recorded(fact, version) for version, fact in enumerate(facts, start=1)]
    return [
        (
            each.entry,
            each.allocated_change_rupiah,
            each.paid_change_rupiah,
            each.allocated_rupiah,
            each.paid_rupiah,
            each.available_rupiah,
        )
        for each in entries_of(recorded)
    ]


def test_every_entry_of_the_ledger_has_the_balance_after_it() -> None:
    million = 1_000_000
    start = [
        ("registered", 0, 0, 0, 0, 10 * million),
        ("allocated", 5 * million, 0, 5 * million, 0, 5 * million),
    ]
    assert booked(RETURNED) == [
        *start,
        ("paid", 0, 5 * million, 5 * million, 5 * million, 5 * million),
        ("returned", -5 * million, -5 * million, 0, 0, 10 * million),
    ]
    assert booked(REVERSED) == [*start, ("reversed", -5 * million, 0, 0, 0, 10 * million)]
    assert booked(happened(decider, RELEASE, before=HELD)) == start
    assert booked(()) == []


def test_an_entry_tells_what_it_is_about() -> None:
    recorded = [as_recorded(fact, version) for version, fact in enumerate(PAID, start=1)]
    assert entries_of(recorded)[-1] == LedgerEntry(
        version=4,
        sequence=104,
        at=AT,
        by=TREASURER,
        entry="paid",
        allocation_id="alloc-1",
        competition_id="kia-2026",
        innovation_id="inov-1",
        label="Juara 1",
        reference="SP2D-7",
        paid_change_rupiah=5_000_000,
        allocated_rupiah=5_000_000,
        paid_rupiah=5_000_000,
        available_rupiah=5_000_000,
    )
    (_, first) = entries_of(recorded[:2])
    assert (first.by, first.reference) == (CHAIR, "")


# --- made again ---------------------------------------------------------------------------


def state_of(facts: Sequence[FundEvent]) -> Fund:
    state = decider.replay(facts)
    assert isinstance(state, Fund)
    assert balances(state)
    return state


@pytest.mark.parametrize("over", [RETURNED, REVERSED], ids=["returned", "reversed"])
def test_what_is_over_is_made_again_only_where_that_is_asked(over: tuple[FundEvent, ...]) -> None:
    state = state_of(over)
    assert renewed(line(), state, ()) == line()
    anew = renewed(line(), state, ("alloc-1",))
    assert anew == replace(line(), allocation_id=anew.allocation_id)
    assert anew.allocation_id != "alloc-1"

    # Once it is there it is found again, asked for or not.
    living = happened(decider, allocate(anew), before=over)
    for again in ((), ("alloc-1",)):
        assert renewed(line(), state_of(living), again) == anew
    second = happened(decider, replace(REVERSE, allocation_id=anew.allocation_id), before=living)
    assert renewed(line(), state_of(second), ("alloc-1",)) == anew
    third = renewed(line(), state_of(second), (anew.allocation_id,))
    assert third.allocation_id not in state_of(second).allocations


@pytest.mark.parametrize(
    "facts", [ALLOCATED, APPROVED, HELD, PAID], ids=["allocated", "approved", "held", "paid"]
)
def test_what_is_not_over_is_never_made_again(facts: tuple[FundEvent, ...]) -> None:
    assert renewed(line(), state_of(facts), ("alloc-1",)) == line()
    assert renewed(line(), decider.initial, ("alloc-1",)) == line()
