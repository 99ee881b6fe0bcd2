"""Numbers, money and days in Indonesian words (terbilang), as signed papers have them. Pure."""

import re
from datetime import date
from typing import Final

from num2words import num2words  # pyright: ignore[reportUnknownVariableType]

from shared.wita import MONTHS

LARGEST: Final = 10**18 - 1
DAYS: Final = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
ONE_THOUSAND: Final = re.compile(r"(?<=juta |liun |liar )satu ribu\b")
"""A lone thousand behind a larger unit, which the library spells out: `satu juta satu ribu`."""


def in_words(number: int) -> str:
    """Such as `satu juta seribu`. Raises `ValueError` below 0 and from 10^18 on."""
    if not 0 <= number <= LARGEST:
        raise ValueError(f"{number} is not a number that papers spell out.")
    return ONE_THOUSAND.sub("seribu", num2words(number, lang="id"))


def rupiah_in_words(amount: int) -> str:
    """Such as `Lima juta rupiah`."""
    words = in_words(amount)
    return f"{words[0].upper()}{words[1:]} rupiah"


def grouped(number: int) -> str:
    """Such as `43.500.000`."""
    return f"{number:,}".replace(",", ".")


def rupiah(amount: int) -> str:
    """Such as `Rp43.500.000`."""
    return f"Rp{grouped(amount)}"


def weekday(day: date) -> str:
    return DAYS[day.weekday()]


def day_in_words(day: date) -> str:
    """Such as `Minggu, tanggal dua puluh dua bulan November tahun dua ribu dua puluh enam`."""
    month = MONTHS["id"][day.month - 1]
    return f"{weekday(day)}, tanggal {in_words(day.day)} bulan {month} tahun {in_words(day.year)}"
