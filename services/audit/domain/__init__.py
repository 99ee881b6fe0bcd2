"""The replay: everything that the services decided, decided again from the history alone. Pure."""

from services.audit.domain.comparing import Comparison, Served, compared, differing_field
from services.audit.domain.findings import Finding, Kind
from services.audit.domain.kinds import KINDS, VIEWS
from services.audit.domain.replay import Replay
from services.audit.domain.report import DocumentDigest, Outstanding, Report, documents_of
from services.audit.domain.reviews import ReviewTotals
from services.audit.domain.summing import DigestOfMany, by_aggregate, by_projection
from services.audit.domain.totals import CompetitionTotals, DisputeTotals, FundTotals

__all__ = [
    "KINDS",
    "VIEWS",
    "Comparison",
    "CompetitionTotals",
    "DigestOfMany",
    "DisputeTotals",
    "DocumentDigest",
    "Finding",
    "FundTotals",
    "Kind",
    "Outstanding",
    "Replay",
    "Report",
    "ReviewTotals",
    "Served",
    "by_aggregate",
    "by_projection",
    "compared",
    "differing_field",
    "documents_of",
]
