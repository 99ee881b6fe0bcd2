"""What submission shows: one document a season, an agency, an innovation. Pure."""

from services.submission.projections.agencies import AGENCIES
from services.submission.projections.innovations import INNOVATIONS
from services.submission.projections.seasons import SEASONS

PROJECTIONS = (SEASONS, AGENCIES, INNOVATIONS)

__all__ = ["AGENCIES", "INNOVATIONS", "PROJECTIONS", "SEASONS"]
