"""Which agencies carry on for which, as verification knows it."""

from datetime import UTC, date, datetime
from functools import reduce

import pytest

from services.verification.projections import PROJECTIONS, SUCCESSIONS, SuccessionView
from shared.events.submission import (
    AGENCY,
    AgencyClosed,
    AgencyEvent,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)
from tests.builders.verification import recorded

AT = datetime(2026, 1, 2, tzinfo=UTC)
REGISTERED = AgencyRegistered(
    by="person-admin",
    at=AT,
    agency_id="dinkes",
    name="Dinas Kesehatan",
    short_name="Dinkes",
    kind="agency",
    parent_id="kalsel",
    region_id="kalsel",
    path=("kalsel", "dinkes"),
    source="Perda 11/2016",
    sample=False,
)
RENAMED = AgencyRenamed(
    by="person-admin", at=AT, agency_id="dinkes", name="Dinas Sehat", short_name="Dinset"
)
CLOSED = AgencyClosed(by="person-admin", at=AT, agency_id="dinkes", reason="Merged.")


def succeeded(*successors: str) -> AgencySucceeded:
    return AgencySucceeded(
        by="person-admin",
        at=AT,
        agency_id="dinkes",
        successors=successors,
        effective_on=date(2026, 1, 1),
        letter_number="Perda 1/2026",
        reason="Split.",
    )


def seen(*facts: AgencyEvent) -> SuccessionView:
    events = [recorded(fact, n, AGENCY.subject("dinkes")) for n, fact in enumerate(facts, start=1)]
    view = reduce(SUCCESSIONS.fold, events, None)
    assert view is not None
    assert SuccessionView.model_validate(view.model_dump(mode="json")) == view
    return view


ALONE = SuccessionView(agency_id="dinkes", path=("kalsel", "dinkes"))


def test_an_agency_begins_with_its_place_in_the_tree() -> None:
    assert seen(REGISTERED) == ALONE


def test_all_successors_that_were_ever_named_stay() -> None:
    view = seen(REGISTERED, succeeded("dinkes-a", "dinkes-b"), succeeded("dinkes-b", "dinsos"))
    assert view == ALONE.model_copy(update={"successors": ("dinkes-a", "dinkes-b", "dinsos")})


def test_what_else_is_said_of_an_agency_changes_nothing_here() -> None:
    assert seen(REGISTERED, RENAMED, CLOSED) == ALONE


def test_an_agency_begins_with_its_registration() -> None:
    with pytest.raises(ValueError, match="cannot begin with AgencySucceeded"):
        seen(succeeded("dinsos"))


def test_every_read_model_has_a_name_of_its_own() -> None:
    assert [each.name for each in PROJECTIONS] == [
        "queue",
        "dossiers",
        "verifiers",
        "quality",
        "successions",
    ]
