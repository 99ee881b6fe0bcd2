"""The few fields of a dossier that service levels are measured by."""

from typing import Final

from pydantic import BaseModel, ConfigDict

from services.verification.projections import DossierStatus
from shared.events.base import Utc

FIELDS: Final = (
    *("state", "title", "agency_id", "opened_at", "waiting_since", "due"),
    *("lease_holder", "lease_until", "reviewed_at", "verified_at", "rejected_at"),
    *("indicators.verdict.decided_by", "checks.reviewed_by", "checks.checked_by"),
    *("checks.resolved_by", "verified_by"),
)


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class By(_Seen):
    decided_by: str


class Row(_Seen):
    verdict: By | None = None


class Check(_Seen):
    reviewed_by: str
    checked_by: str | None = None
    resolved_by: str | None = None


class Seen(_Seen):
    """A dossier as its projection writes it, seen through these fields."""

    dossier_id: str
    state: DossierStatus
    title: str
    agency_id: str
    opened_at: Utc
    waiting_since: Utc
    due: Utc | None = None
    lease_holder: str | None = None
    lease_until: Utc | None = None
    reviewed_at: Utc | None = None
    verified_at: Utc | None = None
    rejected_at: Utc | None = None
    indicators: tuple[Row, ...] = ()
    checks: tuple[Check, ...] = ()
    verified_by: str | None = None
