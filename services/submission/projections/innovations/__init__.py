"""An innovation as its agency sees it: profile, claims, evidence, receipts, outcome. Pure."""

from services.submission.projections.innovations.folding import fold, settled, step
from services.submission.projections.innovations.views import (
    Arrival,
    Endorsement,
    InnovationState,
    InnovationView,
    Receipt,
    Refusal,
    Revision,
    Snapshot,
    title_key,
)
from shared.events.submission import INNOVATION
from shared.projector import Projection

INNOVATIONS = Projection(
    "innovations",
    INNOVATION,
    InnovationView,
    fold,
    (
        ("drafted_at",),
        ("season_id", "drafted_at"),
        ("season_id", "agency_id", "drafted_at"),
        ("season_id", "agency_path", "drafted_at"),
        ("season_id", "region_id", "drafted_at"),
        ("season_id", "state", "drafted_at"),
        ("agency_path", "drafted_at"),
        ("has_pending", "complete_by"),
        ("pending",),
        ("title_key",),
        ("state", "title_key"),
        ("digests",),
        ("developed_from",),
    ),
    step=step,
    settled=settled,
)

__all__ = [
    "INNOVATIONS",
    "Arrival",
    "Endorsement",
    "InnovationState",
    "InnovationView",
    "Receipt",
    "Refusal",
    "Revision",
    "Snapshot",
    "title_key",
]
