"""What people see of a dossier: a row of the review queue and everything behind it."""

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from shared.events.base import Utc
from shared.events.submission import EvidenceItem
from shared.events.verification import (
    Admissibility,
    CheckReason,
    QualityRule,
    RevisionItem,
    Subject,
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


class _View(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class IndicatorRow(_View):
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


class RevisionRow(_View):
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


class FieldChange(_View):
    """A field of the profile before and after a revision."""

    field: str
    before: Any
    after: Any


class ClaimChange(_View):
    """A claim before and after; a level of 0 stands for no claim at all."""

    indicator: str
    before_level: int
    after_level: int
    before_basis: str | None = None
    after_basis: str | None = None
    before_subtype: str | None = None
    after_subtype: str | None = None


class EvidenceChange(_View):
    """Evidence that is new, gone, or shown for other indicators than before."""

    kind: Literal["added", "removed", "moved"]
    sha256: str
    name: str
    before_indicators: tuple[str, ...] = ()
    after_indicators: tuple[str, ...] = ()


class RoundChanges(_View):
    """What a revision changed, and which verdicts it undid."""

    round: int
    received_at: Utc
    profile: tuple[FieldChange, ...]
    claims: tuple[ClaimChange, ...]
    evidence: tuple[EvidenceChange, ...]
    lapsed: tuple[str, ...]


class CheckRow(_View):
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


class VisitRow(_View):
    visit_id: str
    visited_on: date
    participants: tuple[str, ...]
    findings: tuple[VisitFinding, ...]
    note: str
    recorded_by: str
    recorded_at: Utc


class RecusalRow(_View):
    verifier_id: str
    reason: str
    at: Utc


class CorrectionRow(_View):
    """A verdict before and after a granted objection."""

    objection_id: str
    competition_id: str
    before: Verdict | None
    after: Verdict


class DossierView(_View):
    """`about` is None only where a withdrawal came in before anything was submitted.

    `in_review` counts as open once `lease_until` has passed; the lease's token is not here.
    Nobody but `reserved_for` may take it until `reserved_until`. `times_leased` is how often it
    was taken. `waiting_since` is since when it waits for what it waits for now, which orders the
    queue; `due` is when the agency's answer, or the last of its files, must be there.
    `title_key` is the title in small letters, single spaces between its words; `digests` are those
    of all files in the manifest, `letters` the numbers and dates of its letters, as `188/12 of
    2025-03-01` in small letters without spaces in the number: what duplicates are found by.
    `excluded` are the people who may never see the dossier, beside those tied by agency.
    `decided_count` of `claimed_count` indicators have a verdict; `undecided` names the others.
    The `manifest` holds all that was handed in; its items without indicators belong to the profile
    and are part of no verdict. `admissibility` and the verdicts are the first verifier's until a
    check is decided. `reviewed_at` is when the first review of the latest round ended.
    """

    dossier_id: str
    state: DossierStatus
    about: Subject | None = None
    round: int = 0
    season_id: str = ""
    agency_id: str = ""
    agency_path: tuple[str, ...] = ()
    region_id: str = ""
    affair: str = ""
    title: str = ""
    title_key: str = ""
    digests: tuple[str, ...] = ()
    letters: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    opened_at: Utc
    changed_at: Utc
    waiting_since: Utc
    lease_holder: str | None = None
    lease_agency: str | None = None
    lease_until: Utc | None = None
    reserved_for: str | None = None
    reserved_until: Utc | None = None
    times_leased: int = 0
    due: Utc | None = None
    claimed_count: int = 0
    decided_count: int = 0
    undecided: tuple[str, ...] = ()
    admissibility: Admissibility | None = None
    lapsed_admissibility: Admissibility | None = None
    indicators: tuple[IndicatorRow, ...] = ()
    manifest: tuple[EvidenceItem, ...] = ()
    deciders: tuple[str, ...] = ()
    revisions: tuple[RevisionRow, ...] = ()
    changes: tuple[RoundChanges, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    recusals: tuple[RecusalRow, ...] = ()
    corrections: tuple[CorrectionRow, ...] = ()
    last_note: str = ""
    reviewed_at: Utc | None = None
    verified_at: Utc | None = None
    verified_by: str | None = None
    rejected_at: Utc | None = None
    withdrawn_at: Utc | None = None
    withdrawn_reason: str = ""

    @property
    def is_announced(self) -> bool:
        """Whether the answer that the dossier waits for is here, but for the last of its files."""
        latest = self.revisions[-1:]
        return self.state == "waiting_revision" and any(row.announced_at for row in latest)


class VerifierView(_View):
    """A verifier: what they know well, how much they take, and whom they are tied to.

    `conflicts` are (agency, reason), as declared and not ended.
    """

    verifier_id: str
    agency_id: str | None = None
    agency_path: tuple[str, ...] = ()
    affairs: tuple[str, ...] = ()
    capacity: int = 5
    active: bool = True
    conflicts: tuple[tuple[str, str], ...] = ()
    changed_at: Utc


class RuleRow(_View):
    rule: QualityRule
    effective_from: Utc
    published_by: str
    published_at: Utc


class QualityView(_View):
    """The rules of a season, in the order in which they hold."""

    season_id: str
    rules: tuple[RuleRow, ...] = ()
