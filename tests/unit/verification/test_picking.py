"""Which dossier comes next, and for whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.verification.api.queue.picking import check_may_take, pick
from services.verification.projections import QueueView, VerifierView
from shared.errors import Refused

NOW = datetime(2026, 8, 20, 1, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(hours=1), NOW - timedelta(hours=1)
ME = VerifierView(verifier_id="v-1", affairs=("sosial",), capacity=2, changed_at=NOW)


def row(dossier_id: str = "d-1", **changes: object) -> QueueView:
    values = {
        "dossier_id": dossier_id,
        "state": "open",
        "affair": "kesehatan",
        "opened_at": EARLIER,
        "waiting_since": EARLIER,
    }
    return QueueView.model_validate({**values, **changes})


def picked(*rows: QueueView) -> list[str]:
    return [each.dossier_id for each in pick(rows, ME, NOW)]


def test_what_is_kept_for_me_comes_first() -> None:
    mine = row("d-9", times_leased=5, reserved_for="v-1", reserved_until=LATER)
    assert picked(row(affair="sosial"), mine) == ["d-9", "d-1"]


def test_what_i_know_well_comes_before_what_was_looked_at_less() -> None:
    assert picked(row("d-1"), row("d-2", affair="sosial", times_leased=3)) == ["d-2", "d-1"]


def test_what_was_looked_at_least_comes_before_what_is_older() -> None:
    older = row("d-1", times_leased=1, waiting_since=NOW - timedelta(days=9))
    assert picked(older, row("d-2")) == ["d-2", "d-1"]


def test_what_waits_longest_comes_before_the_rest_and_the_id_decides() -> None:
    rows = (row("d-3"), row("d-1"), row("d-2", waiting_since=NOW - timedelta(days=9)))
    assert picked(*rows) == ["d-2", "d-1", "d-3"]


@pytest.mark.parametrize(
    "taken",
    [
        row(state="in_review", lease_holder="v-2", lease_until=LATER),
        row(state="in_review", lease_holder="v-1", lease_until=LATER),
        row(state="checking", lease_holder="v-2", lease_until=LATER),
        row(reserved_for="v-2", reserved_until=LATER),
        row(state="checking", first=("v-1", "v-2")),
        row(state="waiting_revision"),
        row(state="disputed"),
        row(state="verified"),
        row(state="rejected"),
        row(state="withdrawn"),
    ],
    ids=[
        "held by another",
        "held by me",
        "checked by another",
        "kept for another",
        "decided by me",
        *("waits", "disputed", "verified", "rejected", "withdrawn"),
    ],
)
def test_what_i_cannot_take_is_left_out(taken: QueueView) -> None:
    assert picked(taken) == []


def test_what_was_held_or_kept_until_now_is_free() -> None:
    held = row("d-1", state="in_review", lease_holder="v-2", lease_until=NOW)
    kept = row("d-2", reserved_for="v-2", reserved_until=NOW)
    mine_no_longer = row("d-3", reserved_for="v-1", reserved_until=NOW)
    check = row("d-4", state="checking", first=("v-2",))
    rows = (mine_no_longer, check, kept, held)
    assert picked(*rows) == ["d-1", "d-2", "d-3", "d-4"]


def test_who_takes_none_or_holds_enough_is_told_so() -> None:
    check_may_take(ME, 1)
    with pytest.raises(Refused) as full:
        check_may_take(ME, 2)
    assert (full.value.code, full.value.params) == ("capacity_reached", {"capacity": 2, "held": 2})
    with pytest.raises(Refused) as away:
        check_may_take(ME.model_copy(update={"active": False}), 0)
    assert away.value.code == "verifier_inactive"


ROWS = st.builds(
    row,
    st.integers(1, 9).map(str),
    state=st.sampled_from(["open", "in_review", "checking", "disputed"]),
    affair=st.sampled_from(["sosial", "kesehatan"]),
    times_leased=st.integers(0, 2),
    lease_until=st.sampled_from([None, EARLIER, LATER]),
    reserved_for=st.sampled_from([None, "v-1", "v-2"]),
    reserved_until=st.sampled_from([None, EARLIER, LATER]),
    first=st.sampled_from([(), ("v-1",), ("v-2",)]),
)


@for_all(st.lists(ROWS, max_size=8))
def test_the_order_in_which_candidates_are_found_does_not_matter(rows: list[QueueView]) -> None:
    once = {each.dossier_id: each for each in rows}.values()
    assert pick(once, ME, NOW) == pick(reversed(once), ME, NOW)


@for_all(st.lists(ROWS, max_size=8))
def test_nobody_is_offered_what_they_may_not_take(rows: list[QueueView]) -> None:
    for each in pick(rows, ME, NOW):
        assert each.lease_until is None or each.lease_until <= NOW
        assert (
            each.reserved_until is None
            or each.reserved_until <= NOW
            or (each.reserved_for == "v-1")
        )
        assert "v-1" not in each.first
