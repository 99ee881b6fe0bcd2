"""Agencies have a place in the tree, names by letter, and others who carry on for them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.submission.domain import agency
from services.submission.domain.agency import (
    CloseAgency,
    Parent,
    RegisterAgency,
    RenameAgency,
    SignCommitment,
    SucceedAgency,
    Successor,
)
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRegistered,
    AgencyRenamed,
    AgencySucceeded,
)
from tests.spec import given

NOW = datetime(2026, 6, 1, tzinfo=UTC)
REGISTERED = AgencyRegistered(
    by="admin",
    at=NOW,
    agency_id="hss-dinkes",
    name="Dinas Kesehatan",
    short_name="DINKES",
    kind="agency",
    parent_id="hss",
    region_id="hss",
    path=("kalsel", "hss", "hss-dinkes"),
    source="daftar SKPD",
    sample=False,
)


def registering(parent: Parent | None, kind: str = "agency") -> RegisterAgency:
    return RegisterAgency(
        by="admin",
        at=NOW,
        agency_id="hss-dinkes",
        name="Dinas Kesehatan",
        short_name="DINKES",
        kind=kind,  # type: ignore[arg-type]
        parent=parent,
        source="daftar SKPD",
        sample=False,
    )


def test_an_agency_takes_its_place_below_its_parent() -> None:
    parent = Parent(("kalsel", "hss"), "hss")
    given(agency.decider).when(registering(parent)).then(REGISTERED)
    given(agency.decider, REGISTERED).when(registering(parent)).refused("agency_exists")


def test_a_government_is_a_region_of_its_own() -> None:
    (fact,) = agency.decider.decide(
        registering(Parent(("kalsel",), "kalsel"), kind="regency"), agency.Missing()
    )
    assert isinstance(fact, AgencyRegistered)
    assert (fact.region_id, fact.path) == ("hss-dinkes", ("kalsel", "hss-dinkes"))


def test_an_agency_without_a_parent_is_refused() -> None:
    given(agency.decider).when(registering(None)).refused("parent_missing")


def test_a_commitment_promises_at_least_one_innovation() -> None:
    signed = AgencyCommitmentSigned(
        by="head",
        at=NOW,
        agency_id="hss-dinkes",
        season_id="2026",
        innovations_promised=2,
        letter_number="188/7",
        signed_on=date(2026, 5, 1),
    )
    sign = SignCommitment("head", NOW, "2026", 2, "188/7", date(2026, 5, 1))
    given(agency.decider, REGISTERED).when(sign).then(signed)
    given(agency.decider, REGISTERED, signed).when(sign).nothing()
    none = SignCommitment("head", NOW, "2026", 0, "188/7", date(2026, 5, 1))
    given(agency.decider, REGISTERED).when(none).refused("commitment_too_small")


def test_an_agency_is_renamed_until_it_is_closed() -> None:
    renamed = AgencyRenamed(
        by="admin", at=NOW, agency_id="hss-dinkes", name="Dinkes KB", short_name="DKB"
    )
    rename = RenameAgency("admin", NOW, "Dinkes KB", "DKB")
    given(agency.decider, REGISTERED).when(rename).then(renamed)
    given(agency.decider, REGISTERED, renamed).when(rename).nothing()
    closed = AgencyClosed(by="admin", at=NOW, agency_id="hss-dinkes", reason="digabung")
    close = CloseAgency("admin", NOW, "digabung")
    given(agency.decider, REGISTERED).when(close).then(closed)
    given(agency.decider, REGISTERED, closed).when(close).nothing()
    given(agency.decider, REGISTERED, closed).when(rename).refused("agency_closed")
    given(agency.decider).when(rename).refused("agency_unknown")


def test_a_name_changes_by_a_regulation_of_a_day_that_has_come() -> None:
    day = date(2026, 6, 1)
    rename = RenameAgency("admin", NOW, "Dinkes KB", "DKB", "Perbup 3/2026", day)
    renamed = AgencyRenamed(
        by="admin",
        at=NOW,
        agency_id="hss-dinkes",
        name="Dinkes KB",
        short_name="DKB",
        letter_number="Perbup 3/2026",
        effective_on=day,
    )
    given(agency.decider, REGISTERED).when(rename).then(renamed)
    early = RenameAgency("admin", NOW, "Dinkes KB", "DKB", "Perbup 3/2026", date(2026, 6, 2))
    given(agency.decider, REGISTERED).when(early).refused("effective_in_future")


DINSOS = Successor("hss-dinsos", ("kalsel", "hss", "hss-dinsos"))
DP3A = Successor("hss-dp3a", ("kalsel", "hss", "hss-dp3a"))
SUCCEEDED = AgencySucceeded(
    by="admin",
    at=NOW,
    agency_id="hss-dinkes",
    successors=("hss-dinsos", "hss-dp3a"),
    effective_on=date(2026, 5, 29),
    letter_number="Perbup 31/2025",
    reason="penataan",
)


def succeeding(*successors: Successor, **changes: Any) -> SucceedAgency:
    told: dict[str, Any] = {
        "by": "admin",
        "at": NOW,
        "successors": successors,
        "effective_on": date(2026, 5, 29),
        "letter_number": "Perbup 31/2025",
        "reason": "penataan",
    }
    return SucceedAgency(**{**told, **changes})


def test_others_carry_on_for_an_agency_that_ends() -> None:
    given(agency.decider, REGISTERED).when(succeeding(DINSOS, DP3A)).then(SUCCEEDED)
    state = agency.decider.replay([REGISTERED, SUCCEEDED])
    assert isinstance(state, agency.Agency)
    assert (state.is_closed, state.successors) == (True, ("hss-dinsos", "hss-dp3a"))


def test_an_agency_ends_once() -> None:
    known = given(agency.decider, REGISTERED, SUCCEEDED)
    known.when(succeeding(DP3A, DINSOS)).nothing()
    known.when(succeeding(DINSOS)).refused("agency_closed")
    known.when(CloseAgency("admin", NOW, "x")).nothing()
    known.when(RenameAgency("admin", NOW, "Dinkes KB", "DKB")).refused("agency_closed")
    closed = AgencyClosed(by="admin", at=NOW, agency_id="hss-dinkes", reason="digabung")
    given(agency.decider, REGISTERED, closed).when(succeeding(DINSOS)).refused("agency_closed")
    given(agency.decider).when(succeeding(DINSOS)).refused("agency_unknown")


BELOW = Successor("hss-uptd", ("kalsel", "hss", "hss-dinkes", "hss-uptd"))
ITSELF = Successor("hss-dinkes", ("kalsel", "hss", "hss-dinkes"))


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (succeeding(), "successor_missing"),
        (succeeding(DINSOS, DINSOS), "successor_twice"),
        (succeeding(DINSOS, ITSELF), "successor_is_own"),
        (succeeding(BELOW), "successor_is_own"),
        (succeeding(DINSOS, effective_on=date(2026, 6, 2)), "effective_in_future"),
    ],
    ids=["nobody", "twice", "itself", "below", "future"],
)
def test_a_succession_that_cannot_be_is_refused(command: SucceedAgency, code: str) -> None:
    given(agency.decider, REGISTERED).when(command).refused(code)


def test_the_day_is_that_of_the_region() -> None:
    late_evening_utc = datetime(2026, 6, 1, 16, 30, tzinfo=UTC)
    command = succeeding(DINSOS, at=late_evening_utc, effective_on=date(2026, 6, 2))
    (fact,) = agency.decider.decide(command, agency.decider.replay([REGISTERED]))
    assert isinstance(fact, AgencySucceeded)
