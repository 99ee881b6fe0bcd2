"""A competition: its rules, entries, rounds, results and objections."""

from datetime import date
from typing import ClassVar, Literal

from shared.events.awards.rules import CompetitionRules, Entry, RankedEntry, RoundScore
from shared.events.base import (
    Aggregate,
    Code,
    Digest,
    Fact,
    Indicator,
    Key,
    Level,
    PersonId,
    Utc,
    facts_of,
)
from shared.events.scoring import Criterion, EntryMean, PanelEntry


class CompetitionAnnounced(Fact):
    ce_type: ClassVar[str] = "inda.awards.competition-announced.v1"

    competition_id: Code
    name: str
    season_id: Code
    rules: CompetitionRules
    rules_digest: Digest


class EntryEnrolled(Fact):
    """`reason` is empty where the category's rule enrolled it.

    `by_agency` is the agency in the token of who enrolled it by hand; None for people from outside
    and where the rule did.
    """

    ce_type: ClassVar[str] = "inda.awards.entry-enrolled.v1"

    competition_id: Code
    entry: Entry
    reason: str
    by_agency: Code | None = None


class EntryCorrected(Fact):
    """A granted objection gave an entry a new scorecard."""

    ce_type: ClassVar[str] = "inda.awards.entry-corrected.v1"

    competition_id: Code
    objection_id: Key
    entry: Entry


class EntryDisqualified(Fact):
    """An entry is out. `by_agency` is the agency in the token of who decided so; None for people
    from outside.
    """

    ce_type: ClassVar[str] = "inda.awards.entry-disqualified.v1"

    competition_id: Code
    innovation_id: Key
    ground: str
    reason: str
    by_agency: Code | None = None


class RoundOpened(Fact):
    """A round begins for these entries; where judges score it, scoring opens `panel_id`."""

    ce_type: ClassVar[str] = "inda.awards.round-opened.v1"

    competition_id: Code
    category: Code
    round: Code
    scored_by: Literal["maturity", "panel"]
    panel_id: Key | None
    criteria: tuple[Criterion, ...]
    judges: tuple[PersonId, ...]
    entries: tuple[PanelEntry, ...]


class RoundClosed(Fact):
    """Scores of the round and who went on. `means` are scoring's, for a round that judges score.

    `first_criterion` are the judges' means on the round's first criterion alone, for a tie-break.
    """

    ce_type: ClassVar[str] = "inda.awards.round-closed.v1"

    competition_id: Code
    category: Code
    round: Code
    means: tuple[EntryMean, ...]
    scores: tuple[RoundScore, ...]
    first_criterion: tuple[EntryMean, ...] = ()


class TieResolved(Fact):
    """A recorded vote of the committee on entries that the rules left equal, best first.

    `by_agency` is the agency in the token of who recorded it; None for people from outside.
    """

    ce_type: ClassVar[str] = "inda.awards.tie-resolved.v1"

    competition_id: Code
    category: Code
    order: tuple[Key, ...]
    reason: str
    by_agency: Code | None = None


class ResultsDrafted(Fact):
    """Version 1 by the committee; n+1 after a granted objection or a disqualification."""

    ce_type: ClassVar[str] = "inda.awards.results-drafted.v1"

    competition_id: Code
    version: int
    cause: Literal["first", "objection", "disqualification", "vote"]
    cause_id: Key | None
    ranking: tuple[RankedEntry, ...]


class ObjectionWindowOpened(Fact):
    """Masa sanggah: objections may be filed until `closes_at`."""

    ce_type: ClassVar[str] = "inda.awards.objection-window-opened.v1"

    competition_id: Code
    version: int
    closes_at: Utc


class ObjectionFiled(Fact):
    """An agency objects to one verdict of its own innovation. Once an item, no new evidence."""

    ce_type: ClassVar[str] = "inda.awards.objection-filed.v1"

    competition_id: Code
    objection_id: Key
    innovation_id: Key
    indicator: Indicator
    level_sought: Level
    reason: str
    filed_by_agency: Code


class ObjectionDecided(Fact):
    """Decided by somebody who decided nothing before. If granted, verification corrects."""

    ce_type: ClassVar[str] = "inda.awards.objection-decided.v1"

    competition_id: Code
    objection_id: Key
    innovation_id: Key
    indicator: Indicator
    granted: bool
    level: Level
    reason: str
    decided_by_agency: Code | None


class ResultsDetermined(Fact):
    """The decree (SK) that fixes a version of the results."""

    ce_type: ClassVar[str] = "inda.awards.results-determined.v1"

    competition_id: Code
    version: int
    decree_number: str
    decree_date: date


class ResultsPublished(Fact):
    """The results as anybody may see them."""

    ce_type: ClassVar[str] = "inda.awards.results-published.v1"

    competition_id: Code
    version: int
    ranking: tuple[RankedEntry, ...]


CompetitionEvent = (
    CompetitionAnnounced
    | EntryEnrolled
    | EntryCorrected
    | EntryDisqualified
    | RoundOpened
    | RoundClosed
    | TieResolved
    | ResultsDrafted
    | ObjectionWindowOpened
    | ObjectionFiled
    | ObjectionDecided
    | ResultsDetermined
    | ResultsPublished
)
COMPETITION = Aggregate[CompetitionEvent]("awards", "competition", facts_of(CompetitionEvent))
