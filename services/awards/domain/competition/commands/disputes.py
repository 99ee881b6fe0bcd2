"""Objections and the public test."""

from dataclasses import dataclass
from datetime import datetime

from shared.events.scoring import InnovationScored


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenObjectionWindow:
    by: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileObjection:
    """`granted_level` is the level that stands verified for the indicator, as last seen."""

    by: str
    at: datetime
    agency: str | None
    objection_id: str
    innovation_id: str
    indicator: str
    granted_level: int
    level_sought: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideObjection:
    """`level` is what a granted objection raises the indicator to, from `granted_level`."""

    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    objection_id: str
    granted: bool
    granted_level: int
    level: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectEntry:
    """The new scorecard that a granted objection led to."""

    by: str
    at: datetime
    objection_id: str
    scorecard: InnovationScored


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenPublicTest:
    by: str
    at: datetime
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDoubt:
    """`by` is `public` for people without an account."""

    by: str
    at: datetime
    doubt_id: str
    innovation_id: str
    statement_digest: str
    evidence: tuple[str, ...]
    links: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideDoubt:
    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    doubt_id: str
    upheld: bool
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LapseDisputes:
    """Close every objection and doubt whose time for a decision, or a correction, ran out."""

    by: str
    at: datetime
