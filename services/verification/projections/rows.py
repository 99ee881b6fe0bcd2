"""The rows of a dossier as people see it: claims, revisions, changes, checks, visits."""

from datetime import date
from typing import Any, Literal

from pydantic import ConfigDict

from shared.events.base import Part, Utc
from shared.events.verification import (
    Admissibility,
    CheckReason,
    QualityRule,
    RevisionItem,
    Verdict,
    VisitFinding,
)

DossierStatus = Literal[
    "open",
    "in_review",
    "waiting_revision",
    "checking",
    "disputed",
    "verified",
    "rejected",
    "withdrawn",
]


class View(Part):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IndicatorRow(View):
    """A claim beside its verdict. `lapsed` is the verdict that the last revision undid.

    `carried` where the verdict is of an earlier round: neither claim nor evidence has changed.
    """

    indicator: str
    claimed_level: int
    basis: str | None
    subtype: str | None
    evidence: tuple[str, ...]
    verdict: Verdict | None = None
    lapsed: Verdict | None = None
    carried: bool = False


class RevisionRow(View):
    """A revision that was asked for; `lapsed_at` and `received_at` say how it ended.

    `fields` are those of the profile that the agency may change beside the indicators. An answer
    whose files are still on their way was `announced_at`; they may come in until `files_until`.
    """

    round: int
    items: tuple[RevisionItem, ...]
    fields: tuple[str, ...] = ()
    message: str
    due: Utc
    requested_by: str
    requested_at: Utc
    announced_at: Utc | None = None
    files_until: Utc | None = None
    received_at: Utc | None = None
    lapsed_at: Utc | None = None


class FieldChange(View):
    """A field of the profile before and after a revision."""

    field: str
    before: Any
    after: Any


class ClaimChange(View):
    """A claim before and after; a level of 0 stands for no claim at all."""

    indicator: str
    before_level: int
    after_level: int
    before_basis: str | None = None
    after_basis: str | None = None
    before_subtype: str | None = None
    after_subtype: str | None = None


class EvidenceChange(View):
    """Evidence that is new, gone, or shown for other indicators than before."""

    kind: Literal["added", "removed", "moved"]
    sha256: str
    name: str
    before_indicators: tuple[str, ...] = ()
    after_indicators: tuple[str, ...] = ()


class RoundChanges(View):
    """What a revision changed, and which verdicts it undid."""

    round: int
    received_at: Utc
    profile: tuple[FieldChange, ...]
    claims: tuple[ClaimChange, ...]
    evidence: tuple[EvidenceChange, ...]
    lapsed: tuple[str, ...]


class CheckRow(View):
    """A quality check. What the second verifier finds is theirs alone until `decided_at`.

    `first` are the verdicts as they stood when the check was drawn, `resolved` what a third person
    decided. `compared` decisions were compared, `differing` names those that differ.
    """

    round: int
    reasons: tuple[CheckReason, ...]
    draw: str
    rule: QualityRule
    drawn_at: Utc
    reviewed_by: str
    first: tuple[Verdict, ...] = ()
    first_admissibility: Admissibility | None = None
    second: tuple[Verdict, ...] = ()
    second_admissibility: Admissibility | None = None
    checked_by: str | None = None
    decided_at: Utc | None = None
    compared: int = 0
    differing: tuple[str, ...] = ()
    resolved: tuple[Verdict, ...] = ()
    resolved_admissibility: Admissibility | None = None
    resolved_by: str | None = None
    resolved_at: Utc | None = None
    resolution_note: str = ""


class VisitRow(View):
    visit_id: str
    visited_on: date
    participants: tuple[str, ...]
    findings: tuple[VisitFinding, ...]
    note: str
    recorded_by: str
    recorded_at: Utc


class RecusalRow(View):
    verifier_id: str
    reason: str
    at: Utc


class CorrectionRow(View):
    """A verdict before and after a granted objection."""

    objection_id: str
    competition_id: str
    before: Verdict | None
    after: Verdict
