"""What becomes of an allocation: two people, held and released, paid once, back or reversed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from services.awards.domain.fund import Command, decider
from services.awards.domain.fund.states import Fund
from shared.events.awards import (
    AllocationApproved,
    AllocationHeld,
    AllocationPaid,
    AllocationReleased,
    AllocationReturned,
    AllocationReversed,
    Recipient,
)
from tests.builders.awards import (
    AT,
    CHAIR,
    FUND_ID,
    MEMBER,
    PATH,
    TREASURER,
    allocate,
    happened,
    line,
)
from tests.spec import given
from tests.unit.awards.ledger import (
    ALLOCATED,
    APPROVE,
    APPROVED,
    DIGEST,
    HELD,
    HELD_APPROVED,
    HOLD,
    PAID,
    PAID_ON,
    PAY,
    REGISTERED,
    RELEASE,
    RETURN,
    RETURNED,
    REVERSE,
    REVERSED,
    TAXED,
)

STATES = {
    "allocated": ALLOCATED,
    "approved": APPROVED,
    "held": HELD,
    "held after approval": HELD_APPROVED,
    "paid": PAID,
    "returned": RETURNED,
    "reversed": REVERSED,
}
COMMANDS: dict[str, Command] = {
    "approve": APPROVE,
    "hold": HOLD,
    "release": RELEASE,
    "pay": PAY,
    "pay by another reference": replace(PAY, reference="SP2D-8"),
    "return": RETURN,
    "return by another reference": replace(RETURN, reference="STS-4"),
    "reverse": REVERSE,
}
YES, ALREADY = "yes", "already so"
TABLE: dict[str, dict[str, str]] = {
    "allocated": {
        "approve": YES,
        "hold": YES,
        "release": ALREADY,
        "pay": "not_approved",
        "pay by another reference": "not_approved",
        "return": "not_paid",
        "return by another reference": "not_paid",
        "reverse": YES,
    },
    "approved": {
        "approve": ALREADY,
        "hold": YES,
        "release": ALREADY,
        "pay": YES,
        "pay by another reference": YES,
        "return": "not_paid",
        "return by another reference": "not_paid",
        "reverse": YES,
    },
    "held": {
        "approve": "allocation_held",
        "hold": ALREADY,
        "release": YES,
        "pay": "allocation_held",
        "pay by another reference": "allocation_held",
        "return": "not_paid",
        "return by another reference": "not_paid",
        "reverse": YES,
    },
    "paid": {
        "approve": ALREADY,
        "hold": "already_paid",
        "release": "already_paid",
        "pay": ALREADY,
        "pay by another reference": "already_paid",
        "return": YES,
        "return by another reference": YES,
        "reverse": "already_paid",
    },
    "returned": {
        "approve": "allocation_returned",
        "hold": "allocation_returned",
        "release": "allocation_returned",
        "pay": "allocation_returned",
        "pay by another reference": "allocation_returned",
        "return": ALREADY,
        "return by another reference": "allocation_returned",
        "reverse": "allocation_returned",
    },
    "reversed": {
        **dict.fromkeys(COMMANDS, "allocation_reversed"),
        "reverse": ALREADY,
    },
}
TABLE["held after approval"] = TABLE["held"]


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_in_every_state_has_one_answer(state: str, command: str) -> None:
    when = given(decider, *STATES[state]).when(COMMANDS[command])
    match TABLE[state][command]:
        case "yes":
            assert len(when.run()) == 1
        case "already so":
            when.nothing()
        case code:
            when.refused(code)


@pytest.mark.parametrize("state", STATES)
def test_every_state_reaches_an_end(state: str) -> None:
    """Unpaid money is reversed, paid money may stay paid or come back."""
    ending = {"paid": RETURN, "returned": None, "reversed": None}.get(state, REVERSE)
    facts = STATES[state] if ending is None else happened(decider, ending, before=STATES[state])
    after = decider.replay(facts)
    assert isinstance(after, Fund)
    assert (after.allocated_rupiah, after.available_rupiah) == (0, 10_000_000)
    answers = {TABLE[_name(after)][command] for command in COMMANDS}
    assert YES not in answers


def _name(state: Fund) -> str:
    return type(state.allocations["alloc-1"]).__name__.lower()


# --- two people ---------------------------------------------------------------------------


def test_a_second_person_approves() -> None:
    approved = AllocationApproved(by=MEMBER, at=AT, fund_id=FUND_ID, allocation_id="alloc-1")
    given(decider, *ALLOCATED).when(APPROVE).then(approved)
    of_brida = replace(APPROVE, agency="brida", agency_path=("kalsel", "brida"))
    given(decider, *ALLOCATED).when(of_brida).then(
        approved.model_copy(update={"by_agency": "brida"})
    )
    given(decider, *ALLOCATED).when(replace(APPROVE, by=CHAIR)).refused("second_person_needed")


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


@pytest.mark.parametrize(
    "recipient",
    [
        Recipient(recipient_id=MEMBER, kind="person", taxed_as="payroll"),
        Recipient(recipient_id="bappeda", kind="agency", taxed_as="agency"),
    ],
    ids=["their own person", "their own agency"],
)
def test_nobody_approves_money_that_they_receive(recipient: Recipient) -> None:
    named = allocate(line(recipient=recipient, tax_table="2024-r1", tax_digest=DIGEST))
    told = replace(named, adopted_tables=(DIGEST,))
    given_to = happened(decider, told, before=REGISTERED)
    theirs = replace(APPROVE, agency="bappeda", agency_path=("kalsel", "bappeda"))
    given(decider, *given_to).when(theirs).refused("conflict_of_interest")
    other = replace(theirs, by="person-other", agency="brida", agency_path=("kalsel", "brida"))
    assert len(given(decider, *given_to).when(other).run()) == 1


# --- held and released --------------------------------------------------------------------


def test_a_hold_says_why() -> None:
    given(decider, *APPROVED).when(HOLD).then(
        AllocationHeld(
            by=TREASURER,
            at=AT,
            fund_id=FUND_ID,
            allocation_id="alloc-1",
            reason="Rekening diperiksa",
        )
    )
    given(decider, *ALLOCATED).when(replace(HOLD, reason=" ")).refused("reason_missing")


def test_what_is_released_is_what_it_was_before() -> None:
    released = AllocationReleased(
        by=CHAIR, at=AT, fund_id=FUND_ID, allocation_id="alloc-1", reason="Rekening benar"
    )
    given(decider, *HELD).when(RELEASE).then(released)
    given(decider, *HELD).when(replace(RELEASE, reason="")).refused("reason_missing")
    given(decider, *HELD, released).when(PAY).refused("not_approved")
    assert len(given(decider, *HELD_APPROVED, released).when(PAY).run()) == 1


def test_held_money_is_still_set_aside() -> None:
    state = decider.replay(HELD)
    assert isinstance(state, Fund)
    assert (state.allocated_rupiah, state.available_rupiah) == (5_000_000, 5_000_000)


# --- paid ---------------------------------------------------------------------------------


def test_approved_money_is_paid_with_the_number_of_the_order() -> None:
    given(decider, *APPROVED).when(PAY).then(
        AllocationPaid(
            by=TREASURER,
            at=AT,
            fund_id=FUND_ID,
            allocation_id="alloc-1",
            reference="SP2D-7",
            paid_on=PAID_ON,
        )
    )
    given(decider, *APPROVED).when(replace(PAY, reference=" ")).refused("reference_missing")


@pytest.mark.parametrize("paid_on", [date(2025, 12, 31), date(2027, 1, 1)])
def test_a_fund_pays_in_its_own_year(paid_on: date) -> None:
    later = replace(PAY, at=AT + timedelta(days=400), paid_on=paid_on)
    given(decider, *APPROVED).when(later).refused("other_fiscal_year")
    last = replace(later, paid_on=date(2026, 12, 31))
    assert len(given(decider, *APPROVED).when(last).run()) == 1


def test_nothing_is_paid_tomorrow() -> None:
    tomorrow = replace(PAY, paid_on=PAID_ON + timedelta(days=1))
    given(decider, *APPROVED).when(tomorrow).refused("paid_in_future")
    # 16.00 UTC is midnight in WITA: there it is tomorrow already.
    evening = replace(tomorrow, at=AT.replace(hour=16))
    assert len(given(decider, *APPROVED).when(evening).run()) == 1
    before = replace(tomorrow, at=AT.replace(hour=15, minute=59))
    given(decider, *APPROVED).when(before).refused("paid_in_future")


def test_taxed_money_waits_for_the_treasurer_and_for_a_table_that_holds() -> None:
    told = replace(allocate(TAXED), adopted_tables=(DIGEST,))
    approved = happened(decider, told, APPROVE, before=REGISTERED)
    given(decider, *approved).when(PAY).refused("tax_table_unconfirmed")
    in_force = replace(PAY, tables_in_force=(DIGEST,))
    given(decider, *approved).when(in_force).refused("tax_table_unconfirmed")
    confirmed = replace(PAY, confirmed_tables=("e" * 64, DIGEST), tables_in_force=("e" * 64,))
    given(decider, *approved).when(confirmed).refused("tax_table_changed")
    both = replace(PAY, confirmed_tables=(DIGEST,), tables_in_force=(DIGEST,))
    assert len(given(decider, *approved).when(both).run()) == 1


def test_money_of_an_agency_needs_no_table() -> None:
    agency = Recipient(recipient_id="dinkes", kind="agency", taxed_as="agency")
    approved = happened(
        decider, allocate(line(recipient=agency, net_rupiah=5_000_000)), APPROVE, before=REGISTERED
    )
    assert len(given(decider, *approved).when(PAY).run()) == 1


# --- back ---------------------------------------------------------------------------------


def test_returned_money_is_free_again() -> None:
    given(decider, *PAID).when(RETURN).then(
        AllocationReturned(
            by=TREASURER,
            at=AT,
            fund_id=FUND_ID,
            allocation_id="alloc-1",
            amount_rupiah=5_000_000,
            reference="STS-3",
            returned_on=PAID_ON,
            reason="Rekening ditolak bank",
            allocated_rupiah=0,
        )
    )
    given(decider, *PAID).when(replace(RETURN, reason="")).refused("reason_missing")
    given(decider, *PAID).when(replace(RETURN, reference="")).refused("reference_missing")


def test_money_comes_back_after_it_went_out_and_not_tomorrow() -> None:
    early = replace(RETURN, returned_on=PAID_ON - timedelta(days=1))
    given(decider, *PAID).when(early).refused("returned_before_paid")
    late = replace(RETURN, returned_on=PAID_ON + timedelta(days=1))
    given(decider, *PAID).when(late).refused("returned_in_future")


def test_a_reversal_frees_the_money_and_keeps_the_allocation() -> None:
    reversed_ = AllocationReversed(
        by=CHAIR,
        at=AT,
        fund_id=FUND_ID,
        allocation_id="alloc-1",
        amount_rupiah=5_000_000,
        reason="Salah sumber dana",
        allocated_rupiah=0,
    )
    given(decider, *APPROVED).when(REVERSE).then(reversed_)
    given(decider, *HELD_APPROVED).when(REVERSE).then(reversed_)
    given(decider, *ALLOCATED).when(replace(REVERSE, reason="")).refused("reason_missing")


# --- nothing there ------------------------------------------------------------------------


@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_happens_to_a_fund_or_an_allocation_that_is_not_there(command: str) -> None:
    given(decider).when(COMMANDS[command]).refused("fund_unknown")
    given(decider, *REGISTERED).when(COMMANDS[command]).refused("allocation_unknown")
