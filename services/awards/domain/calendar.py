"""When a window of days closes: whole days, or working days of the region. Pure."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from shared.events.awards import CompetitionRules
from shared.wita import WITA, today_in_wita

ONE_DAY = timedelta(days=1)
SATURDAY = 5


def closes_at(rules: CompetitionRules, opened_at: datetime, days: int) -> datetime:
    """The moment from which a window that was opened then is over.

    By calendar days it lasts `days` times 24 hours; by working days it is over when the n-th
    working day after the day of opening ends in the region (midnight WITA).
    """
    if rules.objection_calendar == "calendar_days":
        return opened_at + timedelta(days=days)
    last = after_working_days(today_in_wita(opened_at), days, frozenset(rules.holidays))
    return datetime.combine(last + ONE_DAY, time(), WITA)


def after_working_days(day: date, count: int, holidays: Collection[date]) -> date:
    """The `count`-th working day after `day`; the day itself does not count."""
    while count > 0:
        day += ONE_DAY
        count -= is_working_day(day, holidays)
    return day


def is_working_day(day: date, holidays: Collection[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays
