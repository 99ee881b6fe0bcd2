"""The whole script: agencies, the season, its innovations, the competition."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from deploy.sample.agencies import Agency
from deploy.sample.plan.competition import CompetitionPlan
from deploy.sample.plan.innovation import InnovationPlan


@dataclass(frozen=True, slots=True)
class SeasonPlan:
    """The driver counts the opening and the deadline from its own clock."""

    season_id: str
    name: str
    assessment_year: int
    edition_id: str
    opened_days_ago: int
    days_to_deadline: int
    revision_days: int


@dataclass(frozen=True, slots=True)
class CommitmentPlan:
    agency_code: str
    innovations_promised: int
    letter_number: str
    signed_on: date


@dataclass(frozen=True, slots=True)
class GovernmentPlan:
    """The sample government aspect (SPD) of a region: a level for each indicator."""

    region_code: str
    levels: Mapping[str, int]
    source: str


@dataclass(frozen=True, slots=True)
class Script:
    """The whole season, in the order in which it is played."""

    agencies: tuple[Agency, ...]
    season: SeasonPlan
    commitments: tuple[CommitmentPlan, ...]
    innovations: tuple[InnovationPlan, ...]
    governments: tuple[GovernmentPlan, ...]
    competition: CompetitionPlan

    def innovation(self, code: str) -> InnovationPlan:
        return next(each for each in self.innovations if each.code == code)
