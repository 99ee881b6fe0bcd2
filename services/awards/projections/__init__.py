"""What people see of competitions, funds, and the scorecards that may enter. Pure."""

from services.awards.projections.competition import COMPETITIONS, CompetitionView
from services.awards.projections.fund import FUNDS, FundView
from services.awards.projections.scorecard import SCORECARDS, ScorecardView

PROJECTIONS = (COMPETITIONS, FUNDS, SCORECARDS)

__all__ = [
    "COMPETITIONS",
    "FUNDS",
    "PROJECTIONS",
    "SCORECARDS",
    "CompetitionView",
    "FundView",
    "ScorecardView",
]
