"""Announcing, entering and rounds."""

from dataclasses import dataclass
from datetime import datetime

from services.awards.domain.known import KnownFund, PastWin
from shared.events.awards import CompetitionRules
from shared.events.scoring import EntryMean, InnovationScored, JudgeScore


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """`funds` are those that the rules name, as they stand; one that is missing is unknown."""

    by: str
    at: datetime
    competition_id: str
    name: str
    season_id: str
    rules: CompetitionRules
    funds: tuple[KnownFund, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrol:
    """Enter every innovation that a category's rule invites; the rest are left out silently.

    A newer scorecard replaces an entry's older one until the category's first round opens.
    """

    by: str
    at: datetime
    scorecards: tuple[InnovationScored, ...]
    past_wins: tuple[PastWin, ...] = ()


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
    past_wins: tuple[PastWin, ...] = ()


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
