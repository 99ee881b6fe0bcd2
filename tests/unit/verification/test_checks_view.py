"""A second look as people see it: drawn, blind, decided, resolved by a third."""

from datetime import timedelta

from services.verification.projections import CheckRow
from tests.builders.verification import (
    ADMITTED,
    ALL_DECIDED,
    ALL_SAMPLED,
    AT,
    COLLEAGUE,
    NOT_ADMITTED,
    OPENED,
    REJECTED,
    RESOLVER,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIED,
    VERIFIER,
    admissibility,
    check_decided,
    draw,
    drawn,
    handed_over,
    lease_end,
    leased,
    readmitted,
    received,
    rechecked,
    recused,
    released,
    resolved,
    revoked,
    verdict,
)
from tests.unit.verification.shown import FREE, KEPT_UNTIL, LATER, at, changed, seen

REVIEW = (OPENED, leased(), *REVIEWED)
DONE = seen(*REVIEW)
DRAWN = drawn(at=LATER)
ROW = CheckRow(
    round=1,
    reasons=("sample",),
    draw=draw(),
    rule=ALL_SAMPLED,
    drawn_at=LATER,
    reviewed_by=VERIFIER.by,
    first=tuple(fact.verdict for fact in ALL_DECIDED),
    first_admissibility=ADMITTED.admissibility,
)
CHECKING = changed(
    DONE,
    **FREE | {"state": "checking"},
    changed_at=LATER,
    waiting_since=LATER,
    reviewed_at=LATER,
    checks=(ROW,),
)
TAKEN = leased(COLLEAGUE, SECOND_TOKEN, LATER)
HELD_AGAIN = changed(
    CHECKING,
    changed_at=LATER,
    lease_holder=COLLEAGUE.by,
    lease_agency=COLLEAGUE.agency,
    lease_until=lease_end(LATER),
    times_leased=2,
)


def test_a_drawn_review_waits_for_a_second_look_and_keeps_what_was_found() -> None:
    assert seen(*REVIEW, DRAWN) == CHECKING


def test_a_rejection_is_kept_with_the_verdicts_there_were() -> None:
    view = seen(OPENED, leased(), ALL_DECIDED[1], NOT_ADMITTED, drawn("rejection"))
    (row,) = view.checks
    assert (row.first, row.first_admissibility) == (
        (verdict("SID-02", 2),),
        NOT_ADMITTED.admissibility,
    )


def test_notes_of_the_first_review_are_not_for_the_second() -> None:
    view = seen(OPENED, leased(), released(), leased(), *REVIEWED, DRAWN)
    assert view.last_note == ""


def test_a_lease_on_a_check_shows_its_holder_alone() -> None:
    assert seen(*REVIEW, DRAWN, TAKEN) == HELD_AGAIN


def test_a_check_given_back_is_still_a_check() -> None:
    freed = changed(
        CHECKING, changed_at=AT, times_leased=2, waiting_since=LATER, last_note="Called away."
    )
    assert seen(*REVIEW, DRAWN, TAKEN, released(COLLEAGUE, SECOND_TOKEN)) == freed


def test_a_check_may_be_kept_for_somebody() -> None:
    handed = seen(*REVIEW, DRAWN, TAKEN, handed_over(RESOLVER, COLLEAGUE, SECOND_TOKEN))
    taken = seen(*REVIEW, DRAWN, TAKEN, revoked(RESOLVER, COLLEAGUE, SECOND_TOKEN))
    for view in (handed, taken):
        assert (view.state, view.lease_holder) == ("checking", None)
        assert (view.reserved_for, view.reserved_until) == (RESOLVER.by, KEPT_UNTIL)


def test_a_second_verifier_who_steps_aside_leaves_the_check() -> None:
    view = seen(*REVIEW, DRAWN, TAKEN, recused(COLLEAGUE))
    assert (view.state, view.lease_holder) == ("checking", None)
    assert COLLEAGUE.by in view.excluded


def test_what_the_second_finds_stands_beside_the_first_and_counts_for_nothing_yet() -> None:
    facts = (
        readmitted(decided_at=LATER),
        rechecked("SID-18", 1, decided_at=LATER),
        rechecked("SID-01", 3, decided_at=LATER),
    )
    row = ROW.model_copy(
        update={
            "second": (
                verdict("SID-01", 3, COLLEAGUE, decided_at=LATER),
                verdict("SID-18", 1, COLLEAGUE, decided_at=LATER),
            ),
            "second_admissibility": admissibility(person=COLLEAGUE, decided_at=LATER),
        }
    )
    assert seen(*REVIEW, DRAWN, TAKEN, *facts) == changed(
        HELD_AGAIN, changed_at=LATER, checks=(row,)
    )


