"""When a window closes: after so many days, or at the end of a working day in the region."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies as st

from services.awards.domain.calendar import after_working_days, closes_at, is_working_day
from tests.builders.awards import rules

INDEPENDENCE = date(2026, 8, 17)  # a Monday


def working(*holidays: date) -> object:
    return rules(objection_calendar="working_days", holidays=holidays)


@pytest.mark.parametrize(
    ("opened", "days", "closes"),
    [
        # Thursday morning: Friday, Monday, Tuesday.
        ("2026-09-03T01:00", 3, "2026-09-08T16:00"),
        # Friday 23.59 WITA still counts from Friday.
        ("2026-09-04T15:59", 1, "2026-09-07T16:00"),
        # A minute later it is Saturday in the region.
        ("2026-09-04T16:00", 1, "2026-09-07T16:00"),
        # The Friday before a holiday on Monday.
        ("2026-08-14T01:00", 1, "2026-08-18T16:00"),
    ],
)
def test_working_days_end_at_midnight_in_the_region(opened: str, days: int, closes: str) -> None:
    found = closes_at(working(INDEPENDENCE), datetime.fromisoformat(opened + "Z"), days)  # type: ignore[arg-type]
    assert found.astimezone(UTC) == datetime.fromisoformat(closes + "Z")


def test_calendar_days_are_whole_days() -> None:
    opened = datetime(2026, 9, 4, 15, 59, tzinfo=UTC)
    assert closes_at(rules(), opened, 3) == opened + timedelta(days=3)


@for_all(
    st.dates(date(2024, 1, 1), date(2030, 1, 1)),
    st.integers(min_value=1, max_value=30),
    st.sets(st.dates(date(2024, 1, 1), date(2030, 3, 1)), max_size=40),
)
def test_exactly_so_many_working_days_lie_between(
    day: date, count: int, holidays: set[date]
) -> None:
    last = after_working_days(day, count, holidays)
    between = [day + timedelta(days=n) for n in range(1, (last - day).days + 1)]
    assert sum(is_working_day(each, holidays) for each in between) == count
    assert is_working_day(last, holidays)
