"""Which dossiers a list holds, what a row tells, and what is counted."""

from datetime import UTC, datetime, timedelta

import pytest

from services.verification.api.queue.asking import Filters, Reader, queue_of, together
from services.verification.api.queue.counting import as_of_now
from services.verification.api.queue.listing import due_at, row_of
from services.verification.projections import QueueView
from shared.identity import Access, Caller, Relation, Role

NOW = datetime(2026, 8, 20, 1, tzinfo=UTC)
WRITTEN = "2026-08-20T01:00:00.000000Z"
A_REVIEW_AGO = "2026-08-06T01:00:00.000000Z"
REVIEW = timedelta(days=14)
UNCONFLICTED, ANY = frozenset({Relation.UNCONFLICTED}), frozenset({Relation.ANY})
FREE = {"excluded": {"$ne": "v-1"}, "agency_path": {"$ne": "uni"}, "agency_id": {"$ne": "kalsel"}}
NOT_WITHDRAWN = {"state": {"$ne": "withdrawn"}}
VIEW = QueueView(
    dossier_id="inov-1",
    state="open",
    round=1,
    season_id="2026",
    agency_id="dinkes",
    region_id="kalsel",
    affair="kesehatan",
    title="Posyandu Digital",
    opened_at=NOW - timedelta(days=20),
    waiting_since=NOW - timedelta(days=15),
    claimed=("SID-01", "SID-02"),
    claimed_count=2,
    standing=(("SID-01", "v-1"), ("admissibility", "v-1")),
)


def reader(
    relations: frozenset[Relation] = UNCONFLICTED,
    ties: tuple[str, ...] = (),
    agency: str | None = "uni",
    path: tuple[str, ...] = ("kalsel", "uni"),
) -> Reader:
    caller = Caller("v-1", frozenset({Role.VERIFIER}), agency, path if agency else ())
    return Reader(Access(caller, relations), ties, NOW)


def asked(filters: Filters, who: Reader | None = None) -> object:
    return queue_of(who or reader(), filters, REVIEW)


def test_a_list_leaves_out_what_its_reader_is_tied_to() -> None:
    assert asked(Filters()) == {**NOT_WITHDRAWN, **FREE}


def test_a_tie_closes_as_the_own_agency_does() -> None:
    tied = {**FREE, "agency_path": {"$nin": ["dinkes", "uni"]}}
    assert asked(Filters(), reader(ties=("dinkes",))) == {**NOT_WITHDRAWN, **tied}


def test_somebody_from_outside_is_kept_only_from_what_is_theirs_in_person() -> None:
    assert asked(Filters(), reader(agency=None)) == {**NOT_WITHDRAWN, "excluded": {"$ne": "v-1"}}


def test_who_only_looks_on_sees_everything() -> None:
    assert asked(Filters(), reader(ANY)) == NOT_WITHDRAWN


def test_both_relations_together_still_ask_for_impartiality() -> None:
    assert asked(Filters(), reader(ANY | UNCONFLICTED)) == {**NOT_WITHDRAWN, **FREE}


