"""A fund: registered once, allocated all or nothing, and never over its ceiling."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.fund import Command, Line, balances, decider
from services.awards.domain.fund.states import Fund, Held, Paid, Returned
from services.awards.projections import FundView
from services.awards.projections.fund import fold
from shared.errors import DomainError, Refused
from shared.events.awards import FundEvent, FundRegistered, MoneyAllocated, Recipient
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    FUND_ID,
    MEMBER,
    PATH,
    TREASURER,
    allocate,
    happened,
    line,
    register_fund,
)
from tests.spec import given
from tests.unit.awards.folding import folded
from tests.unit.awards.ledger import (
    ALLOCATED,
    APPROVE,
    DIGEST,
    HOLD,
    PAID,
    PAY,
    PAYEE,
    REGISTERED,
    RELEASE,
    RETURN,
    RETURNED,
    REVERSE,
    REVERSED,
    TABLE,
    TAXED,
)

# --- registered ---------------------------------------------------------------------------


def test_a_fund_is_registered_with_its_ceiling_once() -> None:
    register = register_fund(cut_off=date(2026, 12, 15))
    fact = FundRegistered(
        by=TREASURER,
        at=AT,
        fund_id=FUND_ID,
        name="APBD Kabupaten",
        source_kind="apbd",
        account_code="5.1.02.05.01.0001",
        fiscal_year=2026,
        ceiling_rupiah=10_000_000,
        cut_off=date(2026, 12, 15),
    )
    given(decider).when(register).then(fact)
    given(decider, fact).when(replace(register, by=CHAIR)).nothing()
    given(decider, fact).when(replace(register, ceiling_rupiah=11)).refused("already_registered")
    given(decider, fact).when(replace(register, cut_off=None)).refused("already_registered")


@pytest.mark.parametrize(
    "account",
    [
        "",
        "5.1.02",
        "5.1.02.05.01.1",
        "5-1-02-05-01-0001",
        "5.1.02.05.01.0001.",
        "x.1.02.05.01.0001",
    ],
)
def test_a_regional_budget_names_its_whole_account(account: str) -> None:
    malformed = register_fund(account_code=account)
    given(decider).when(malformed).refused("account_code_malformed")
    sponsor = replace(malformed, source_kind="sponsor")
    assert len(given(decider).when(sponsor).run()) == 1


@pytest.mark.parametrize("year", [1999, 2201])
def test_no_budget_is_of_a_year_long_past_or_far_away(year: int) -> None:
    given(decider).when(register_fund(fiscal_year=year)).refused("fiscal_year_out_of_range")


@pytest.mark.parametrize("cut_off", [date(2025, 12, 31), date(2027, 1, 1)])
def test_the_cut_off_lies_in_the_fiscal_year(cut_off: date) -> None:
    given(decider).when(register_fund(cut_off=cut_off)).refused("cut_off_of_another_year")


# --- allocated ----------------------------------------------------------------------------


def _allocated(of: Line, total: int) -> MoneyAllocated:
    return MoneyAllocated(
        by=CHAIR,
        at=AT,
        fund_id=FUND_ID,
        allocation_id=of.allocation_id,
        competition_id=COMPETITION_ID,
        results_version=1,
        category="skpd",
        rank=1,
        label="Juara 1",
        innovation_id="inov-1",
        agency_id="dinkes",
        agency_path=PATH,
        amount_rupiah=of.amount_rupiah,
        in_kind="",
        allocated_rupiah=total,
        recipient=of.recipient,
        tax_rupiah=of.tax_rupiah,
        net_rupiah=of.net_rupiah,
        tax_rule=of.tax_rule,
        tax_table=of.tax_table,
        tax_digest=of.tax_digest,
        uncapped_rupiah=of.uncapped_rupiah,
    )


def test_all_lines_are_allocated_together_up_to_the_ceiling() -> None:
    two = (line("alloc-1", 6_000_000), line("alloc-2", 4_000_000))
    given(decider, *REGISTERED).when(allocate(*two)).then(
        _allocated(two[0], 6_000_000), _allocated(two[1], 10_000_000)
    )


def test_one_rupiah_over_the_ceiling_refuses_every_line() -> None:
    over = allocate(line("alloc-1", 6_000_000), line("alloc-2", 4_000_001))
    with pytest.raises(Refused) as caught:
        decider.decide(over, decider.replay(REGISTERED))
    assert (caught.value.code, caught.value.params) == (
        "over_ceiling",
        {"fund_id": FUND_ID, "available_rupiah": 10_000_000, "asked_rupiah": 10_000_001},
    )


def test_lines_that_are_there_already_are_not_allocated_twice() -> None:
    given(decider, *ALLOCATED).when(allocate(line())).nothing()
    more = line("alloc-2", 5_000_000)
    given(decider, *ALLOCATED).when(allocate(line(), more, more)).then(_allocated(more, 10_000_000))


@pytest.mark.parametrize("over", [PAID, RETURNED, REVERSED], ids=["paid", "returned", "reversed"])
def test_what_is_over_stays_so_even_where_the_line_is_another_now(over: list[FundEvent]) -> None:
    given(decider, *over).when(allocate(line())).nothing()
    given(decider, *over).when(allocate(line(amount_rupiah=4_000_000))).nothing()


def test_the_same_allocation_with_another_content_is_refused() -> None:
    given(decider, *ALLOCATED).when(allocate(line(amount_rupiah=1))).refused("allocation_differs")
    given(decider, *ALLOCATED).when(allocate(line(recipient=PAYEE))).refused("allocation_differs")
    differing = allocate(line("alloc-2", 1), line("alloc-2", 2))
    given(decider, *REGISTERED).when(differing).refused("allocation_differs")


def test_money_is_set_aside_within_the_fiscal_year_of_its_fund() -> None:
    # In WITA the year begins at 16.00 UTC.
    last = replace(allocate(line()), at=datetime(2026, 12, 31, 15, 59, tzinfo=UTC))
    over = replace(last, at=datetime(2026, 12, 31, 16, tzinfo=UTC))
    early = replace(last, at=datetime(2025, 12, 31, 15, 59, tzinfo=UTC))
    assert len(given(decider, *REGISTERED).when(last).run()) == 1
    given(decider, *REGISTERED).when(over).refused("fiscal_year_over")
    given(decider, *REGISTERED).when(early).refused("fiscal_year_over")
    given(decider, *ALLOCATED).when(over).nothing()


def test_taxed_lines_are_recorded_whole_once_their_table_is_adopted() -> None:
    given(decider, *REGISTERED).when(allocate(TAXED)).refused("tax_table_not_adopted")
    other = replace(allocate(TAXED), adopted_tables=("e" * 64,))
    given(decider, *REGISTERED).when(other).refused("tax_table_not_adopted")
    adopted = replace(allocate(TAXED), adopted_tables=("e" * 64, DIGEST))
    fact = _allocated(TAXED, 5_000_000)
    assert (fact.recipient, fact.tax_rupiah, fact.net_rupiah) == (PAYEE, 250_000, 4_750_000)
    assert (fact.tax_table, fact.tax_digest) == (TABLE, DIGEST)
    given(decider, *REGISTERED).when(adopted).then(fact)
    given(decider, *REGISTERED, fact).when(allocate(TAXED)).nothing()


def test_what_a_person_receives_names_its_table() -> None:
    told = allocate(line(recipient=PAYEE))
    given(decider, *REGISTERED).when(told).refused("tax_table_missing")
    trophy = allocate(line(amount_rupiah=0, recipient=PAYEE, in_kind="Piala"))
    assert len(given(decider, *REGISTERED).when(trophy).run()) == 1


def test_gross_less_tax_is_net() -> None:
    told = allocate(line(tax_rupiah=1))
    assert len(given(decider, *REGISTERED).when(told).run()) == 1
    for tax, net in ((0, 4_999_999), (-1, 5_000_001), (5_000_001, -1)):
        told = allocate(line(tax_rupiah=tax, net_rupiah=net))
        given(decider, *REGISTERED).when(told).refused("line_unbalanced")


def test_a_prize_goes_to_other_recipients_only_after_the_former_is_reversed() -> None:
    second = PAYEE.model_copy(update={"recipient_id": "p-2"})
    told = allocate(
        line("alloc-8", 2_500_000, recipient=PAYEE, tax_table=TABLE, tax_digest=DIGEST),
        line("alloc-9", 2_500_000, recipient=second, tax_table=TABLE, tax_digest=DIGEST),
    )
    others = replace(told, adopted_tables=(DIGEST,))
    given(decider, *ALLOCATED).when(others).refused("held_by_another")
    assert len(given(decider, *REVERSED).when(others).run()) == 2
    elsewhere = allocate(line("alloc-8", label="Bonus"), line("alloc-9", 0, innovation_id="inov-2"))
    assert len(given(decider, *ALLOCATED).when(elsewhere).run()) == 2


def test_nothing_is_allocated_from_a_fund_that_is_not_there() -> None:
    given(decider).when(allocate(line())).refused("fund_unknown")


# --- any sequence -------------------------------------------------------------------------

IDS = st.sampled_from(["a", "b", "c", "d", "e"])
PEOPLE = st.sampled_from([CHAIR, MEMBER])


@st.composite
def some_lines(draw: st.DrawFn) -> Line:
    """A line of its own place, taxed or not."""
    key, gross = draw(IDS), draw(st.integers(min_value=0, max_value=60))
    tax = draw(st.integers(min_value=0, max_value=gross))
    recipient = Recipient(recipient_id=f"payee-{key}", kind="person", taxed_as="person")
    return line(
        key,
        gross,
        label=key,
        recipient=recipient,
        tax_rupiah=tax,
        net_rupiah=gross - tax,
        tax_digest=DIGEST,
    )


def _allocate(by: str, lines: Sequence[Line]) -> Command:
    return replace(allocate(*lines, by=by), adopted_tables=(DIGEST,))


MOVES: tuple[Command, ...] = (
    APPROVE,
    HOLD,
    RELEASE,
    replace(PAY, confirmed_tables=(DIGEST,), tables_in_force=(DIGEST,)),
    RETURN,
    REVERSE,
)
COMMANDS = st.lists(
    st.one_of(
        st.builds(_allocate, PEOPLE, st.lists(some_lines(), min_size=1, max_size=4)),
        st.builds(
            lambda move, by, key: replace(move, by=by, allocation_id=key),
            st.sampled_from(MOVES),
            PEOPLE,
            IDS,
        ),
    ),
    max_size=40,
)


def _attempted(commands: Sequence[Command]) -> list[FundEvent]:
    facts: list[FundEvent] = list(happened(decider, register_fund(100)))
    for command in commands:
        try:
            facts += decider.decide(command, decider.replay(facts))
        except DomainError:
            continue
    return facts


@for_all(COMMANDS)
def test_the_ledger_balances_after_every_fact_whatever_is_asked(commands: list[Command]) -> None:
    facts = _attempted(commands)
    for length in range(1, len(facts) + 1):
        state = decider.replay(facts[:length])
        assert isinstance(state, Fund)
        assert balances(state)
        assert 0 <= state.allocated_rupiah <= 100


def test_a_ledger_that_does_not_balance_is_noticed() -> None:
    state = decider.replay(ALLOCATED)
    assert isinstance(state, Fund)
    assert balances(state)
    assert not balances(replace(state, allocated_rupiah=4_999_999))
    small = state.registered.model_copy(update={"ceiling_rupiah": 4_999_999})
    assert not balances(replace(state, registered=small))


@for_all(COMMANDS)
def test_the_view_and_the_state_agree_on_every_sum(commands: list[Command]) -> None:
    facts = _attempted(commands)
    state = decider.replay(facts)
    view = folded(fold, facts)
    assert isinstance(state, Fund)
    assert isinstance(view, FundView)
    assert (view.allocated_rupiah, view.available_rupiah, view.paid_rupiah, view.held_rupiah) == (
        state.allocated_rupiah,
        state.available_rupiah,
        _sum(state, Paid),
        _sum(state, Held),
    )
    assert view.returned_rupiah == _sum(state, Returned)
    assert {each.allocation_id: each.state for each in view.allocations} == {
        key: type(each).__name__.lower() for key, each in state.allocations.items()
    }
    for each in view.allocations:
        assert each.approved is None or each.approved.by != each.allocated.by
        assert each.paid is None or each.approved is not None


def _sum(state: Fund, kind: type[Paid | Held | Returned]) -> int:
    found = (each for each in state.allocations.values() if isinstance(each, kind))
    return sum(each.money.amount_rupiah for each in found)