def test_the_second_may_change_their_mind_and_renews_the_lease_with_it() -> None:
    moved = LATER.replace(minute=LATER.minute + 9)
    again = (
        rechecked("SID-01", 2, decided_at=moved),
        readmitted("renewal", decided_at=moved),
    )
    before = (readmitted(), rechecked("SID-01", 3), rechecked("SID-02", 2))
    view = seen(*REVIEW, DRAWN, TAKEN, *before, *again)
    (row,) = view.checks
    assert row.second == (
        verdict("SID-01", 2, COLLEAGUE, decided_at=moved),
        verdict("SID-02", 2, COLLEAGUE),
    )
    assert row.second_admissibility == admissibility("renewal", person=COLLEAGUE, decided_at=moved)
    assert view.lease_until == lease_end(moved)


DECIDED_ROW = ROW.model_copy(
    update={"checked_by": COLLEAGUE.by, "decided_at": LATER, "compared": 4}
)


def test_where_two_differ_a_third_is_waited_for() -> None:
    row = DECIDED_ROW.model_copy(update={"differing": ("SID-01",)})
    assert seen(*REVIEW, drawn(), TAKEN, check_decided("SID-01", at=LATER)) == changed(
        HELD_AGAIN,
        **FREE | {"state": "disputed"},
        changed_at=LATER,
        waiting_since=LATER,
        reviewed_at=AT,
        checks=(row.model_copy(update={"drawn_at": AT}),),
    )


def test_where_nothing_differs_the_end_follows() -> None:
    after = LATER + timedelta(hours=1)
    both = tuple(sorted((COLLEAGUE.by, VERIFIER.by)))
    ended = at(after, VERIFIED.model_copy(update={"by": COLLEAGUE.by, "deciders": both}))
    assert seen(*REVIEW, DRAWN, TAKEN, check_decided(at=LATER), ended) == changed(
        HELD_AGAIN,
        **FREE | {"state": "verified"},
        changed_at=after,
        checks=(DECIDED_ROW,),
        deciders=both,
        verified_at=after,
        verified_by=COLLEAGUE.by,
    )


def test_where_both_reject_it_is_rejected() -> None:
    before = (OPENED, leased(), NOT_ADMITTED, drawn("rejection", at=LATER), TAKEN)
    view = seen(*before, check_decided(compared=1), at(LATER, REJECTED))
    assert (view.state, view.rejected_at, view.reviewed_at) == ("rejected", LATER, LATER)
    assert view.deciders == (COLLEAGUE.by, VERIFIER.by)


def test_what_a_third_decides_stands() -> None:
    third = verdict("SID-01", 3, RESOLVER)
    standing = (third, *(fact.verdict for fact in ALL_DECIDED[1:]))
    everybody = tuple(sorted((COLLEAGUE.by, RESOLVER.by, VERIFIER.by)))
    ended = VERIFIED.model_copy(
        update={"by": RESOLVER.by, "verdicts": standing, "deciders": everybody}
    )
    dispute = (*REVIEW, DRAWN, TAKEN, check_decided("SID-01", at=LATER))
    view = seen(*dispute, resolved(third, at=LATER), ended)
    assert view.checks == (
        DECIDED_ROW.model_copy(
            update={
                "differing": ("SID-01",),
                "resolved": (third,),
                "resolved_by": RESOLVER.by,
                "resolved_at": LATER,
                "resolution_note": "The second page decides it.",
            }
        ),
    )
    assert tuple(row.verdict for row in view.indicators) == standing
    assert (view.state, view.deciders) == ("verified", everybody)


def test_a_third_may_decide_on_the_criteria() -> None:
    third = admissibility("benefit", person=RESOLVER)
    dispute = (*REVIEW, DRAWN, TAKEN, check_decided("admissibility", compared=1))
    ended = REJECTED.model_copy(update={"admissibility": third})
    view = seen(*dispute, resolved(admissibility=third), ended)
    assert view.checks[0].resolved_admissibility == third
    assert (view.state, view.admissibility) == ("rejected", third)


def test_a_revision_that_comes_in_ends_the_check_undecided() -> None:
    view = seen(*REVIEW, DRAWN, TAKEN, received(lapsed=("SID-18",)))
    assert (view.state, view.lease_holder, view.reviewed_at) == ("open", None, None)
    assert (view.waiting_since, view.checks) == (AT, (ROW,))
    assert view.undecided == ("SID-18",)


def test_a_later_check_is_a_row_of_its_own() -> None:
    later = drawn(round=2, at=LATER)
    view = seen(*REVIEW, drawn(), received(), leased(), later, rechecked("SID-01", 2))
    first, second = view.checks
    assert (first.round, first.second) == (1, ())
    assert (second.round, second.second) == (2, (verdict("SID-01", 2, COLLEAGUE),))
    assert view.reviewed_at == LATER
