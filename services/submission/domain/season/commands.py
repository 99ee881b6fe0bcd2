"""What the innovation office asks of a season."""

from dataclasses import dataclass
from datetime import datetime

from shared.events.submission import AgencyKind


@dataclass(frozen=True, slots=True)
class OpenSeason:
    """`lacks` names what the edition does not publish and a season cannot do without."""

    by: str
    at: datetime
    season_id: str
    name: str
    assessment_year: int
    edition_id: str
    edition_digest: str
    opens_at: datetime
    deadline: datetime
    revision_days: int
    training: bool
    grace_minutes: int = 0
    endorsement_required: bool = False
    time_zone: str = "Asia/Makassar"
    obliged_kinds: tuple[AgencyKind, ...] = ()
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExtendDeadline:
    by: str
    at: datetime
    deadline: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GrantLateException:
    by: str
    at: datetime
    agency_id: str
    until: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class CloseSeason:
    by: str
    at: datetime


Command = OpenSeason | ExtendDeadline | GrantLateException | CloseSeason
