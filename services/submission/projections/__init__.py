"""What submission shows: one document a season, an agency, an innovation, a replication. Pure."""

from services.submission.projections.agencies import AGENCIES
from services.submission.projections.innovations import INNOVATIONS
from services.submission.projections.replications import REPLICATIONS
from services.submission.projections.seasons import SEASONS

PROJECTIONS = (SEASONS, AGENCIES, INNOVATIONS, REPLICATIONS)

__all__ = ["AGENCIES", "INNOVATIONS", "PROJECTIONS", "REPLICATIONS", "SEASONS"]
