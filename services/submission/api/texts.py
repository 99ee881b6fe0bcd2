"""Text, days and numbers as people send them: cleaned where that loses nothing, else refused."""

from datetime import date
from re import compile as pattern
from typing import Annotated, Any
from unicodedata import normalize

from pydantic import BeforeValidator, Field

from shared.events.base import Score
from shared.events.submission import Letter
from shared.http import Body

DAY = pattern(r"\d{4}-\d{2}-\d{2}")
BREAKS = pattern(r"[\t\n\r]+")
LINE_ENDS = pattern(r"\r\n?")
UNSEEN = pattern(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and halves of surrogate pairs: nobody types them, and they hide text."""


def one_line(value: Any) -> Any:
    """Composed (NFC), without white space around; line breaks and tabs become a space."""
    if not isinstance(value, str):
        return value
    return " ".join(filter(None, (part.strip() for part in BREAKS.split(_composed(value)))))


def many_lines(value: Any) -> Any:
    """Composed (NFC), with one character for the end of a line."""
    return LINE_ENDS.sub("\n", _composed(value)) if isinstance(value, str) else value


def _composed(text: str) -> str:
    unseen = UNSEEN.search(text)
    if unseen is not None:
        raise ValueError(f"The text holds a character that cannot be shown, {unseen[0]!a}")
    return normalize("NFC", text)


def _day(value: Any) -> Any:
    """Only `2026-08-31`: a number or a moment would be read as a day that nobody wrote."""
    if isinstance(value, date) or (isinstance(value, str) and DAY.fullmatch(value)):
        return value
    raise ValueError("A day is written as year-month-day, such as 2026-08-31")


Line = Annotated[str, BeforeValidator(one_line)]
Lines = Annotated[str, BeforeValidator(many_lines)]
Title = Annotated[Line, Field(min_length=1, max_length=250)]
Narrative = Annotated[Lines, Field(max_length=20_000)]
Prose = Annotated[Lines, Field(max_length=5_000)]
Remark = Annotated[Line, Field(max_length=500)]
Name = Annotated[Line, Field(min_length=1, max_length=200)]
Choice = Annotated[Line, Field(min_length=1, max_length=60)]
Choices = Annotated[tuple[Choice, ...], Field(max_length=60)]
Day = Annotated[date, BeforeValidator(_day)]
Latitude = Annotated[Score, Field(ge=-90, le=90, max_digits=9, decimal_places=6)]
Longitude = Annotated[Score, Field(ge=-180, le=180, max_digits=9, decimal_places=6)]
WholeRupiah = Annotated[int, Field(strict=True, ge=0, le=2**53 - 1)]


class LetterBody(Body):
    """The number, date and subject (nomor, tanggal, tentang) of a letter."""

    number: Annotated[Line, Field(min_length=1, max_length=120)]
    signed_on: Day
    subject: Annotated[Line, Field(min_length=1, max_length=500)]

    def letter(self) -> Letter:
        return Letter(number=self.number, signed_on=self.signed_on, subject=self.subject)
