"""An agency and its place in the tree."""

from datetime import date
from typing import ClassVar, Literal

from shared.events.base import (
    Aggregate,
    Code,
    Fact,
    Path,
    facts_of,
)

AgencyKind = Literal[
    "province",
    "regency",
    "city",
    "agency",
    "secretariat_division",
    "district",
    "urban_village",
    "village",
    "health_centre",
    "technical_unit",
    "school",
    "community",
]


class AgencyRegistered(Fact):
    """An agency and its place in the tree. `path` runs from the root to the agency itself."""

    ce_type: ClassVar[str] = "inda.submission.agency-registered.v1"

    agency_id: Code
    name: str
    short_name: str
    kind: AgencyKind
    parent_id: Code | None
    region_id: Code
    path: Path
    source: str
    sample: bool


class AgencyCommitmentSigned(Fact):
    """The head promises at least so many innovations in the season (one or more)."""

    ce_type: ClassVar[str] = "inda.submission.agency-commitment-signed.v1"

    agency_id: Code
    season_id: Code
    innovations_promised: int
    letter_number: str
    signed_on: date


class AgencyRenamed(Fact):
    ce_type: ClassVar[str] = "inda.submission.agency-renamed.v1"

    agency_id: Code
    name: str
    short_name: str
    letter_number: str = ""
    effective_on: date | None = None


class AgencySucceeded(Fact):
    """The agency ended and others carry on: several after a split, one after a merger.

    What it reported belongs to its successors too. `letter_number` is that of the regulation.
    """

    ce_type: ClassVar[str] = "inda.submission.agency-succeeded.v1"

    agency_id: Code
    successors: tuple[Code, ...]
    effective_on: date
    letter_number: str
    reason: str


class AgencyClosed(Fact):
    ce_type: ClassVar[str] = "inda.submission.agency-closed.v1"

    agency_id: Code
    reason: str


AgencyEvent = (
    AgencyRegistered | AgencyCommitmentSigned | AgencyRenamed | AgencySucceeded | AgencyClosed
)
AGENCY = Aggregate[AgencyEvent]("submission", "agency", facts_of(AgencyEvent))