@pytest.mark.parametrize(
    ("filters", "wanted"),
    [
        (
            Filters(state="open"),
            {
                "state": {"$in": ["open", "in_review"]},
                "lease_until": {"$not": {"$gt": WRITTEN}},
            },
        ),
        (
            Filters(state="in_review"),
            {"state": {"$in": ["in_review"]}, "lease_until": {"$gt": WRITTEN}},
        ),
        (Filters(state="withdrawn"), {"state": {"$in": ["withdrawn"]}, "round": {"$gt": 0}}),
        (Filters(state="disputed"), {"state": {"$in": ["disputed"]}}),
        (
            Filters(season_id="2026", region_id="kalsel", affair="sosial", agency_id="dinkes"),
            {
                **NOT_WITHDRAWN,
                "season_id": "2026",
                "region_id": "kalsel",
                "affair": "sosial",
                "agency_path": "dinkes",
            },
        ),
        (Filters(indicator="SID-18"), {**NOT_WITHDRAWN, "undecided": "SID-18"}),
        (
            Filters(mine=True),
            {**NOT_WITHDRAWN, "lease_holder": "v-1", "lease_until": {"$gt": WRITTEN}},
        ),
        (
            Filters(state="checking", overdue=True),
            {"state": {"$in": ["checking"]}, "waiting_since": {"$lt": A_REVIEW_AGO}},
        ),
        (
            Filters(state="waiting_revision", overdue=True),
            {"state": {"$in": ["waiting_revision"]}, "due": {"$lt": WRITTEN}},
        ),
        (
            Filters(state="verified", overdue=True),
            {"state": {"$in": ["verified"]}, "dossier_id": {"$in": []}},
        ),
        (
            Filters(overdue=True),
            {
                **NOT_WITHDRAWN,
                "$or": [
                    {
                        "state": {"$in": ["open", "in_review", "checking", "disputed"]},
                        "waiting_since": {"$lt": A_REVIEW_AGO},
                    },
                    {"state": "waiting_revision", "due": {"$lt": WRITTEN}},
                ],
            },
        ),
    ],
)
def test_each_filter_narrows_the_query(filters: Filters, wanted: dict[str, object]) -> None:
    assert asked(filters, reader(ANY)) == wanted


def test_an_agency_that_is_asked_for_and_one_that_is_closed_both_count() -> None:
    wanted = {**NOT_WITHDRAWN, **FREE, "agency_path": {"$eq": "dinkes", "$ne": "uni"}}
    assert asked(Filters(agency_id="dinkes")) == wanted


def test_conditions_on_one_field_are_kept_side_by_side() -> None:
    assert together({"a": {"$gt": 1}}, {"a": {"$lt": 3}, "b": "x"}) == {
        "a": {"$gt": 1, "$lt": 3},
        "b": "x",
    }


def test_a_review_that_waited_too_long_is_overdue() -> None:
    row = row_of(VIEW, reader(), REVIEW)
    assert (row.due_at, row.overdue) == (NOW - timedelta(days=1), True)
    assert (row.decided_count, row.undecided) == (1, ("SID-02",))
    in_time = row_of(VIEW, reader(), timedelta(days=15))
    assert (in_time.due_at, in_time.overdue) == (NOW, False)


def test_an_agency_has_until_the_date_it_was_given() -> None:
    due = NOW - timedelta(seconds=1)
    waiting = VIEW.model_copy(update={"state": "waiting_revision", "due": due})
    row = row_of(waiting, reader(), REVIEW)
    assert (row.due, row.due_at, row.overdue) == (due, due, True)


def test_what_has_ended_is_never_overdue() -> None:
    assert due_at(VIEW.model_copy(update={"state": "rejected"}), REVIEW) is None


def test_a_lease_and_a_reservation_end_without_a_fact() -> None:
    held = VIEW.model_copy(
        update={
            "state": "in_review",
            "lease_holder": "v-2",
            "lease_until": NOW,
            "reserved_for": "v-3",
            "reserved_until": NOW,
        }
    )
    row = row_of(held, reader(), REVIEW)
    assert (row.state, row.lease_holder, row.reserved_for) == ("open", None, None)
    later = NOW + timedelta(seconds=1)
    still = held.model_copy(update={"lease_until": later, "reserved_until": later})
    row = row_of(still, reader(), REVIEW)
    assert (row.state, row.lease_holder, row.reserved_for) == ("in_review", "v-2", "v-3")


def test_dossiers_whose_lease_ran_out_count_as_open() -> None:
    assert as_of_now({"open": 2, "in_review": 3, "verified": 1}, 2) == {
        "open": 4,
        "in_review": 1,
        "verified": 1,
    }
    assert as_of_now({"in_review": 2}, 2) == {"open": 2}
