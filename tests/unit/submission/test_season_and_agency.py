"""Seasons only ever grow longer; agencies have a place in the tree."""

from datetime import UTC, date, datetime, timedelta

from services.submission.domain import agency, season
from services.submission.domain.agency import (
    CloseAgency,
    Parent,
    RegisterAgency,
    RenameAgency,
    SignCommitment,
)
from services.submission.domain.season import CloseSeason, ExtendDeadline, OpenSeason
from shared.events.submission import (
    AgencyClosed,
    AgencyCommitmentSigned,
    AgencyRegistered,
    AgencyRenamed,
    SeasonClosed,
    SeasonDeadlineExtended,
    SeasonOpened,
)
from tests.spec import given

NOW = datetime(2026, 6, 1, tzinfo=UTC)
DEADLINE = NOW + timedelta(days=60)
OPENED = SeasonOpened(
    by="admin",
    at=NOW,
    season_id="2026",
    name="Musim 2026",
    assessment_year=2026,
    edition_id="2026-r1",
    edition_digest="a" * 64,
    opens_at=NOW,
    deadline=DEADLINE,
    revision_days=7,
    training=False,
)


def opening(deadline: datetime = DEADLINE, revision_days: int = 7) -> OpenSeason:
    return OpenSeason(
        by="admin",
        at=NOW,
        season_id="2026",
        name="Musim 2026",
        assessment_year=2026,
        edition_id="2026-r1",
        edition_digest="a" * 64,
        opens_at=NOW,
        deadline=deadline,
        revision_days=revision_days,
        training=False,
    )


def test_a_season_is_opened_once() -> None:
    given(season.decider).when(opening()).then(OPENED)
    given(season.decider, OPENED).when(opening()).refused("season_exists")


def test_a_season_that_ends_before_it_begins_is_refused() -> None:
    given(season.decider).when(opening(deadline=NOW)).refused("deadline_too_early")
    given(season.decider).when(opening(revision_days=0)).refused("revision_days_out_of_range")


def test_a_deadline_is_extended_and_never_brought_forward() -> None:
    later = DEADLINE + timedelta(days=7)
    extended = SeasonDeadlineExtended(
        by="admin",
        at=NOW,
        season_id="2026",
        previous_deadline=DEADLINE,
        deadline=later,
        reason="banjir",
    )
    extend = ExtendDeadline("admin", NOW, later, "banjir")
    given(season.decider, OPENED).when(extend).then(extended)
    given(season.decider, OPENED, extended).when(extend).nothing()
    shorten = ExtendDeadline("admin", NOW, NOW + timedelta(days=1), "cepat")
    given(season.decider, OPENED).when(shorten).refused("deadline_only_extends")


def test_a_closed_season_stays_closed() -> None:
    closed = SeasonClosed(by="admin", at=NOW, season_id="2026")
    given(season.decider, OPENED).when(CloseSeason("admin", NOW)).then(closed)
    given(season.decider, OPENED, closed).when(CloseSeason("admin", NOW)).nothing()
    extend = ExtendDeadline("admin", NOW, DEADLINE + timedelta(days=1), "x")
    given(season.decider, OPENED, closed).when(extend).refused("season_closed")
    given(season.decider).when(CloseSeason("admin", NOW)).refused("season_unknown")


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
