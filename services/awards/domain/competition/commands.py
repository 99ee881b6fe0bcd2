"""What a competition can be told. `by` is a person or `system:awards`; `at` the moment, aware."""

from dataclasses import dataclass
from datetime import date, datetime

from shared.events.awards import CompetitionRules
from shared.events.scoring import EntryMean, InnovationScored, JudgeScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    by: str
    at: datetime
    competition_id: str
    name: str
    season_id: str
    rules: CompetitionRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Enter every innovation that a category's rule invites; the rest are left out silently.

    A newer scorecard replaces an entry's older one until the category's first round opens.
    """

    by: str
    at: datetime
    scorecards: tuple[InnovationScored, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrolByHand:
    """The committee enters an innovation that the category's rule does not."""

    by: str
    at: datetime
    agency: str | None
    agency_path: tuple[str, ...]
    scorecard: InnovationScored
    category: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRound:
    """`panel_id` is used where judges score the round."""

    by: str
    at: datetime
    category: str
    round: str
    panel_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseRound:
    """Close a round that maturity scores."""

    by: str
    at: datetime
    category: str
    round: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseJudgedRound:
    """Close a round with what the judges of its panel revealed."""

    by: str
    at: datetime
    category: str
    round: str
    panel_id: str
    means: tuple[EntryMean, ...]
    scores: tuple[JudgeScore, ...]


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


Command = (
    Announce
    | Enrol
    | EnrolByHand
    | OpenRound
    | CloseRound
    | CloseJudgedRound
    | DraftResults
    | ResolveTie
    | Disqualify
    | OpenObjectionWindow
    | FileObjection
    | DecideObjection
    | CorrectEntry
    | Determine
    | Publish
)
