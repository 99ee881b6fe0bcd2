"""The ledger of a fund: never over its ceiling, never an edit, always two people."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.allocation import Results, lines
from services.awards.domain.entries import entry_of
from services.awards.domain.fund import Approve, Command, Line, Pay, Reverse, decider
from services.awards.domain.fund.states import Fund, Paid, Reversed
from services.awards.projections import FundView
from services.awards.projections.fund import fold
from shared.errors import DomainError, Refused
from shared.events.awards import (
    AllocationApproved,
    AllocationPaid,
    AllocationReversed,
    FundEvent,
    FundRegistered,
    MoneyAllocated,
    RankedEntry,
    ResultsDrafted,
)
from tests.builders.awards import (
    AT,
    CHAIR,
    COMPETITION_ID,
    DRAFTED,
    FUND_ID,
    MATURITY_ONLY,
    MEMBER,
    PATH,
    TIED,
    TREASURER,
    allocate,
    category,
    happened,
    line,
    prize,
    register_fund,
    rules,
    scored,
)
from tests.spec import given
from tests.unit.awards.folding import folded

REGISTERED = happened(decider, register_fund())
ALLOCATED = happened(decider, allocate(line()), before=REGISTERED)
APPROVE = Approve(by=MEMBER, at=AT, agency=None, agency_path=(), allocation_id="alloc-1")
PAY = Pay(
    by=TREASURER, at=AT, allocation_id="alloc-1", reference="SP2D-7", paid_on=date(2026, 11, 20)
)
REVERSE = Reverse(by=CHAIR, at=AT, allocation_id="alloc-1", reason="Salah sumber dana")
APPROVED = happened(decider, APPROVE, before=ALLOCATED)
PAID = happened(decider, PAY, before=APPROVED)
REVERSED = happened(decider, REVERSE, before=ALLOCATED)


def test_a_fund_is_registered_with_its_ceiling_once() -> None:
    given(decider).when(register_fund()).then(
        FundRegistered(
            by=TREASURER,
            at=AT,
            fund_id=FUND_ID,
            name="APBD Kabupaten",
            source_kind="apbd",
            account_code="5.1.02.05.01.0001",
            fiscal_year=2026,
            ceiling_rupiah=10_000_000,
        )
    )
    given(decider, *REGISTERED).when(register_fund()).nothing()
    given(decider, *REGISTERED).when(register_fund(11)).refused("already_registered")


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
    assert caught.value.code == "over_ceiling"
    assert caught.value.params == {
        "fund_id": FUND_ID,
        "available_rupiah": 10_000_000,
        "asked_rupiah": 10_000_001,
    }


def test_lines_that_are_there_already_are_not_allocated_twice() -> None:
    given(decider, *ALLOCATED).when(allocate(line())).nothing()
    more = line("alloc-2", 5_000_000)
    given(decider, *ALLOCATED).when(allocate(line(), more, more)).then(_allocated(more, 10_000_000))
    given(decider, *REVERSED).when(allocate(line())).nothing()


def test_the_same_allocation_with_another_content_is_refused() -> None:
    given(decider, *ALLOCATED).when(allocate(line(amount_rupiah=1))).refused("allocation_differs")
    differing = allocate(line("alloc-2", 1), line("alloc-2", 2))
    given(decider, *REGISTERED).when(differing).refused("allocation_differs")


def test_a_second_person_approves() -> None:
    approved = AllocationApproved(by=MEMBER, at=AT, fund_id=FUND_ID, allocation_id="alloc-1")
    given(decider, *ALLOCATED).when(APPROVE).then(approved)
    of_brida = replace(APPROVE, agency="brida", agency_path=("kalsel", "brida"))
    given(decider, *ALLOCATED).when(of_brida).then(
        approved.model_copy(update={"by_agency": "brida"})
    )
    given(decider, *ALLOCATED).when(replace(APPROVE, by=CHAIR)).refused("second_person_needed")
    given(decider, *APPROVED).when(APPROVE).nothing()
    given(decider, *PAID).when(APPROVE).nothing()
    given(decider, *REVERSED).when(APPROVE).refused("allocation_reversed")


@pytest.mark.parametrize(
    ("agency", "path"),
    [
        ("dinkes", PATH),
        ("hss", ("kalsel", "hss")),
        ("pkm", (*PATH, "pkm")),
    ],
)
def test_nobody_approves_money_for_their_own_agency(agency: str, path: tuple[str, ...]) -> None:
    own = replace(APPROVE, agency=agency, agency_path=path)
    given(decider, *ALLOCATED).when(own).refused("conflict_of_interest")


def test_only_approved_money_is_paid_and_once() -> None:
    given(decider, *APPROVED).when(PAY).then(
        AllocationPaid(
            by=TREASURER,
            at=AT,
            fund_id=FUND_ID,
            allocation_id="alloc-1",
            reference="SP2D-7",
            paid_on=date(2026, 11, 20),
        )
    )
    given(decider, *ALLOCATED).when(PAY).refused("not_approved")
    given(decider, *REVERSED).when(PAY).refused("allocation_reversed")
    given(decider, *PAID).when(PAY).nothing()
    given(decider, *PAID).when(replace(PAY, reference="SP2D-8")).refused("already_paid")


def test_a_reversal_frees_the_money_and_keeps_the_allocation() -> None:
    given(decider, *APPROVED).when(REVERSE).then(
        AllocationReversed(
            by=CHAIR,
            at=AT,
            fund_id=FUND_ID,
            allocation_id="alloc-1",
            amount_rupiah=5_000_000,
            reason="Salah sumber dana",
            allocated_rupiah=0,
        )
    )
    given(decider, *ALLOCATED).when(replace(REVERSE, reason="")).refused("reason_missing")
    given(decider, *REVERSED).when(REVERSE).nothing()
    given(decider, *PAID).when(REVERSE).refused("already_paid")


@pytest.mark.parametrize("command", [allocate(line()), APPROVE, PAY, REVERSE])
def test_nothing_happens_to_a_fund_that_is_not_there(command: Command) -> None:
    given(decider).when(command).refused("fund_unknown")


@pytest.mark.parametrize("command", [APPROVE, PAY, REVERSE])
def test_nothing_happens_to_an_allocation_that_is_not_there(command: Command) -> None:
    given(decider, *REGISTERED).when(command).refused("allocation_unknown")


# --- any sequence -------------------------------------------------------------------------

IDS = st.sampled_from(["a", "b", "c", "d", "e"])
LINES = st.builds(line, IDS, st.integers(min_value=0, max_value=60))
PEOPLE = st.sampled_from([CHAIR, MEMBER])
COMMANDS = st.lists(
    st.one_of(
        st.builds(
            lambda by, some: allocate(*some, by=by), PEOPLE, st.lists(LINES, min_size=1, max_size=4)
        ),
        st.builds(lambda by, key: replace(APPROVE, by=by, allocation_id=key), PEOPLE, IDS),
        st.builds(lambda key: replace(PAY, allocation_id=key), IDS),
        st.builds(lambda key: replace(REVERSE, allocation_id=key), IDS),
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
def test_nothing_is_allocated_over_the_ceiling_whatever_is_asked(commands: list[Command]) -> None:
    facts = _attempted(commands)
    for length in range(1, len(facts) + 1):
        state = decider.replay(facts[:length])
        assert isinstance(state, Fund)
        living = [a.money for a in state.allocations.values() if not isinstance(a, Reversed)]
        assert state.allocated_rupiah == sum(money.amount_rupiah for money in living)
        assert 0 <= state.allocated_rupiah <= 100


@for_all(COMMANDS)
def test_the_view_and_the_state_agree_on_every_sum(commands: list[Command]) -> None:
    facts = _attempted(commands)
    state = decider.replay(facts)
    view = folded(fold, facts)
    assert isinstance(state, Fund)
    assert isinstance(view, FundView)
    paid = [a.money for a in state.allocations.values() if isinstance(a, Paid)]
    assert (view.allocated_rupiah, view.available_rupiah, view.paid_rupiah) == (
        state.allocated_rupiah,
        state.available_rupiah,
        sum(money.amount_rupiah for money in paid),
    )
    assert view.allocated_rupiah + view.available_rupiah == view.ceiling_rupiah
    for each in view.allocations:
        if each.approved is not None:
            assert each.approved.by != each.allocated.by
        assert each.paid is None or each.approved is not None


# --- from results to lines ----------------------------------------------------------------


def _key(category: str, rank: int, number: int, innovation: str) -> str:
    return f"{category}_{rank}_{number}_{innovation}"


def _ranking(history: Sequence[object]) -> tuple[RankedEntry, ...]:
    return next(f.ranking for f in history if isinstance(f, ResultsDrafted))


ENTRIES = {
    each: entry_of(scored(each), "skpd") for each in ("inov-1", "inov-2", "inov-3", "inov-4")
}


def test_every_prized_rank_receives_its_lines_from_its_funds() -> None:
    prizes = (
        prize(1, 5_000_000),
        prize(1, 1_000_000, fund_id="bank-kalsel", label="Sponsor"),
        prize(2, 0, in_kind="Laptop"),
        prize(9, 500_000),
    )
    results = Results(
        competition_id=COMPETITION_ID,
        version=1,
        rules=rules(category(prizes=prizes)),
        ranking=_ranking(DRAFTED),
        entries=ENTRIES,
    )
    assert lines(results, _key) == {
        FUND_ID: (
            line("skpd_1_0_inov-1"),
            line(
                "skpd_2_2_inov-2",
                0,
                rank=2,
                label="Juara 2",
                innovation_id="inov-2",
                in_kind="Laptop",
            ),
        ),
        "bank-kalsel": (line("skpd_1_1_inov-1", 1_000_000, label="Sponsor"),),
    }


def test_a_shared_rank_cannot_be_allocated() -> None:
    results = Results(COMPETITION_ID, 1, rules(MATURITY_ONLY), _ranking(TIED), ENTRIES)
    with pytest.raises(Refused) as caught:
        lines(results, _key)
    assert caught.value.code == "tie_unresolved"


@for_all(st.lists(st.integers(min_value=1, max_value=10**9), max_size=6))
def test_the_lines_add_up_to_the_prizes_of_the_ranks_that_are_taken(amounts: list[int]) -> None:
    prizes = tuple(prize(rank, amount) for rank, amount in enumerate(amounts, start=1))
    ranking = _ranking(DRAFTED)
    results = Results(COMPETITION_ID, 1, rules(category(prizes=prizes)), ranking, ENTRIES)
    found = [each for by_fund in lines(results, _key).values() for each in by_fund]
    assert sum(each.amount_rupiah for each in found) == sum(amounts[: len(ranking)])
    assert len({each.allocation_id for each in found}) == len(found)
