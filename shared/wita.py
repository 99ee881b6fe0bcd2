"""Moments and days as people of Kalimantan Selatan write them. Pure.

WITA has been eight hours ahead of UTC, without summer time, for as long as anything here counts.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Final, Literal

Language = Literal["id", "en"]
WITA: Final = timezone(timedelta(hours=8), "WITA")
MONTHS: Final[Mapping[Language, tuple[str, ...]]] = {
    "id": (
        *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
        *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
    ),
    "en": (
        *("January", "February", "March", "April", "May", "June"),
        *("July", "August", "September", "October", "November", "December"),
    ),
}
AT: Final[Mapping[Language, str]] = {"id": "pukul", "en": "at"}


def long_date(day: date, language: Language = "id") -> str:
    """Such as `11 Agustus 2026`."""
    return f"{day.day} {MONTHS[language][day.month - 1]} {day.year}"


def long_moment(moment: datetime, language: Language = "id") -> str:
    """Such as `11 Agustus 2026 pukul 09.00 WITA`."""
    local = moment.astimezone(WITA)
    return f"{long_date(local, language)} {AT[language]} {local:%H.%M} WITA"


def today_in_wita(moment: datetime) -> date:
    return moment.astimezone(WITA).date()
