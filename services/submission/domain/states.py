"""What an innovation is: its content in one of seven states. How facts change it: evolving.py."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shared.events.submission import (
    Claim,
    EvidenceItem,
    GrantedLevel,
    InnovationDeveloped,
    InnovationDrafted,
    InnovationEndorsed,
    Profile,
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an innovation holds, in whatever state it is.

    `latest` is the moment of its last fact. `endorsement` is the last one given: whether it
    still holds is a question of its digest.
    """

    drafted: InnovationDrafted
    profile: Profile
    latest: datetime
    claims: Mapping[str, Claim] = field(default_factory=dict[str, Claim])
    evidence: Mapping[str, EvidenceItem] = field(default_factory=dict[str, EvidenceItem])
    drafters: frozenset[str] = frozenset()
    endorsement: InnovationEndorsed | None = None
    successor: InnovationDeveloped | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    pass


@dataclass(frozen=True, slots=True)
class Draft:
    content: Content


@dataclass(frozen=True, slots=True)
class Waiting:
    """Files that were declared in time and may come in until `until`; `lost` were refused."""

    pending: frozenset[str]
    until: datetime
    lost: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Submitted:
    """Handed in: `waiting` for files, or with the verifiers. `late` are files that never came."""

    content: Content
    round: int
    waiting: Waiting | None = None
    late: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Reopened:
    """Only `indicators` and the profile's `fields` may change, until `due`.

    `submitted` is what the verifiers have: it holds if nothing new is handed in.
    """

    content: Content
    round: int
    indicators: frozenset[str]
    fields: frozenset[str]
    due: datetime
    submitted: Content


@dataclass(frozen=True, slots=True)
class Verified:
    content: Content
    round: int
    granted: tuple[GrantedLevel, ...]


@dataclass(frozen=True, slots=True)
class Rejected:
    """It meets not all criteria of a regional innovation. Nothing can change any more."""

    content: Content
    round: int


@dataclass(frozen=True, slots=True)
class Withdrawn:
    content: Content


Open = Draft | Reopened
Known = Draft | Submitted | Reopened | Verified | Rejected | Withdrawn
State = Missing | Known
