"""What a person sees of a dossier while a second look at it goes on."""

from datetime import timedelta
from functools import reduce

import pytest

from services.verification.api.masking import decided_of, is_auditor, shown_to, state_at
from services.verification.projections import DossierView, QueueView
from services.verification.projections.queue import fold
from shared.events.verification import DossierEvent
from shared.identity import Caller, Role
from tests.builders.verification import (
    ADMITTED,
    AT,
    COLLEAGUE,
    LEASE_SECONDS,
    OPENED,
    OUTSIDER,
    REQUESTED,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIED,
    VERIFIER,
    Person,
    check_decided,
    drawn,
    handed_over,
    leased,
    readmitted,
    received,
    rechecked,
    recorded,
)
from tests.unit.verification.shown import seen

TWICE = (OPENED, leased(), REQUESTED, received(lapsed=("SID-18",)), leased(), *REVIEWED)
CHECK = (drawn(), leased(COLLEAGUE, SECOND_TOKEN), readmitted(), rechecked("SID-01", 2))
CHECKED = (*TWICE, *CHECK)
AUDITOR = Caller("auditor", frozenset({Role.AUDITOR}))


def caller(person: Person, *roles: Role) -> Caller:
    known = frozenset(roles or (Role.VERIFIER,))
    return Caller(person.by, known, person.agency, person.agency_path)


def verdicts(view: DossierView) -> dict[str, tuple[int, str]]:
    found = [row.verdict for row in view.indicators if row.verdict]
    return {each.indicator: (each.granted_level, each.decided_by) for each in found}


def queued(*facts: DossierEvent) -> QueueView:
    row = reduce(fold, [recorded(fact, n) for n, fact in enumerate(facts, start=1)], None)
    assert row is not None
    return row


def test_an_auditor_sees_both() -> None:
    view = seen(*CHECKED)
    assert shown_to(view, AUDITOR) == view


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.QUALITY_CONTROLLER])
def test_an_auditor_who_also_reviews_is_none(role: Role) -> None:
    assert is_auditor(caller(OUTSIDER, Role.AUDITOR))
    assert not is_auditor(caller(OUTSIDER, Role.AUDITOR, role))


def test_the_first_sees_what_they_found_and_nothing_of_the_second() -> None:
    view = shown_to(seen(*CHECKED), caller(VERIFIER))
    assert verdicts(view) == verdicts(seen(*TWICE))
    assert {by for _, by in verdicts(view).values()} == {VERIFIER.by}
    assert (view.admissibility, view.deciders) == (ADMITTED.admissibility, (VERIFIER.by,))
    (check,) = view.checks
    assert (check.second, check.second_admissibility) == ((), None)
    assert (check.reviewed_by, check.reasons) == (VERIFIER.by, drawn().reasons)
    assert [each.message for each in view.revisions] == [REQUESTED.message]


def test_the_second_sees_what_they_found_and_nothing_of_the_first() -> None:
    view = shown_to(seen(*CHECKED), caller(COLLEAGUE))
    assert verdicts(view) == {"SID-01": (2, COLLEAGUE.by)}
    assert view.admissibility == readmitted().admissibility
    assert (view.decided_count, view.undecided) == (1, ("SID-02", "SID-18"))
    assert view.deciders == (COLLEAGUE.by,)
    assert VERIFIER.by not in view.model_dump_json()


@pytest.mark.parametrize("role", [Role.VERIFIER, Role.QUALITY_CONTROLLER, Role.PEMDA_ADMIN])
def test_everybody_else_sees_neither(role: Role) -> None:
    view = shown_to(seen(*CHECKED), caller(OUTSIDER, role))
    assert verdicts(view) == {}
    assert (view.admissibility, view.deciders, view.decided_count) == (None, (), 0)
    assert view.undecided == ("SID-01", "SID-02", "SID-18")
    assert VERIFIER.by not in view.model_dump_json()
    (check,) = view.checks
    assert (check.first, check.second, check.reasons, check.draw) == ((), (), (), "")
    (revision,) = view.revisions
    assert (revision.items, revision.message) == ((), "")
    assert [each.lapsed for each in view.changes] == [()]
    assert all(row.lapsed is None and not row.carried for row in view.indicators)


def test_what_came_in_is_shown_to_all() -> None:
    whole, blind = seen(*CHECKED), shown_to(seen(*CHECKED), caller(OUTSIDER))
    assert (blind.manifest, blind.about, blind.state) == (whole.manifest, whole.about, "checking")
    claims = [(row.indicator, row.claimed_level, row.evidence) for row in blind.indicators]
    assert claims == [(r.indicator, r.claimed_level, r.evidence) for r in whole.indicators]


def test_a_note_of_a_check_is_for_the_colleague_it_is_kept_for() -> None:
    view = seen(*CHECKED, handed_over(OUTSIDER, COLLEAGUE, SECOND_TOKEN))
    told = {person.by: shown_to(view, caller(person)).last_note for person in (VERIFIER, OUTSIDER)}
    assert told == {VERIFIER.by: "", OUTSIDER.by: view.last_note}
    assert view.last_note != ""


@pytest.mark.parametrize("person", [VERIFIER, COLLEAGUE, OUTSIDER], ids=lambda each: each.by)
def test_once_it_is_decided_everybody_sees_both(person: Person) -> None:
    for end in ((check_decided("SID-01"),), (check_decided(), VERIFIED)):
        view = seen(*CHECKED, *end)
        assert shown_to(view, caller(person)) == view


def test_a_check_that_a_revision_overtook_stays_the_seconds_own() -> None:
    view = seen(*CHECKED, received(round=3))
    assert view.state == "open"
    theirs, mine = (shown_to(view, caller(each)) for each in (VERIFIER, COLLEAGUE))
    assert (theirs.checks[0].second, theirs.checks[0].second_admissibility) == ((), None)
    assert mine == view
    assert verdicts(theirs) == verdicts(view)


@pytest.mark.parametrize(
    ("person", "decided"),
    [
        (VERIFIER, ("SID-01", "SID-02", "SID-18")),
        (COLLEAGUE, ("SID-01",)),
        (OUTSIDER, ()),
    ],
    ids=["first", "second", "neither"],
)
def test_a_row_counts_only_what_its_reader_found(person: Person, decided: tuple[str, ...]) -> None:
    row = queued(*CHECKED)
    assert decided_of(row, caller(person)) == decided
    assert decided_of(row, AUDITOR) == ("SID-01", "SID-02", "SID-18")
    assert decided_of(queued(*CHECKED, check_decided("SID-01")), caller(person)) == (
        "SID-01",
        "SID-02",
        "SID-18",
    )


def test_a_dossier_is_open_again_the_moment_its_lease_ends() -> None:
    view = seen(OPENED, leased())
    ends = AT + timedelta(seconds=LEASE_SECONDS)
    assert state_at(view, ends - timedelta(microseconds=1)) == "in_review"
    assert state_at(view, ends) == "open"
    assert state_at(seen(*CHECKED), ends) == "checking"
