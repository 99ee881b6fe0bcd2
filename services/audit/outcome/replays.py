"""A replay while it runs and when it is over, as people and scripts read it."""

from typing import Literal

from services.audit.outcome.explained import ExplainedTold
from services.audit.outcome.shapes import ReportTold, Told
from shared.events.base import Utc


class ReplayTold(Told):
    """`failed_because` tells why a failed one could not go on. Rate in events a second.

    `explain` names what is to be explained: a result, a rank, a score, a sum of money.
    """

    replay_id: str
    state: Literal["running", "done", "failed"]
    asked_by: str
    asked_at: Utc
    changed_at: Utc
    until: int | None
    compare: bool
    explain: str | None = None
    events: int = 0
    at_sequence: int = 0
    last_sequence: int = 0
    finding_count: int = 0
    rate: float = 0.0
    failed_because: str = ""
    report: ReportTold | None = None
    explained: ExplainedTold | None = None
