"""What people see of competitions, funds, taxes, scorecards and agencies. Pure."""

from services.awards.projections.agencies import AGENCIES, AgencyView
from services.awards.projections.competition import COMPETITIONS, CompetitionView
from services.awards.projections.documents import (
    DOCUMENTS,
    PAYOUTS,
    DocumentsView,
    Issued,
    Payout,
    PayoutsView,
    Source,
)
from services.awards.projections.fund import FUNDS, FundView
from services.awards.projections.scorecard import SCORECARDS, ScorecardView
from services.awards.projections.tax import TAX_TABLES, TaxTableView

PROJECTIONS = (COMPETITIONS, FUNDS, SCORECARDS, TAX_TABLES, DOCUMENTS, PAYOUTS, AGENCIES)

__all__ = [
    "AGENCIES",
    "COMPETITIONS",
    "DOCUMENTS",
    "FUNDS",
    "PAYOUTS",
    "PROJECTIONS",
    "SCORECARDS",
    "TAX_TABLES",
    "AgencyView",
    "CompetitionView",
    "DocumentsView",
    "FundView",
    "Issued",
    "Payout",
    "PayoutsView",
    "ScorecardView",
    "Source",
    "TaxTableView",
]
