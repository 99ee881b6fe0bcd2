"""Agencies by their names, as awards knows them."""

from datetime import date

import pytest

from services.awards.projections import AGENCIES, PROJECTIONS, AgencyView
from shared.bus import hears
from shared.events.submission import (
    AGENCY,
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyEvent,
    AgencySucceeded,
)
from tests.unit.awards.folding import folded
from tests.unit.awards.story import AT, OFFICE, RENAMED

SIGNED = AgencyCommitmentSigned(
    by="person-head",
    at=AT,
    agency_id="dinkes",
    season_id="2026",
    innovations_promised=2,
    letter_number="005/1",
    signed_on=date(2026, 1, 5),
)
CLOSED = AgencyClosed(by="person-admin", at=AT, agency_id="dinkes", reason="Digabung")
SUCCEEDED = AgencySucceeded(
    by="person-admin",
    at=AT,
    agency_id="dinkes",
    successors=("dinsos",),
    effective_on=date(2027, 1, 1),
    letter_number="Perda 1/2026",
    reason="Digabung",
)
REGISTERED = AgencyView(
    agency_id="dinkes",
    name="Dinas Kesehatan Kabupaten Hulu Sungai Selatan",
    short_name="DINKES",
    kind="agency",
    region_id="hss",
    path=("kalsel", "hss", "dinkes"),
    is_closed=False,
    former_names=(),
)


def seen(*facts: AgencyEvent) -> AgencyView:
    view = folded(AGENCIES.fold, facts)
    assert view is not None
    assert AgencyView.model_validate(view.model_dump(mode="json")) == view
    return view


def test_an_agency_begins_with_its_registration() -> None:
    assert seen(OFFICE) == REGISTERED
    with pytest.raises(ValueError, match="cannot begin with AgencyRenamed"):
        seen(RENAMED)


def test_a_new_name_replaces_the_old_one_which_stays_known() -> None:
    assert seen(OFFICE, RENAMED) == REGISTERED.model_copy(
        update={"name": RENAMED.name, "short_name": "DINKESKB", "former_names": (OFFICE.name,)}
    )


@pytest.mark.parametrize("end", [CLOSED, SUCCEEDED], ids=["closed", "succeeded"])
def test_an_agency_that_ended_is_closed_and_keeps_its_name(end: AgencyEvent) -> None:
    assert seen(OFFICE, end) == REGISTERED.model_copy(update={"is_closed": True})


def test_what_else_is_said_of_an_agency_changes_nothing_here() -> None:
    assert seen(OFFICE, SIGNED) == REGISTERED


def test_every_read_model_has_a_name_of_its_own_and_its_facts_are_heard() -> None:
    names = [each.name for each in PROJECTIONS]
    assert len(set(names)) == len(names) and "agencies" in names
    assert AGENCY.label in hears("awards-views")
    assert {each.aggregate.label for each in PROJECTIONS} == set(hears("awards-views"))
