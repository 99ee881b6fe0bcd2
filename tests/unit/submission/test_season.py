"""Seasons only ever grow longer, for all or for one agency."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from services.submission.domain import season
from services.submission.domain.season import (
    OBLIGED,
    CloseSeason,
    ExtendDeadline,
    GrantLateException,
    LateException,
    OpenSeason,
    deadline_for,
)
from shared.errors import Refused
from shared.events.submission import (
    LateExceptionGranted,
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


def opening(**changes: Any) -> OpenSeason:
    given: dict[str, Any] = {
        "by": "admin",
        "at": NOW,
        "season_id": "2026",
        "name": "Musim 2026",
        "assessment_year": 2026,
        "edition_id": "2026-r1",
        "edition_digest": "a" * 64,
        "opens_at": NOW,
        "deadline": DEADLINE,
        "revision_days": 7,
        "training": False,
    }
    return OpenSeason(**{**given, **changes})


def test_a_season_is_opened_once() -> None:
    given(season.decider).when(opening()).then(OPENED)
    given(season.decider, OPENED).when(opening()).refused("season_exists")


def test_a_season_that_ends_before_it_begins_is_refused() -> None:
    given(season.decider).when(opening(deadline=NOW)).refused("deadline_too_early")
    given(season.decider).when(opening(revision_days=0)).refused("revision_days_out_of_range")


def test_a_season_of_an_edition_without_rows_is_refused() -> None:
    with pytest.raises(Refused) as refused:
        given(season.decider).when(opening(edition_id="2027-r1", lacks=("sid_rows",))).run()
    assert (refused.value.code, refused.value.params) == (
        "edition_incomplete",
        {"edition": "2027-r1", "unpublished": ("sid_rows",)},
    )


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"grace_minutes": -1}, "grace_out_of_range"),
        ({"grace_minutes": 1441}, "grace_out_of_range"),
        ({"time_zone": "Europe/Berlin"}, "time_zone_unknown"),
        ({"training": True}, "training_id_differs"),
        ({"season_id": "latihan-2026"}, "training_id_differs"),
    ],
)
def test_a_season_with_a_broken_rule_is_refused(changes: dict[str, Any], code: str) -> None:
    given(season.decider).when(opening(**changes)).refused(code)


def test_a_training_season_is_known_by_its_code() -> None:
    (fact,) = season.decider.decide(
        opening(season_id="latihan-2026", training=True), season.Missing()
    )
    assert isinstance(fact, SeasonOpened)
    assert (fact.season_id, fact.training) == ("latihan-2026", True)


def test_a_season_keeps_all_that_it_was_opened_with() -> None:
    told: dict[str, Any] = {
        "grace_minutes": 1440,
        "endorsement_required": True,
        "time_zone": "Asia/Jakarta",
        "obliged_kinds": ("agency", "school"),
    }
    opened = OPENED.model_copy(update=told)
    given(season.decider).when(opening(**told)).then(opened)
    state = season.decider.replay([opened])
    assert isinstance(state, season.Season)
    assert {name: getattr(state, name) for name in told} == told
    without = season.decider.replay([OPENED])
    assert isinstance(without, season.Season)
    assert without.obliged_kinds == OBLIGED
    assert not {"province", "regency", "city", "community"} & set(OBLIGED)


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


def granting(until: datetime, **changes: Any) -> GrantLateException:
    told: dict[str, Any] = {
        "by": "admin",
        "at": NOW,
        "agency_id": "hss-dinkes",
        "until": until,
        "reason": "banjir",
    }
    return GrantLateException(**{**told, **changes})


def granted(until: datetime, agency_id: str = "hss-dinkes") -> LateExceptionGranted:
    return LateExceptionGranted(
        by="admin", at=NOW, season_id="2026", agency_id=agency_id, until=until, reason="banjir"
    )


def test_a_late_exception_gives_one_agency_and_all_below_it_more_time() -> None:
    later = DEADLINE + timedelta(days=3)
    given(season.decider, OPENED).when(granting(later)).then(granted(later))
    state = season.decider.replay([OPENED, granted(later)])
    assert isinstance(state, season.Season)
    assert state.exceptions == (LateException("hss-dinkes", later),)
    for path, deadline in (
        (("kalsel", "hss", "hss-dinkes"), later),
        (("kalsel", "hss", "hss-dinkes", "hss-puskesmas-kandangan"), later),
        (("kalsel", "hss", "hss-disdik"), DEADLINE),
        (("kalsel", "hss"), DEADLINE),
        ((), DEADLINE),
    ):
        assert (path, deadline_for(state, path)) == (path, deadline)


def test_a_late_exception_is_only_ever_extended() -> None:
    later = DEADLINE + timedelta(days=3)
    known = given(season.decider, OPENED, granted(later))
    known.when(granting(later)).nothing()
    known.when(granting(later - timedelta(days=1))).refused("exception_only_extends")
    longer = later + timedelta(days=1)
    known.when(granting(longer)).then(granted(longer))
    given(season.decider, OPENED).when(granting(DEADLINE)).refused("exception_only_extends")


def test_a_late_exception_is_bounded_and_ends_in_the_future() -> None:
    longest = DEADLINE + timedelta(days=90)
    known = given(season.decider, OPENED)
    known.when(granting(longest)).then(granted(longest))
    known.when(granting(longest + timedelta(seconds=1))).refused("exception_too_long")
    tomorrow = DEADLINE + timedelta(days=1)
    known.when(granting(tomorrow, at=tomorrow)).refused("exception_passed")
    closed = SeasonClosed(by="admin", at=NOW, season_id="2026")
    known.after(closed).when(granting(longest)).refused("season_closed")
    given(season.decider).when(granting(longest)).refused("season_unknown")


def test_the_deadline_of_all_may_pass_the_exception_of_one() -> None:
    exception = granted(DEADLINE + timedelta(days=1))
    extended = SeasonDeadlineExtended(
        by="admin",
        at=NOW,
        season_id="2026",
        previous_deadline=DEADLINE,
        deadline=DEADLINE + timedelta(days=2),
        reason="listrik",
    )
    state = season.decider.replay([OPENED, exception, extended])
    assert isinstance(state, season.Season)
    assert deadline_for(state, ("hss-dinkes",)) == extended.deadline
