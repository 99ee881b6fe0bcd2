"""Results, their minutes and their end."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftResults:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveTie:
    """The committee's vote on the entries of one tie, best first."""

    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    category: str
    order: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disqualify:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    innovation_id: str
    ground: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignMinutes:
    """Sign the minutes (berita acara) of the version that was read; `function` as on the paper."""

    by: str
    at: datetime
    agency: str | None
    version: int
    function: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Determine:
    """Fix the results by decree (SK)."""

    by: str
    at: datetime
    decree_number: str
    decree_date: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    by: str
    at: datetime
