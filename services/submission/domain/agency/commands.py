"""What is asked of an agency."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.events.submission import AgencyKind


@dataclass(frozen=True, slots=True)
class Parent:
    """The agency above: its path from the root, and the government (region) it belongs to."""

    path: tuple[str, ...]
    region_id: str


@dataclass(frozen=True, slots=True)
class RegisterAgency:
    by: str
    at: datetime
    agency_id: str
    name: str
    short_name: str
    kind: AgencyKind
    parent: Parent | None
    source: str
    sample: bool


@dataclass(frozen=True, slots=True)
class SignCommitment:
    by: str
    at: datetime
    season_id: str
    innovations_promised: int
    letter_number: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class RenameAgency:
    by: str
    at: datetime
    name: str
    short_name: str
    letter_number: str = ""
    effective_on: date | None = None


@dataclass(frozen=True, slots=True)
class Successor:
    """An open agency that carries on, with its path from the root, as known when asked."""

    agency_id: str
    path: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SucceedAgency:
    by: str
    at: datetime
    successors: tuple[Successor, ...]
    effective_on: date
    letter_number: str
    reason: str


@dataclass(frozen=True, slots=True)
class CloseAgency:
    by: str
    at: datetime
    reason: str


Command = RegisterAgency | SignCommitment | RenameAgency | SucceedAgency | CloseAgency
