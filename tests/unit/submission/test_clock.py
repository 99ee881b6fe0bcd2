"""The clock of a season: phases follow one another, deadlines only move away."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.submission.domain import season
from services.submission.domain.clock import Clock, Phase, clock_of, today
from services.submission.domain.season import (
    CloseSeason,
    Command,
    ExtendDeadline,
    GrantLateException,
    LateException,
    Season,
    deadline_for,
)
from shared.errors import Refused
from shared.events.submission import SeasonOpened

OPENS = datetime(2026, 6, 1, tzinfo=UTC)
DEADLINE = datetime(2026, 8, 31, 15, 59, tzinfo=UTC)
UNTIL = DEADLINE + timedelta(days=3)
SECOND = timedelta(seconds=1)
PATH = ("kalsel", "hss", "hss-dinkes")
OTHER = ("kalsel", "hss", "hss-disdik")
OPENED = SeasonOpened(
    by="admin",
    at=OPENS,
    season_id="2026",
    name="Musim 2026",
    assessment_year=2026,
    edition_id="2026-r1",
    edition_digest="a" * 64,
    opens_at=OPENS,
    deadline=DEADLINE,
    revision_days=7,
    training=False,
    grace_minutes=60,
)
PHASES: tuple[Phase, ...] = ("before", "open", "late", "grace", "closed")


def opened(*exceptions: LateException, is_open: bool = True, grace_minutes: int = 60) -> Season:
    return Season(
        season_id="2026",
        name="Musim 2026",
        assessment_year=2026,
        edition_id="2026-r1",
        edition_digest="a" * 64,
        opens_at=OPENS,
        deadline=DEADLINE,
        revision_days=7,
        training=False,
        grace_minutes=grace_minutes,
        exceptions=exceptions,
        is_open=is_open,
    )


LATE = opened(LateException("hss-dinkes", UNTIL))


@pytest.mark.parametrize(
    ("path", "at", "phase", "seconds_left"),
    [
        (PATH, OPENS - SECOND, "before", int((UNTIL - OPENS).total_seconds()) + 1),
        (OTHER, OPENS, "open", int((DEADLINE - OPENS).total_seconds())),
        (OTHER, DEADLINE - timedelta(milliseconds=1), "open", 1),
        (OTHER, DEADLINE, "open", 0),
        (OTHER, DEADLINE + timedelta(microseconds=1), "grace", 0),
        (OTHER, DEADLINE + timedelta(minutes=60), "grace", 0),
        (OTHER, DEADLINE + timedelta(minutes=60) + SECOND, "closed", 0),
        (PATH, DEADLINE + SECOND, "late", int((UNTIL - DEADLINE).total_seconds()) - 1),
        (PATH, UNTIL + SECOND, "grace", 0),
        (PATH, UNTIL + timedelta(hours=2), "closed", 0),
    ],
)
def test_every_moment_has_its_phase(
    path: tuple[str, ...], at: datetime, phase: Phase, seconds_left: int
) -> None:
    deadline = UNTIL if path == PATH else DEADLINE
    assert clock_of(LATE, path, at) == Clock(
        at, OPENS, deadline, deadline + timedelta(hours=1), phase, seconds_left
    )


@pytest.mark.parametrize("at", [OPENS - SECOND, OPENS, DEADLINE, UNTIL])
def test_a_season_that_somebody_closed_is_closed(at: datetime) -> None:
    clock = clock_of(opened(is_open=False), PATH, at)
    assert (clock.phase, clock.seconds_left) == ("closed", 0)


def test_without_grace_nothing_lies_between_open_and_closed() -> None:
    assert clock_of(opened(grace_minutes=0), PATH, DEADLINE).phase == "open"
    assert clock_of(opened(grace_minutes=0), PATH, DEADLINE + SECOND).phase == "closed"


moments = st.integers(-30 * 86_400, 270 * 86_400).map(
    lambda seconds: OPENS + timedelta(seconds=seconds, milliseconds=seconds % 1000)
)


@given(st.lists(moments, min_size=2, max_size=10), st.integers(0, 1440), moments)
def test_phases_follow_one_another_and_the_seconds_only_run_down(
    at: list[datetime], grace_minutes: int, until: datetime
) -> None:
    found = opened(LateException("hss-dinkes", until), grace_minutes=grace_minutes)
    clocks = [clock_of(found, PATH, each) for each in sorted(at)]
    order = [PHASES.index(clock.phase) for clock in clocks]
    assert order == sorted(order)
    left = [clock.seconds_left for clock in clocks]
    assert left == sorted(left, reverse=True)
    for clock in clocks:
        is_in_time = OPENS <= clock.at <= deadline_for(found, PATH)
        assert is_in_time == (clock.phase in ("open", "late"))
        assert (clock.seconds_left > 0) == (clock.at < clock.deadline)


commands = st.one_of(
    st.builds(ExtendDeadline, st.just("admin"), moments, moments, st.just("banjir")),
    st.builds(
        GrantLateException,
        st.just("admin"),
        moments,
        st.sampled_from(PATH),
        moments,
        st.just("banjir"),
    ),
    st.builds(CloseSeason, st.just("admin"), moments),
)


@given(st.lists(commands, max_size=20))
def test_no_command_ever_moves_a_deadline_to_an_earlier_moment(told: list[Command]) -> None:
    state: season.State = season.decider.replay([OPENED])
    for command in told:
        before = state
        try:
            facts = season.decider.decide(command, state)
        except Refused:
            continue
        state = season.decider.replay(facts, state)
        assert isinstance(before, Season)
        assert isinstance(state, Season)
        for path in (PATH, OTHER, ()):
            assert deadline_for(state, path) >= deadline_for(before, path)


def test_today_is_the_day_in_the_region() -> None:
    assert today(datetime(2026, 8, 31, 15, 59, tzinfo=UTC)).isoformat() == "2026-08-31"
    assert today(datetime(2026, 8, 31, 16, 0, tzinfo=UTC)).isoformat() == "2026-09-01"
