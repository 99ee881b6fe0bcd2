"""What a competition can be, from its announcement to its publication."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from services.awards.domain.ranking import Vote
from services.awards.domain.rounds import ClosedRound
from shared.events.awards import (
    CompetitionAnnounced,
    CompetitionRules,
    DocumentIssued,
    DoubtDecided,
    DoubtFiled,
    Entry,
    MinutesSigned,
    ObjectionDecided,
    ObjectionFiled,
    RankedEntry,
    Recipient,
)


@dataclass(frozen=True, slots=True)
class Missing:
    """Not announced."""


@dataclass(frozen=True, slots=True)
class OpenedRound:
    panel_id: str | None
    entries: tuple[str, ...]


RoundKey = tuple[str, str]
Rounds = Mapping[RoundKey, OpenedRound | ClosedRound]


@dataclass(frozen=True, slots=True)
class Judging:
    """Announced: entries come in, then rounds open and close. Rounds by (category, round).

    `recipients` are those named by hand, by innovation; `documents` all that were issued.
    """

    announced: CompetitionAnnounced
    entries: Mapping[str, Entry] = field(default_factory=dict[str, Entry])
    disqualified: frozenset[str] = frozenset()
    rounds: Rounds = field(default_factory=dict[RoundKey, OpenedRound | ClosedRound])
    recipients: Mapping[str, tuple[Recipient, ...]] = field(
        default_factory=dict[str, tuple[Recipient, ...]]
    )
    documents: Mapping[str, DocumentIssued] = field(default_factory=dict[str, DocumentIssued])

    @property
    def rules(self) -> CompetitionRules:
        return self.announced.rules


@dataclass(frozen=True, slots=True)
class Filed:
    """An objection that nobody has decided."""

    filed: ObjectionFiled


@dataclass(frozen=True, slots=True)
class Dismissed:
    filed: ObjectionFiled
    decided: ObjectionDecided


@dataclass(frozen=True, slots=True)
class Granted:
    """The corrected scorecard has not arrived yet."""

    filed: ObjectionFiled
    decided: ObjectionDecided


@dataclass(frozen=True, slots=True)
class Corrected:
    filed: ObjectionFiled
    decided: ObjectionDecided


@dataclass(frozen=True, slots=True)
class Lapsed:
    """Its time ran out: nobody decided it, or it was granted and no correction came."""

    filed: ObjectionFiled
    decided: ObjectionDecided | None


Objection = Filed | Dismissed | Granted | Corrected | Lapsed


@dataclass(frozen=True, slots=True)
class Doubted:
    """A doubt that nobody has decided."""

    filed: DoubtFiled


@dataclass(frozen=True, slots=True)
class Upheld:
    filed: DoubtFiled
    decided: DoubtDecided


@dataclass(frozen=True, slots=True)
class Refuted:
    filed: DoubtFiled
    decided: DoubtDecided


@dataclass(frozen=True, slots=True)
class DoubtOver:
    """Nobody decided it in time."""

    filed: DoubtFiled


Doubt = Doubted | Upheld | Refuted | DoubtOver


@dataclass(frozen=True, slots=True)
class Window:
    """Masa sanggah or uji publik for a version; over, without anybody's doing, at `closes_at`."""

    version: int
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Drafted:
    """There are results; they may be objected to and corrected until they are determined.

    `signatures` are those under the minutes of every version so far.
    """

    judged: Judging
    version: int
    ranking: tuple[RankedEntry, ...]
    votes: tuple[Vote, ...] = ()
    window: Window | None = None
    objections: Mapping[str, Objection] = field(default_factory=dict[str, Objection])
    signatures: tuple[MinutesSigned, ...] = ()
    public_test: Window | None = None
    doubts: Mapping[str, Doubt] = field(default_factory=dict[str, Doubt])


@dataclass(frozen=True, slots=True)
class Determined:
    drafted: Drafted
    decree_number: str
    decree_date: date


@dataclass(frozen=True, slots=True)
class Published:
    determined: Determined


State = Missing | Judging | Drafted | Determined | Published
