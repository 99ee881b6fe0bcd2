"""The days on which windows go on: national holidays by name, weekends, and what is left."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import cache
from typing import Annotated

from fastapi import APIRouter, Query
from holidays import country_holidays

from services.awards.domain.calendar import is_working_day
from shared.http import Answer, Doors
from shared.wita import today_in_wita

COUNTRY, LANGUAGE = "ID", "id"
FIRST_YEAR, LAST_YEAR = 2000, 2075
ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Holiday(Answer):
    date: date
    name: str


class Calendar(Answer):
    """`next_working_days` follow today (WITA); a joint leave day (cuti bersama) is not known here:
    who announces a competition adds it.
    """

    year: int
    today: date
    holidays: tuple[Holiday, ...]
    weekends: tuple[date, ...]
    next_working_days: tuple[date, ...]


def routes(doors: Doors, now: Callable[[], datetime]) -> APIRouter:
    router = APIRouter(tags=["calendar"])

    @router.get("/calendar", name="read_calendar", dependencies=[doors.reads("read_calendar")])
    async def read_calendar(
        year: Annotated[int | None, Query(ge=FIRST_YEAR, le=LAST_YEAR)] = None,
        days: Annotated[int, Query(ge=1, le=90)] = 10,
    ) -> Calendar:
        today = today_in_wita(now())
        asked = today.year if year is None else year
        return Calendar(
            year=asked,
            today=today,
            holidays=tuple(Holiday(date=day, name=name) for day, name in named_holidays(asked)),
            weekends=_weekends(asked),
            next_working_days=_following(today, days),
        )

    return router


@cache
def named_holidays(year: int) -> tuple[tuple[date, str], ...]:
    """The national holidays of a year, as the library knows them; movable ones may be estimates."""
    found = country_holidays(COUNTRY, years=year, language=LANGUAGE)
    return tuple((day, name) for day, name in sorted(found.items()) if day.year == year)


def holidays_around(at: datetime) -> tuple[date, ...]:
    """The national holidays of the year of this moment (WITA), and of the next."""
    year = today_in_wita(at).year
    return tuple(day for each in (year, year + 1) for day, _ in named_holidays(each))


def _weekends(year: int) -> tuple[date, ...]:
    first = date(year, 1, 1)
    length = (date(year + 1, 1, 1) - first).days
    every = (first + timedelta(days=number) for number in range(length))
    return tuple(day for day in every if day.weekday() >= SATURDAY)


def _following(day: date, count: int) -> tuple[date, ...]:
    found: list[date] = []
    while len(found) < count:
        day += ONE_DAY
        known = {each for each, _ in named_holidays(day.year)}
        if is_working_day(day, known):
            found.append(day)
    return tuple(found)
