"""What people found on the spot: recorded in any state of a review, binding no verdict."""

from datetime import UTC, date, datetime

import pytest

from services.verification.domain import State, decider
from services.verification.domain.commands import Command
from shared.events.verification import DossierEvent, VisitFinding, VisitOutcome
from tests.builders.verification import (
    ADMITTED,
    AT,
    COLLEAGUE,
    OPENED,
    OUTSIDER,
    REJECTED,
    REQUESTED,
    REVIEWED,
    SECOND_TOKEN,
    VERIFIED,
    VERIFIER,
    WITHDRAWN,
    check_decided,
    decide,
    decided,
    drawn,
    leased,
    readmitted,
    received,
    rechecked,
    verify,
    visit,
    visited,
)
from tests.spec import Given, given

HELD = given(decider, OPENED, leased())
CHECKED = HELD.after(*REVIEWED, drawn())
ALIKE = (rechecked("SID-02", 2), rechecked("SID-18", 0))


@pytest.mark.parametrize(
    "history",
    [
        given(decider, OPENED),
        HELD,
        HELD.after(REQUESTED),
        CHECKED,
        CHECKED.after(readmitted(), rechecked("SID-01", 3), *ALIKE, check_decided("SID-01")),
    ],
    ids=["open", "held", "asked for a revision", "checked", "disputed"],
)
def test_a_visit_is_recorded_until_the_review_ends(
    history: Given[Command, State, DossierEvent],
) -> None:
    history.when(visit()).then(visited())
    history.when(visit(OUTSIDER)).then(visited(OUTSIDER))
    history.after(visited()).when(visit()).nothing()


def test_a_visit_ends_no_lease_and_decides_nothing() -> None:
    seen = HELD.after(ADMITTED, visited(COLLEAGUE))
    seen.when(decide("SID-01", 3)).then(decided("SID-01", 3))
    seen.when(verify()).refused("indicators_undecided")


def test_a_second_visit_is_another_one() -> None:
    HELD.after(visited()).when(visit(visit_id="visit-2")).then(visited(visit_id="visit-2"))


def test_a_visit_recorded_in_one_round_is_known_in_the_next() -> None:
    HELD.after(visited(), REQUESTED, received()).when(visit()).nothing()


def test_a_visit_after_the_end_comes_too_late() -> None:
    given(decider, OPENED, VERIFIED).when(visit()).refused("dossier_verified")
    given(decider, OPENED, REJECTED).when(visit()).refused("dossier_rejected")
    given(decider, OPENED, WITHDRAWN).when(visit()).refused("dossier_withdrawn")
    given(decider).when(visit()).refused("not_found")


def test_a_visit_is_recorded_after_it_was_made() -> None:
    HELD.when(visit(visited_on=date(2026, 8, 5))).refused("visit_in_the_future")
    today = AT.date()
    HELD.when(visit(visited_on=today)).then(visited(visited_on=today))


def test_the_day_of_a_visit_is_one_of_south_kalimantan() -> None:
    """Eight hours ahead of UTC: at 17:00 UTC it is tomorrow there."""
    evening = datetime(2026, 8, 4, 17, tzinfo=UTC)
    there = {"at": evening, "visited_on": date(2026, 8, 5)}
    HELD.when(visit(**there)).then(visited(**there))


def test_a_visit_found_something_on_indicators_that_were_claimed_each_once() -> None:
    found = VisitFinding(indicator="SID-01", outcome="confirmed")
    HELD.when(visit(findings=())).refused("findings_missing")
    HELD.when(visit(findings=(found, found))).refused("items_repeated")
    unclaimed = (found, VisitFinding(indicator="SID-19", outcome="confirmed"))
    HELD.when(visit(findings=unclaimed)).refused("indicator_not_claimed")


@pytest.mark.parametrize("outcome", ["partly_confirmed", "not_confirmed"])
def test_what_was_not_found_is_explained(outcome: VisitOutcome) -> None:
    silent = (VisitFinding(indicator="SID-01", outcome=outcome, note=" "),)
    HELD.when(visit(findings=silent)).refused("note_missing")
    told = (VisitFinding(indicator="SID-01", outcome=outcome, note="Only eight posts."),)
    HELD.when(visit(findings=told)).then(visited(findings=told))


def test_a_visit_names_everybody_who_was_there_once() -> None:
    HELD.when(visit(participants=())).refused("participants_missing")
    HELD.when(visit(participants=(VERIFIER.by, VERIFIER.by))).refused("participants_missing")


def test_a_visit_during_a_second_look_leaves_it_as_it_is() -> None:
    CHECKED.after(leased(COLLEAGUE, SECOND_TOKEN), readmitted(), visited()).when(
        decide("SID-01", 2, COLLEAGUE, token=SECOND_TOKEN)
    ).then(rechecked("SID-01", 2))
